"""Completion in real shells, which must never run text from the database or the command line."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.cli.app import PANELS
from netkeep.domain.people import Person
from netkeep.domain.text import key
from netkeep.store.queries.completion import _slug
from tests.cli.terminal import Terminal, needs
from tests.conftest import Fails, Netkeep, Process

Complete = Callable[[str, str], list[str]]

SHELLS = ("bash", "zsh", "fish")
HOSTILE_NAMES = [
    "x$(touch P)",
    "`touch P`",
    "\"; touch P; '",
    "* ? [a-z] ~",
    "-rf --yes",
    "a\\nb $HOME ${IFS} !!",
    "\N{FOX FACE}",
    "אדה לב",
    "김철수",
]
# Keys that no command writes, but a file may have.
HOSTILE_KEYS = [
    "x$(touch P)",
    "x`touch P`",
    "x\ntouch P\n",
    "-x",
    "x\x1b[2J\u202e",
    "x;touch P&",
    "x*\t'\"",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to an empty folder, with netkeep on the PATH."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def people(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace")
    netkeep("add", "José O'Brien")
    netkeep("add", "Grace Hopper", "--candidate")
    netkeep("add", "Grace Hopper", "--force")
    netkeep("add", "Alan Turing")
    netkeep("drop", "alan")


@pytest.fixture
def names(process: Process) -> Callable[..., list[str]]:
    """Return the names that netkeep prints for the scripts."""

    def call(*arguments: str) -> list[str]:
        ended = process("--complete-names", *arguments)
        assert (ended.returncode, ended.stderr) == (0, b"")
        return ended.stdout.decode().splitlines()

    return call


@pytest.fixture(scope="session")
def zsh_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the cache of zsh's compinit, which takes a second without one."""
    return tmp_path_factory.mktemp("zsh")


@pytest.fixture
def complete(
    folder: Path,
    netkeep: Netkeep,
    terminal: Terminal,
    zsh_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Complete:
    """Type a line and TAB into a shell; return the words of the line after it."""
    monkeypatch.setenv("ZDOTDIR", str(zsh_folder))
    scripts = {shell: folder.parent / f"netkeep.{shell}" for shell in SHELLS}
    for shell, script in scripts.items():
        script.write_text(netkeep("completion", shell).out)

    def in_fish(line: str) -> list[str]:
        program = f"source {scripts['fish']}; complete -C $argv[1]"
        ended = subprocess.run(
            ["fish", "--no-config", "-c", program, "--", line],
            capture_output=True,
            check=True,
            text=True,
        )
        assert ended.stderr == ""
        offered = [candidate.partition("\t")[0] for candidate in ended.stdout.splitlines()]
        before = line.split(" ")[:-1]
        return (
            [*before, *offered]
            if len(offered) == 1
            else [*before, line.rsplit(" ", maxsplit=1)[-1]]
        )

    def in_terminal(shell: str, line: str) -> list[str]:
        child = terminal.spawn(*{"bash": ("bash", "--norc"), "zsh": ("zsh", "-f")}[shell])
        child.sendline(f"PS1='> '; source {scripts[shell]}; printf '%s' 'rea' 'dy:'")
        child.expect("ready:")
        # After TAB, turn the line into a command that prints its words: Ctrl-A goes to its start.
        child.send(f"{line}\t\x01printf '<%s>' rea dy: \x05\r")
        child.expect("<rea><dy:>((?:<[^<>]*>)+)[^<]")
        assert isinstance(child.match, re.Match)
        return child.match[1].removeprefix("<").removesuffix(">").split("><")

    def call(shell: str, line: str) -> list[str]:
        needs(shell)
        return in_fish(line) if shell == "fish" else in_terminal(shell, line)

    return call


@pytest.mark.sampled(4)
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("netkeep bri", "brief"),
        ("netkeep round rem", "remove"),
        ("netkeep due --onel", "--oneline"),
        ("netkeep log ada -c mes", "message"),
        ("netkeep log ada --purpose foll", "follow-up"),
        ("netkeep add X --kind=fri", "--kind=friend"),
        ("netkeep list --status drop", "dropped"),
        ("netkeep round add --preset hol", "holidays"),
        ("netkeep export --as vca", "vcard"),
        ("netkeep --debug completion zs", "zsh"),
        ("netkeep import some-f", "some-file.csv"),
        ("netkeep --db some-f", "some-file.csv"),
        ("netkeep log ada-l", "ada-lovelace"),
        ("netkeep news jose", "jose-obrien"),
        ("netkeep add X --via=ada", "--via=ada-lovelace"),
        ("netkeep show alan", "alan-turing"),
        ("netkeep log alan", "alan"),
        ("netkeep news ada-lovelace jose", "jose"),
        ("netkeep --db elsewhere.db show ada", "ada"),
        ("netkeep snooze ada-lovelace grace-hopper-4", "grace-hopper-4"),
        ("netkeep edit --url https://x.example/b=c ada", "ada-lovelace"),
        ("netkeep edit --url=https://x.example/b=c jose", "jose-obrien"),
        ("netkeep import --map Mail=email some-f", "some-file.csv"),
        ("netkeep --db=else:wfolder.db show ada", "ada"),
        ("netkeep show ada:jose", "ada:jose"),
    ],
)
@pytest.mark.usefixtures("people")
def test_unique_word_is_completed(
    complete: Complete, folder: Path, shell: str, line: str, word: str
) -> None:
    (folder / "some-file.csv").touch()
    assert complete(shell, line)[-1] == word


