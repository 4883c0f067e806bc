"""Database rows and domain values have the same fields."""

from netkeep.domain.contact import Contact, ContactFields, Detail, Position
from netkeep.domain.occasions import Occasion, OccasionFields, OwnNews
from netkeep.domain.touchpoint import Touchpoint, TouchpointFields
from netkeep.store.schema import ContactRow, OccasionRow, OwnNewsRow, PositionRow, TouchpointRow

LISTS = {detail.field for detail in Detail}
DERIVED = {"key"}


def test_contact_has_every_column_of_its_row() -> None:
    columns = {name.removesuffix("_id") for name in ContactRow.model_fields} - {"skipped_at"}
    assert set(Contact._fields) == (columns - DERIVED) | LISTS | {"worked"}


def test_past_position_has_every_column_of_its_row() -> None:
    columns = set(PositionRow.model_fields)
    assert set(Position._fields) == columns - {"id", "contact_id"}


def test_touchpoint_has_every_column_of_its_row() -> None:
    columns = set(TouchpointRow.model_fields)
    assert set(Touchpoint._fields) == columns | {"name"}


def test_occasion_has_every_column_of_its_row() -> None:
    columns = set(OccasionRow.model_fields)
    assert set(Occasion._fields) == columns | {"name"}


def test_own_news_have_every_column_of_their_row() -> None:
    columns = set(OwnNewsRow.model_fields) - {"created_at", "updated_at"}
    assert set(OwnNews._fields) == columns | {"heard_by"}


def test_every_settable_field_has_a_column() -> None:
    assert ContactFields.__annotations__.keys() <= set(ContactRow.model_fields) | LISTS
    assert TouchpointFields.__annotations__.keys() <= set(TouchpointRow.model_fields)
    assert OccasionFields.__annotations__.keys() <= set(OccasionRow.model_fields)
