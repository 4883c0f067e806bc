"""The two families of values, rows and the domain's, in step."""

from dataclasses import fields

from netkeep.domain.contact import Contact, ContactFields
from netkeep.domain.details import Detail
from netkeep.domain.touchpoint import Touchpoint, TouchpointFields
from netkeep.store.models import ContactRow, TouchpointRow

LISTS = {detail.field for detail in Detail}
DERIVED = {"key"}


def test_a_contact_says_all_that_its_row_holds() -> None:
    columns = {name.removesuffix("_id") for name in ContactRow.model_fields}
    assert {field.name for field in fields(Contact)} == (columns - DERIVED) | LISTS


def test_a_touchpoint_says_all_that_its_row_holds() -> None:
    columns = set(TouchpointRow.model_fields)
    assert {field.name for field in fields(Touchpoint)} == columns | {"name"}


def test_what_can_be_set_is_there_to_be_set() -> None:
    assert ContactFields.__annotations__.keys() <= set(ContactRow.model_fields) | LISTS
    assert TouchpointFields.__annotations__.keys() <= set(TouchpointRow.model_fields)