@pytest.mark.parametrize("shell", ["bash", "zsh"])  # fish completes redirections itself
@pytest.mark.parametrize("operator", ["2>", "2>>", "2> "])
@pytest.mark.usefixtures("people")
def test_redirection_target_is_completed_as_file(
    complete: Complete, folder: Path, shell: str, operator: str
) -> None:
    (folder / "some-file.csv").touch()
    complete(shell, f"netkeep list {operator}some-f")
    assert [path.name for path in folder.iterdir()] == ["some-file.csv"]


@pytest.mark.parametrize("shell", ["bash", "zsh"])  # fish only completes words that begin as typed
@pytest.mark.parametrize("typed", ["ADA", "Ada\\ L", "'Ada L", '"ada l', "Áda"])
@pytest.mark.usefixtures("people")
def test_name_is_completed_in_any_case_and_quoting(
    complete: Complete, shell: str, typed: str
) -> None:
    assert complete(shell, f"netkeep show {typed}") == ["netkeep", "show", "ada-lovelace"]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("typed", ["my\\ odd:one.db", "'my odd:one.db'", '"my odd:one.db"'])
@pytest.mark.usefixtures("people")
def test_path_of_database_may_be_quoted(
    complete: Complete, folder: Path, database: Path, shell: str, typed: str
) -> None:
    database.rename(folder / "my odd:one.db")
    assert complete(shell, f"netkeep --db {typed} show ada")[-1] == "ada-lovelace"


@pytest.mark.sampled(4)
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_name_is_completed_as_letters_only(
    netkeep: Netkeep, complete: Complete, folder: Path, shell: str, name: str
) -> None:
    netkeep("add", "--", name)
    netkeep("add", "Zed")
    line = complete(shell, "netkeep show ")
    if slug := key(name).replace(" ", "-"):
        assert complete(shell, f"netkeep show {slug[:1]}")[-1].replace("-", "").isalnum()
    assert all(word.replace("-", "").isalnum() for word in line if word)
    assert list(folder.iterdir()) == []


@pytest.mark.sampled(4)
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("hostile", HOSTILE_KEYS)
def test_hostile_keys_in_database_complete_as_letters_only(
    netkeep: Netkeep, database: Path, complete: Complete, folder: Path, shell: str, hostile: str
) -> None:
    netkeep("add", "Zed")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE contact SET key = ?", [hostile])
    for line in ("netkeep show ", "netkeep show x"):
        assert complete(shell, line)[-1].replace("-", "").isalnum() or line.endswith(" ")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("typed", ["$(touch P)", "`touch P`", "x;touch P;", "$((1)) <(touch P)"])
def test_typed_text_is_not_evaluated(
    complete: Complete, folder: Path, shell: str, typed: str
) -> None:
    needs(shell)
    program = {
        "bash": 'COMP_WORDS=(netkeep show "$1"); COMP_CWORD=2; source $0; _netkeep',
        "zsh": "compdef() { :; }; compadd() { :; }; _wanted() { :; }; source $0; PREFIX=$1"
        " _netkeep_names people",
        "fish": "",
    }[shell]
    if shell == "fish":
        complete(shell, f"netkeep show {typed}")
    else:
        script = folder.parent / f"netkeep.{shell}"
        subprocess.run([shell, "-c", program, str(script), typed], check=True)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_every_script_has_every_command(netkeep: Netkeep, shell: str) -> None:
    script = netkeep("completion", shell).out
    for command in PANELS:
        assert command in script.replace("'", " ").replace(":", " ").split()
    assert "--today" not in script


