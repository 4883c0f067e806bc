"""log -n -: a note from the editor or from standard input."""

from pathlib import Path

import pytest

from tests.cli.editor import Editor
from tests.cli.terminal import Terminal, ending
from tests.conftest import Netkeep, Process


@pytest.fixture(autouse=True)
def ada(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace")


def test_note_is_written_in_the_editor(
    terminal: Terminal, netkeep: Netkeep, editor: Editor
) -> None:
    netkeep("add", "Grace Hopper")
    editor.does(
        'printf "Spoke about\\n# compilers\\n" >"$1.new"; cat "$1" >>"$1.new"; mv "$1.new" "$1"'
    )
    out, code = ending(terminal.run("log", "ada", "grace", "-c", "call", "-n", "-"))
    assert (out.count("Logged a call with"), code) == (2, 0)
    assert editor.saw == (
        "\n# A note on Ada Lovelace, Grace Hopper."
        " This line is ignored. Without a note, nothing is logged.\n"
    )
    notes = [touchpoint["note"] for touchpoint in netkeep("timeline", "-f", "json").json]
    assert notes == ["Spoke about\n# compilers"] * 2
    assert list(editor.drafts.iterdir()) == []


def test_empty_note_logs_nothing(terminal: Terminal, netkeep: Netkeep, editor: Editor) -> None:
    for script in ("", ': >"$1"', 'sed -i "1d" "$1"'):
        editor.does(script)
        assert ending(terminal.run("log", "ada", "-n", "-")) == ("Nothing was logged.\n", 0)
    editor.does("exit 1")
    assert ending(terminal.run("log", "ada", "-n", "-"))[1] == 1
    assert netkeep("timeline").out == ""


def test_note_is_kept_if_logging_fails(terminal: Terminal, editor: Editor) -> None:
    editor.writes("Spoke about compilers\n")
    out, code = ending(terminal.run("log", "ada", "--done", "-n", "-", width=250))
    assert code == 1
    assert f"your text is kept in {editor.kept[0]}" in out.replace("\n", "")
    assert editor.kept[0].read_text() == "Spoke about compilers\n"


def test_mistake_is_shortened_and_stays_out_of_the_note(
    terminal: Terminal, netkeep: Netkeep, editor: Editor
) -> None:
    # The editor removes the first line of a text that is opened again.
    editor.does(
        'if grep -q caf "$1"; then sed -i -e 1d -e \'$s/$/\\r/\' "$1"; else printf'
        f""" '%s\\n' "caf$(printf '\\351')" "{"x" * 2_000}" >"$1"; fi"""
    )
    child = terminal.run("log", "ada", "-n", "-", width=2_000)
    child.expect_exact("Edit the text again? [y/N]: ")
    printed = child.before or ""
    assert "the note is not valid text: 'caf\\udce9" in printed
    assert len(printed) < 1_000
    child.sendline("y")
    assert ending(child)[1] == 0
    assert netkeep("timeline", "-f", "json").json[0]["note"] == "x" * 2_000


def test_invalid_options_do_not_open_the_editor(terminal: Terminal, editor: Editor) -> None:
    assert ending(terminal.run("log", "ada", "--on", "tomorrow", "-n", "-"))[1] == 2
    assert ending(terminal.run("log", "bob", "-n", "-"))[1] == 3
    assert not editor.path.with_suffix(".saw").exists()


def test_note_is_read_from_standard_input(
    netkeep: Netkeep, process: Process, tmp_path: Path
) -> None:
    ended = process("log", "ada", "-n", "-", input="Ünïcode\nand # more\n".encode())
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert netkeep("timeline", "-f", "json").json[0]["note"] == "Ünïcode\nand # more"
    for content, message in (
        (b" \n", b"the note is empty"),
        (b"\xff", b"the note is not valid text"),
    ):
        ended = process("log", "ada", "-n", "-", input=content)
        assert (ended.returncode, message in ended.stderr) == (2, True)
    with (tmp_path / "to write").open("wb") as unreadable:
        ended = process("log", "ada", "-n", "-", stdin=unreadable)
    assert ended.stderr == b"netkeep: the note cannot be read: bad file descriptor\n"
