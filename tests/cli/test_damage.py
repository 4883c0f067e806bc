"""Files that are not as they were written: said in one line, seen by doctor, never touched."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from netkeep.cli.app import run
from tests.conftest import Fails, Netkeep, Result, change

Attempt = Callable[..., Result]

LOOKING = (
    ["due", "--all", "-f", "json"],
    ["list", "--status", "all", "-f", "json"],
    ["timeline", "-f", "json"],
    ["find", "compilers", "-f", "json"],
    ["brief", "grace", "-f", "json"],
    ["round", "list", "-f", "json"],
    ["me", "-f", "json"],
    ["balance", "-f", "json"],
    ["stats", "-f", "json"],
    ["stats", "--tree", "-f", "json"],
    ["undo", "--list", "-f", "json"],
    ["export", "-"],
)
FLIPS = 200
SEED = 20261123
PAGE = 4096  # bytes


@pytest.fixture
def whole(netkeep: Netkeep, database: Path) -> bytes:
    """A file with something of everything in it."""
    netkeep("add", "Ada Lovelace", "-k", "coworker", "--last", "2026-07-01", "-t", "chess")
    netkeep("add", "Grace Hopper", "--email", "grace@yale.example", "--birthday", "1906-12-09")
    netkeep("add", "Alan Turing", "--candidate", "--via", "ada", "--phone", "+44 20 7946 0000")
    netkeep("log", "grace", "-c", "call", "-p", "ask", "-n", "Spoke about compilers")
    netkeep("news", "ada", "Promoted", "--title", "Principal", "--company", "Engines")
    netkeep("visit", "grace", "--from", "2026-11-24", "--to", "2026-11-28", "--city", "Boston")
    netkeep("promise", "ada", "send the slides", "--by", "2026-11-24")
    netkeep("round", "add", "--preset", "holidays")
    netkeep("me", "Started at Initech")
    netkeep("snooze", "ada", "2w")
    netkeep("drop", "alan", "--reason", "moved on")
    return database.read_bytes()


@pytest.fixture
def attempt(capsys: pytest.CaptureFixture[str]) -> Attempt:
    """Run a command that may find the file damaged, and says so in one line; no other failure."""

    def call(*command: str) -> Result:
        capsys.readouterr()
        code = run(command)
        captured = capsys.readouterr()
        result = Result(captured.out, captured.err, code)
        assert code in {0, 1, 3, 4}, result
        assert "a fault in netkeep" not in result.err, result
        assert len(result.err.splitlines()) <= 2, result
        return result

    return call


def look(attempt: Attempt) -> list[str | None]:
    """What every way to look prints; None where the file cannot be used, which is said."""
    results = [attempt(*command) for command in LOOKING]
    return [result.out if result.code == 0 else None for result in results]


def test_no_flipped_bit_goes_unseen(attempt: Attempt, database: Path, whole: bytes) -> None:
    right = look(attempt)
    chance = random.Random(SEED)
    unseen = []
    for _ in range(FLIPS):
        place = chance.randrange(len(whole) * 8)
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        database.write_bytes(flipped)
        answers = look(attempt)
        assert database.read_bytes() == flipped
        wrong = any(answer not in {None, is_} for answer, is_ in zip(answers, right, strict=True))
        if attempt("doctor").code == 0 and (wrong or None in answers):
            unseen.append(place)
        assert database.read_bytes() == flipped
        database.with_name("netkeep.db-damaged").unlink(missing_ok=True)
    assert unseen == []


def truncated(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def cut_to_one_page(whole: bytes) -> bytes:
    return whole[:PAGE]


def line_endings_converted(whole: bytes) -> bytes:
    return whole.replace(b"\n", b"\r\n")


def conflict_marker(whole: bytes) -> bytes:
    return b"<<<<<<< HEAD\n" + whole


def garbage(whole: bytes) -> bytes:
    return random.Random(SEED).randbytes(len(whole))


def zeros(whole: bytes) -> bytes:
    return bytes(len(whole))


@pytest.mark.parametrize(
    "damage",
    [truncated, cut_to_one_page, line_endings_converted, conflict_marker, garbage, zeros],
    ids=lambda damage: damage.__name__,
)
def test_damage_of_any_kind_is_said_and_left_as_it_is(
    fails: Fails, database: Path, whole: bytes, damage: Callable[[bytes], bytes]
) -> None:
    damaged = damage(whole)
    database.write_bytes(damaged)
    for command in (*LOOKING, ["log", "ada"], ["undo"], ["backup"]):
        fails(*command, code=4)
        assert database.read_bytes() == damaged


@pytest.mark.parametrize("page", range(0, 60, 3))
def test_a_page_of_zeros_is_never_a_silent_wrong_answer(
    attempt: Attempt, database: Path, whole: bytes, page: int
) -> None:
    right = look(attempt)
    page %= len(whole) // PAGE
    damaged = whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :]
    database.write_bytes(damaged)
    answers = look(attempt)
    if answers != right:
        assert attempt("doctor").code in {1, 4}
        assert attempt("log", "ada").code == 4
    assert database.read_bytes() == damaged


def test_once_damage_was_seen_nothing_is_written_until_a_backup_is_put_back(
    netkeep: Netkeep, fails: Fails, attempt: Attempt, database: Path, whole: bytes
) -> None:
    place = whole.index(b"Spoke about compilers")  # before what the journal has of it
    damaged = whole[:place] + b"Smoke" + whole[place + 5 :]
    database.write_bytes(damaged)
    assert netkeep("timeline", "-f", "json").json[0]["note"] == "Smoke about compilers"
    assert netkeep("doctor", code=1).out == (
        "something in touchpoint is not as it was written\n"
        "  put a backup back: netkeep restore; if you changed it yourself, and it is right:"
        " netkeep doctor --accept\n"
    )
    assert fails("log", "ada", code=4) == (
        f"netkeep: {database} is damaged: something in touchpoint is not as it was written\n"
        "  see what is wrong: netkeep doctor\n"
    )
    assert database.read_bytes() == damaged
    newest = netkeep("restore", "-f", "json").json[0]["name"]
    netkeep("restore", newest, "--yes")
    netkeep("doctor")
    netkeep("log", "ada")


def test_what_its_owner_changed_can_be_taken_for_right(
    netkeep: Netkeep, fails: Fails, database: Path, whole: bytes
) -> None:
    change(database, "UPDATE contact SET company = 'Initech' WHERE id = 1")
    netkeep("doctor", code=1)
    assert netkeep("doctor", "--accept", code=1).out == (
        "Ada Lovelace (#1): what `find` and names are looked up in is not right\n"
        "  netkeep doctor --fix\n"
    )
    netkeep("doctor", "--fix")
    assert netkeep("find", "initech", "-f", "json").names == ["Ada Lovelace"]
    netkeep("log", "ada")


def test_a_backup_with_damage_is_not_put_back(
    netkeep: Netkeep, fails: Fails, database: Path, tmp_path: Path, whole: bytes
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(whole.replace(b"compilers", b"competers"))
    now = database.read_bytes()
    assert "is damaged: something in touchpoint" in fails("restore", str(copy), "--yes", code=4)
    assert database.read_bytes() == now
    assert not database.with_name("netkeep.db-damaged").exists()
    netkeep("doctor")
