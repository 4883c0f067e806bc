import pytest

from netkeep.domain.lengths import parse_cadence
from netkeep.domain.lifecycle import longer_cadence
from tests.builders import contact


@pytest.mark.parametrize(
    ("cadence", "longer"),
    [
        ("1d", "2w"),
        ("2w", "1m"),
        ("30d", "2m"),  # as long as a month
        ("2m", "3m"),
        ("100d", "6m"),
        ("6m", "1y"),
        ("1y", "none"),
        ("5y", "none"),
        ("none", None),
    ],
)
def test_the_third_snooze_in_a_row_calls_for_the_next_longer_one(
    cadence: str, longer: str | None
) -> None:
    someone = contact(cadence=parse_cadence(cadence))
    assert [longer_cadence(someone._replace(snoozes=count)) for count in (0, 2, 3, 4)] == [
        None,
        None,
        longer,
        longer,
    ]
