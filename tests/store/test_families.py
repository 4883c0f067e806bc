"""The two families of values, rows and the domain's, in step."""

from netkeep.domain.contact import Contact, ContactFields, Detail, Position
from netkeep.domain.occasions import Occasion, OccasionFields, OwnNews
from netkeep.domain.touchpoint import Touchpoint, TouchpointFields
from netkeep.store.schema import ContactRow, OccasionRow, OwnNewsRow, PositionRow, TouchpointRow

LISTS = {detail.field for detail in Detail}
DERIVED = {"key"}


def test_a_contact_says_all_that_its_row_holds() -> None:
    columns = {name.removesuffix("_id") for name in ContactRow.model_fields} - {"skipped_at"}
    assert set(Contact._fields) == (columns - DERIVED) | LISTS | {"worked"}


def test_a_past_position_says_all_that_its_row_holds() -> None:
    columns = set(PositionRow.model_fields)
    assert set(Position._fields) == columns - {"id", "contact_id"}


def test_a_touchpoint_says_all_that_its_row_holds() -> None:
    columns = set(TouchpointRow.model_fields)
    assert set(Touchpoint._fields) == columns | {"name"}


def test_an_occasion_says_all_that_its_row_holds() -> None:
    columns = set(OccasionRow.model_fields)
    assert set(Occasion._fields) == columns | {"name"}


def test_own_news_say_all_that_their_row_holds() -> None:
    columns = set(OwnNewsRow.model_fields) - {"created_at", "updated_at"}
    assert set(OwnNews._fields) == columns | {"heard_by"}


def test_what_can_be_set_is_there_to_be_set() -> None:
    assert ContactFields.__annotations__.keys() <= set(ContactRow.model_fields) | LISTS
    assert TouchpointFields.__annotations__.keys() <= set(TouchpointRow.model_fields)
    assert OccasionFields.__annotations__.keys() <= set(OccasionRow.model_fields)
