"""Which names may belong to one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.names import contradict, nickname_line, nicknames


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada Lovelace", "ADA LOVELACE"),
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Ada Lovelace", "Lovelace Ada"),
        ("Ada Lovelace", "Lovelace, Dr. Ada, PhD"),
        ("Ada Lovelace", "Ada Lovelace, Ph.D., M.D."),
        ("Ada Lovelace", "Ada Lovelace Ph.D."),
        ("Ada Lovelace", "Prof. Dr. Ada Lovelace MBA"),
        ("Ada Lovelace", "A. Lovelace"),
        ("Ada Lovelace", "Ada L."),
        ("Ada Lovelace", "A. L."),
        ("Ada Lovelace", "Ada"),
        ("Ada Lovelace", "Lovelace"),
        ("Ada Lovelace", "Ada King Lovelace"),
        ("Ada Lovelace", "Ada King-Lovelace"),
        ("Ada K. Lovelace", "Ada King Lovelace"),
        ("J. Smith", "Dr. John Q. Smith"),
        ("J. R. R. Tolkien", "John Ronald Reuel Tolkien"),
        ("Anne-Marie Berg", "Annemarie Berg"),
        ("Jean Luc Picard", "J.-L. Picard"),
        ("Zoë Müller", "Zoe Muller"),
        ("John Smith Jr.", "John Smith, Junior"),
        ("Ada & William King", "Ada & William King"),
        ("Dr.", "Dr"),
        ("🙂", "🙂"),
        ("王小明", "王小明"),
    ],
)
def test_names_that_do_not_contradict(first: str, second: str) -> None:
    assert not contradict(first, second)
    assert not contradict(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Anna Berg", "Bertil Berg"),
        ("Anna Berg", "Carl Dahl"),
        ("Anna Berg", "B. Berg"),
        ("Anna Berg", "A."),
        ("Ada Lovelace", "Ada King"),
        ("Anna B.", "Bertil A."),
        ("John A. Smith", "John B. Smith"),
        ("John Adam Smith", "John Brian Smith"),
        ("John Smith", "John Smith Jr."),
        ("John Smith Sr", "John Smith, Jr."),
        ("Chris Berg", "Christopher Berg"),
        ("Anna Berg", "Anna & Bertil Berg"),
        ("Anna Berg", "🙂"),
        ("🙂", "😀"),
        ("王", "王小明"),
    ],
)
def test_names_that_contradict(first: str, second: str) -> None:
    assert contradict(first, second)
    assert contradict(second, first)


@given(st.text(), st.text())
def test_the_order_of_two_names_does_not_matter(first: str, second: str) -> None:
    assert contradict(first, second) == contradict(second, first)
    assert not contradict(first, first)


def test_a_line_may_have_several_nicknames() -> None:
    lines = ["NICKNAME:Ady,Countess\\, the", "item1.nickname;TYPE=home: Addie ", "NOTE:NICKNAME:x"]
    assert list(nicknames([*lines, "NICKNAME:"])) == ["Ady", "Countess, the", "Addie"]


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_another_name_comes_back_from_its_line(name: str) -> None:
    assert list(nicknames([nickname_line(name)])) == [name]
