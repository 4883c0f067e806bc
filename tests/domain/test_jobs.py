"""Job changes: what is one, which fields follow, and what is only another spelling."""

import pytest

from netkeep.domain.jobs import JobChange, SaidPosition, job_change, same_company, same_title
from tests.builders import contact

IBM = SaidPosition("IBM", "Engineer")
INITECH = SaidPosition("Initech", "Principal Engineer")


def changed(
    last: SaidPosition,
    now: SaidPosition,
    *others: SaidPosition,
    company: str | None = "IBM",
    title: str | None = "Engineer",
) -> JobChange | None:
    return job_change(contact(company=company, title=title), "LinkedIn", last, now, others)


@pytest.mark.parametrize(
    ("now", "text", "fields"),
    [
        (
            INITECH,
            "now Principal Engineer at Initech (LinkedIn)",
            {"company": "Initech", "title": "Principal Engineer"},
        ),
        (
            SaidPosition("Initech", None),
            "now at Initech (LinkedIn)",
            {"company": "Initech", "title": None},
        ),
        (SaidPosition("IBM", "CTO"), "now CTO at IBM (LinkedIn)", {"title": "CTO"}),
        (SaidPosition(None, "CTO"), "now CTO (LinkedIn)", {"title": "CTO"}),
    ],
)
def test_fields_follow_a_change_at_the_source(
    now: SaidPosition, text: str, fields: dict[str, str | None]
) -> None:
    assert changed(IBM, now) == JobChange(1, "Ada Lovelace", text, fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "now"),
    [
        (IBM, IBM),
        (IBM, SaidPosition("I.B.M. Corp.", "engineer")),
        (IBM, SaidPosition(None, None)),
        (SaidPosition(None, None), IBM),
        (SaidPosition("IBM", None), IBM),
    ],
)
def test_another_spelling_or_a_missing_value_is_no_change(
    last: SaidPosition, now: SaidPosition
) -> None:
    assert changed(last, now) is None


def test_a_value_of_your_own_stays() -> None:
    found = changed(IBM, INITECH, company="Big Blue", title="Boss")
    assert found
    assert found.fields == {}


def test_empty_fields_are_filled() -> None:
    found = changed(IBM, INITECH, company=None, title=None)
    assert found
    assert found.fields == {"company": "Initech", "title": "Principal Engineer"}


def test_what_you_or_another_source_know_is_no_news() -> None:
    assert changed(IBM, INITECH, company="Initech", title="Principal Engineer") is None
    assert changed(IBM, INITECH, INITECH) is None
    assert changed(IBM, INITECH, SaidPosition("Initech", "Cook"))
    assert changed(IBM, SaidPosition("IBM", "CTO"), company="Big Blue", title="CTO") is None


def test_what_is_remembered_keeps_values_that_are_missing_now() -> None:
    assert IBM.after(SaidPosition(None, None)) == IBM
    assert IBM.after(SaidPosition("IBM Ltd", None)) == SaidPosition("IBM Ltd", "Engineer")
    assert IBM.after(SaidPosition("Initech", None)) == SaidPosition("Initech", None)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Initech", "INITECH, Inc."), ("I.B.M.", "IBM"), ("The Co", "the co"), ("A & B", "A and B")],
)
def test_spellings_of_a_company(first: str, second: str) -> None:
    assert same_company(first, second)


def test_spellings_of_a_title() -> None:
    assert same_title("Sr. Engineer", "Senior engineer")
    assert same_title("VP of Sales", "Vice President, Sales")
    assert not same_title("Engineer", "Senior Engineer")
