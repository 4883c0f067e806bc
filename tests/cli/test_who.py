"""Which contact a typed name matches."""

from pathlib import Path

import pytest

from tests.conftest import Fails, Netkeep

JOSE = "José O'Brien-Núñez"


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace", "-k", "coworker", "--company", "Analytical Engines")
    netkeep("add", "Ada Byron King", "-k", "relative")
    netkeep("add", "José O'Brien-Núñez")
    netkeep("add", "Joanna")
    netkeep("add", "Ann")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("1", "Ada Lovelace"),
        ("#1", "Ada Lovelace"),
        ("0001", "Ada Lovelace"),
        ("ada-lovelace", "Ada Lovelace"),
        ("ADA L", "Ada Lovelace"),
        ("lovelace", "Ada Lovelace"),
        ("lovelace ada", "Ada Lovelace"),
        ("ada king", "Ada Byron King"),
        ("ovel", "Ada Lovelace"),
        ("jose obrien", "José O'Brien-Núñez"),
        ("nunez", "José O'Brien-Núñez"),
        ("ann", "Ann"),
    ],
)
def test_name_is_matched_by_beginnings_of_words(netkeep: Netkeep, words: str, name: str) -> None:
    assert netkeep("show", words, "-f", "json").json["name"] == name


def test_ambiguous_name_lists_the_matches(fails: Fails) -> None:
    assert fails("show", "ada", code=3) == (
        'netkeep: "ada" matches 2 contacts: #2 Ada Byron King (relative);'
        " #1 Ada Lovelace (coworker, Analytical Engines)\n"
        "  type more of the name, or the id, such as 2\n"
    )


def test_ambiguous_name_lists_only_some_of_many_matches(netkeep: Netkeep, fails: Fails) -> None:
    for number in range(10):
        netkeep("add", f"Zed {number}")
    assert "matches 10 contacts: " in (said := fails("show", "zed", code=3))
    assert "; and 5 more" in said


def test_same_names_are_distinguished_by_the_id_at_the_end(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "Ann", "--force")
    assert "matches 2 contacts" in fails("show", "ann", code=3)
    assert netkeep("show", "ann-6", "-f", "json").json["id"] == 6
    assert netkeep("show", "ann-5", "-f", "json").json["id"] == 5
    netkeep("drop", "ann-6")
    assert netkeep("show", "ann-6", "-f", "json").json["status"] == "dropped"
    fails("show", "ann-4", code=3)
    netkeep("add", "7")
    assert netkeep("show", "7-7", "-f", "json").json["name"] == "7"


def test_dropped_contact_matches_by_full_name_or_if_no_other_matches(
    netkeep: Netkeep,
) -> None:
    netkeep("drop", "5", "1")
    assert netkeep("show", "an", "-f", "json").json["name"] == "Joanna"
    assert netkeep("show", "ann", "-f", "json").json["status"] == "dropped"
    assert netkeep("show", "ada", "-f", "json").json["name"] == "Ada Byron King"
    assert netkeep("show", "love", "-f", "json").json["name"] == "Ada Lovelace"
    assert netkeep("show", "ada lovelace", "-f", "json").json["status"] == "dropped"


def test_small_word_among_people_is_not_the_part_of_a_name(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "Clark Crawford")
    assert fails("snooze", "joanna", "for", "a", "month", code=3) == (
        'netkeep: no contact matches "for"\n  try: netkeep snooze joanna "a month"\n'
    )
    assert netkeep("show", "for", "--json").json["name"] == "Clark Crawford"
    netkeep("add", "Sofia Till")
    assert netkeep("show", "joanna", "till", "--json").names == ["Joanna", "Sofia Till"]


def test_name_of_several_words_needs_no_quotes_among_people(netkeep: Netkeep) -> None:
    for words in (["ada", "lovelace"], ["lovelace", "ada"], ["ada", "lov"], ["jose", "nunez"]):
        assert netkeep("show", *words, "--json").json["name"] in {"Ada Lovelace", JOSE}
    assert netkeep("show", "lovelace", "jose", "--json").names == ["Ada Lovelace", JOSE]