def test_unknown_shell_is_refused(fails: Fails) -> None:
    assert fails("completion", "tcsh", code=2) == (
        'netkeep: "tcsh" is not a value for SHELL\n  one of bash, zsh, fish\n'
    )
    assert fails("completion", code=2) == (
        "netkeep: missing argument 'SHELL'. Choose from: bash, zsh, fish\n"
        "  see: netkeep completion --help\n"
    )


@pytest.mark.usefixtures("people")
def test_names_are_slugs_with_id_if_ambiguous(names: Callable[..., list[str]]) -> None:
    assert names("", "people") == [
        "ada-lovelace",
        "grace-hopper",
        "jose-obrien",
        "grace-hopper-3",
    ]
    assert names("Grace H", "people") == ["grace-hopper", "grace-hopper-3"]
    for typed in ("grace-hopper-", "grace-hopper-3"):
        assert names(typed, "people") == ["grace-hopper-3"]
    assert names("grace-hopper-4", "people") == []
    assert names("a", "everybody") == ["ada-lovelace", "alan-turing"]


@pytest.mark.usefixtures("people")
def test_keep_completes_candidates_first(
    names: Callable[..., list[str]],
) -> None:
    assert names("", "candidates") == [
        *("grace-hopper", "ada-lovelace", "grace-hopper-4", "jose-obrien", "alan-turing")
    ]


def test_same_names_are_completed_with_their_ids(
    netkeep: Netkeep, names: Callable[..., list[str]]
) -> None:
    netkeep("add", "Ada")
    netkeep("add", "Ada", "--force")
    assert names("", "people") == ["ada-1", "ada-2"]
    assert names("ada-", "people") == ["ada-1", "ada-2"]


def test_name_that_looks_like_an_id_is_followed_by_its_id(
    netkeep: Netkeep, names: Callable[..., list[str]]
) -> None:
    netkeep("add", "Ada")
    netkeep("add", "1")
    assert names("1", "people") == ["1-2"]
    assert netkeep("show", "1-2", "-f", "json").json["name"] == "1"


def test_at_most_100_names_are_printed(
    netkeep: Netkeep, names: Callable[..., list[str]], tmp_path: Path
) -> None:
    file = tmp_path / "many.csv"
    file.write_text("name\n" + "".join(f"Ada {number:03}\n" for number in range(150)))
    netkeep("import", str(file), "--map", "name=name", err=None)
    assert names("ada", "people") == [f"ada-{number:03}" for number in range(100)]
    assert names("ada 14", "people") == [f"ada-{number}" for number in range(140, 150)]


@pytest.mark.usefixtures("people")
def test_names_come_from_the_given_database(
    names: Callable[..., list[str]], database: Path
) -> None:
    elsewhere = database.rename(database.with_name("odd %3f?#name.db"))
    assert names("ada", "people") == []
    assert names("ada", "people", str(elsewhere)) == ["ada-lovelace"]
    elsewhere.rename(Path.home() / "x.db")
    assert names("ada", "people", "~/x.db") == ["ada-lovelace"]


@pytest.mark.parametrize(
    "content",
    [None, b"", b"text", b"SQLite format 3\0" + b"x" * 5000, "newer", "older", "busy", "blob"],
    ids=str,
)
@pytest.mark.usefixtures("people")
def test_unusable_database_has_no_names(
    names: Callable[..., list[str]], database: Path, content: Any
) -> None:
    changes = {
        "newer": "UPDATE alembic_version SET version_num = '9999'",
        "older": "UPDATE alembic_version SET version_num = '0001'",
        "busy": "BEGIN EXCLUSIVE",
        "blob": "UPDATE contact SET key = x'ff'",
    }
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        if content is None:
            database.unlink()
        elif isinstance(content, bytes):
            database.write_bytes(content)
        else:
            connection.execute(changes[content])
        assert names("", "people") == []


@pytest.mark.parametrize("arguments", [[], ["ada"], ["ada", "people", "a", "b"]])
@pytest.mark.usefixtures("people")
def test_wrong_arguments_print_nothing(process: Process, arguments: list[str]) -> None:
    ended = process("--complete-names", *arguments)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


@given(st.text(min_size=1, max_size=20), st.integers(1, 10**6))
def test_slug_has_the_same_key_as_its_name(name: str, contact_id: int) -> None:
    name_key = key(name)
    slug = _slug(name_key)
    assert key(slug) == name_key
    assert all(letter == "-" or letter.isalnum() for letter in slug)
    assert slug.isprintable()
    person = Person(contact_id, name, "active", "other", None, name_key)  # type: ignore[arg-type]
    if name_key:
        assert key(_slug(f"{name_key} {contact_id}")) == person.key_and_id
