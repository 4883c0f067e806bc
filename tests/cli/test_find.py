"""find: search everything that you have written."""

import pytest

from tests.conftest import Fails, Netkeep


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    netkeep(
        *(
            "add",
            "José Ångström",
            "--company",
            "Engines Ltd",
            "--title",
            "Analyst",
            "--city",
            "Zürich",
        ),
        *("--school", "ETH", "--met", "PyCon", "-n", "Plays chess on Sundays", "-t", "open source"),
        *("--email", "jose@x.example", "--phone", "+41 44 632 1111", "--url", "github.com/josea"),
        *("--last", "2026-01-01"),
    )
    netkeep("add", "Bea", "--last", "2026-06-01", "-n", "met José")
    netkeep("add", "Cleo", "--candidate", "-n", "chess too")
    netkeep("add", "Dora", "-n", "chess as well")
    netkeep("drop", "dora")


@pytest.mark.parametrize(
    "words",
    [
        ["angstrom"],
        ["ANG"],
        ["engines"],
        ["analyst"],
        ["zurich"],
        ["eth"],
        ["pycon"],
        ["sundays", "chess"],
        ["days"],
        ["plays chess"],
        ["open-source"],
        ["jose@x.example"],
        ["632"],
        ["josea"],
        ["zurich", "sundays", "analyst"],
    ],
)
def test_find_matches_contacts_with_every_word(netkeep: Netkeep, words: list[str]) -> None:
    assert netkeep("find", *words, "-f", "json").names == ["José Ångström"]


@pytest.mark.parametrize(
    "words", [["chess plays"], ["zurich", "bea"], ["nothing"], ["ltd analyst"]]
)
def test_find_without_a_match_is_empty(netkeep: Netkeep, words: list[str]) -> None:
    assert netkeep("find", *words, "-f", "json").json == []
    assert netkeep("find", *words, "-f", "table", err="Nothing was found.\n").out == ""


def test_warmest_relationship_is_first_and_candidates_are_marked(
    netkeep: Netkeep,
) -> None:
    assert netkeep("find", "jose", "-f", "json").names == ["Bea", "José Ångström"]
    found = netkeep("find", "chess", "-f", "json").json
    assert [(one["name"], one["status"]) for one in found] == [
        ("José Ångström", "active"),
        ("Cleo", "candidate"),
    ]
    assert netkeep("find", "chess", "--limit", "1", "-f", "json").names == ["José Ångström"]


def test_find_shows_an_excerpt_of_each_match(netkeep: Netkeep) -> None:
    note = "We spoke at length about the many merits of Café culture, and then of the weather there"
    netkeep("log", "bea", "-c", "call", "-n", note)
    (found,) = netkeep("find", "cafe", "bea", "-f", "json").json
    assert found["found"] == [
        {
            "where": "call on 2026-11-23",
            "text": "…about the many merits of Café culture, and then of the…",
        },
        {"where": "name", "text": "Bea"},
    ]
    assert netkeep("find", "bea").out == "2\tBea\tactive\t2026-11-23\t\tname: Bea\t\t\n"
    assert netkeep("find", "sundays", "-f", "table").out.splitlines()[2] == (
        " 1  José Ångström  active  2026-01-01  note: Plays chess on Sundays"
    )


def test_mutt_format_has_address_and_name(netkeep: Netkeep) -> None:
    fields = netkeep("find", "angstrom").out.rstrip("\n").split("\t")
    assert (fields[6], fields[1]) == ("jose@x.example", "José Ångström")
    (found,) = netkeep("find", "angstrom", "-f", "json").json
    assert (found["email"], found["phone"]) == ("jose@x.example", "+41 44 632 1111")


def test_find_uses_the_current_text(netkeep: Netkeep) -> None:
    netkeep("edit", "bea", "--note", "none", "--add-tag", "piano")
    assert netkeep("find", "jose", "-f", "json").names == ["José Ångström"]
    assert netkeep("find", "piano", "-f", "json").names == ["Bea"]
    netkeep("edit", "bea", "--remove-tag", "piano")
    assert netkeep("find", "piano", "-f", "json").json == []
    netkeep("log", "bea", "-n", "violin")
    netkeep("amend", "3", "-n", "cello")
    assert netkeep("find", "violin", "-f", "json").json == []
    assert netkeep("find", "cello", "-f", "json").names == ["Bea"]
    netkeep("amend", "3", "--delete")
    assert netkeep("find", "cello", "-f", "json").json == []


def test_find_searches_news_visits_promises_and_past_positions(netkeep: Netkeep) -> None:
    netkeep("news", "jose", "Won a medal", "--company", "Initech")
    netkeep("visit", "bea", "--from", "today", "--to", "today", "--city", "Reykjavík")
    netkeep("promise", "bea", "send the sonata", "--by", "today")
    for word, name in (
        *(("medal", "José Ångström"), ("initech", "José Ångström"), ("engines", "José Ångström")),
        *(("reykjavik", "Bea"), ("sonata", "Bea")),
    ):
        assert netkeep("find", word, "-f", "json").names == [name], word


def test_thank_you_of_a_deleted_ask_is_no_longer_found(netkeep: Netkeep) -> None:
    netkeep("log", "bea", "-p", "ask")
    assert netkeep("find", "thank", "-f", "json").names == ["Bea"]
    netkeep("amend", "3", "-p", "give")
    assert netkeep("find", "thank", "-f", "json").json == []
    netkeep("amend", "3", "-p", "ask")
    netkeep("amend", "3", "--delete")
    assert netkeep("find", "thank", "-f", "json").json == []


def test_find_accepts_many_words(netkeep: Netkeep) -> None:
    assert netkeep("find", *["chess"] * 600, "-f", "json").names == ["José Ångström", "Cleo"]
    assert netkeep("find", *(f"w{number}" for number in range(600)), "-f", "json").json == []


@pytest.mark.parametrize("words", [[], [""], ["?!"], ["chess", "%"], ["\udcff"], ["x" * 2_000]])
def test_words_without_a_letter_or_digit_are_refused(fails: Fails, words: list[str]) -> None:
    fails("find", *words, code=2)


def test_find_without_contacts_prints_a_hint(netkeep: Netkeep, tmp_path: object) -> None:
    said = netkeep("--db", f"{tmp_path}/other.db", "find", "x", "-f", "json", err=None)
    assert said.out == "[]\n"
    assert "Add one" in said.err