def test_words_that_are_two_people_and_the_name_of_another_are_ambiguous(
    netkeep: Netkeep, fails: Fails
) -> None:
    netkeep("add", "Ann Joanna")
    assert fails("drop", "ann", "joanna", code=3) == (
        'netkeep: "ann joanna" matches 3 contacts: #6 Ann Joanna (other); #5 Ann (other);'
        " #4 Joanna (other)\n"
        "  type more of the name, or the id, such as 6\n"
    )
    netkeep("drop", "ann joanna")
    assert netkeep("log", "ann", "joanna", "--json").names == ["Ann", "Joanna"]


FIRST_NAMES = ["Priya", "Hedy", "Grace", "Alan", "Barbara", "Edsger"]
LAST_NAMES = ["Sharma", "Lamarr", "Hopper", "Turing", "Liskov", "Dijkstra", "Kay", "Perlis"]


@pytest.fixture
def network(netkeep: Netkeep, tmp_path: Path) -> None:
    """Add one active contact and seven candidates of each first name."""
    rows = [f"{first},{last}," for first in FIRST_NAMES for last in LAST_NAMES]
    path = tmp_path / "Connections.csv"
    path.write_text("\n".join(["First Name,Last Name,Connected On", *rows]))
    netkeep("import", str(path))
    netkeep("keep", *(f"{first} Sharma" for first in FIRST_NAMES))


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("first", FIRST_NAMES)
def test_active_contact_matches_before_candidates_of_the_same_first_name(
    netkeep: Netkeep, first: str
) -> None:
    for typed in (first, first.lower()[:3], first.lower()[1:]):
        assert netkeep("show", typed, "-f", "json").json["status"] == "active"


@pytest.mark.usefixtures("network")
def test_candidate_matches_by_more_of_the_name(netkeep: Netkeep, fails: Fails) -> None:
    assert netkeep("show", "priya turing", "-f", "json").json["status"] == "candidate"
    assert '"turing" matches 6 contacts' in fails("log", "turing", code=3)


@pytest.mark.usefixtures("network")
def test_keep_matches_candidates_first(netkeep: Netkeep, fails: Fails) -> None:
    assert '"priya" matches 7 contacts' in fails("keep", "priya", code=3)
    netkeep("keep", "ya tur")
    assert netkeep("list", "-f", "json").names.count("Priya Turing") == 1
    netkeep("keep", *(f"priya {last}" for last in LAST_NAMES[2:] if last != "Turing"))
    assert '"priya" matches' not in fails("keep", "priya lamarr", "hedy", code=3)


def test_typo_gets_similar_names_as_suggestions(fails: Fails) -> None:
    assert fails("show", "ada lovelcae", code=3).endswith("  did you mean Ada Lovelace?\n")
    assert fails("show", "joana", code=3).endswith("  did you mean Joanna?\n")
    assert fails("show", "lovelcae", code=3).endswith("  did you mean Ada Lovelace?\n")


def test_active_contacts_are_suggested_first(netkeep: Netkeep, fails: Fails) -> None:
    for name in ("Donald Bartik", "Donald Thompson", "Donald Smith", "Donald Zane"):
        netkeep("add", name, "--candidate")
    netkeep("keep", "zane")
    assert "  did you mean Donald Zane or Donald " in fails("log", "donlad", code=3)
    assert fails("show", "xyzzy", code=3).endswith("  list your contacts: netkeep list\n")


def test_wildcards_match_literally(fails: Fails) -> None:
    for words in ("%", "_", "a%", "*", "?", "--"):
        fails("show", "--", words, code=3)


def test_name_without_contacts_prints_a_hint(fails: Fails, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETKEEP_DB", "elsewhere.db")
    for command in ("edit", "log", "drop", "keep"):
        fails(command, "ada", code=3)
