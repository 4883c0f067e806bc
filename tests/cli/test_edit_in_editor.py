"""edit without options: a form in the editor, whose text is never lost."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.editor import Editor
from tests.cli.terminal import Terminal, accept_ctrl_c, ending
from tests.conftest import Fails, Netkeep, Process


@pytest.fixture(autouse=True)
def ada(netkeep: Netkeep) -> None:
    netkeep(
        *("add", "Ada Lovelace", "-k", "coworker", "--city", "London", "-t", "chess, go", "-n"),
        *("First\n# second: line\n", "--email", "ada@engines.example", "--email", "ada@x.example"),
    )


def test_form_has_one_line_per_field(netkeep: Netkeep, editor: Editor) -> None:
    editor.does("")
    netkeep("add", "Grace Hopper", "-e", "none")
    netkeep("edit", "ada", "--via", "grace", "--birthday", "10 dec", "--met-on", "yesterday")
    assert netkeep("edit", "ada").out == "Nothing changed.\n"
    assert editor.saw == (
        "# The fields of Ada Lovelace. To clear a field, leave nothing after the colon.\n"
        "# To add an email, phone, url or tag, write one more line; to remove one,\n"
        "# delete its line. The note comes last, and may have several lines.\n"
        "name: Ada Lovelace\n"
        "kind: coworker\n"
        "cadence: 3 months\n"
        "company:\n"
        "title:\n"
        "city: London\n"
        "school:\n"
        "email: ada@engines.example\n"
        "email: ada@x.example\n"
        "phone:\n"
        "url:\n"
        "tag: chess, go\n"
        "met:\n"
        "met_on: 2026-11-22\n"
        "via: Grace Hopper\n"
        "birthday: --12-10\n"
        "note: First\n"
        "# second: line\n"
    )
    assert not editor.kept


def test_only_edited_lines_are_changed(netkeep: Netkeep, editor: Editor) -> None:
    before = netkeep("show", "ada", "-f", "json").json
    editor.does(
        'sed -i -e "s/^city: .*/city:/" -e "s/^cadence: .*/cadence: 10d/"'
        ' -e "s/^phone:/phone: 123/"'
        ' -e "/^email: ada@x/d" -e "s/^birthday:/birthday: 10 dec 1815/" "$1"; echo third >>"$1"'
    )
    assert netkeep("edit", "ada").out == (
        "Changed Ada Lovelace (#1): cadence: 10 days (was: 3 months);"
        " city: none (was: London); birthday: 1815-12-10 (was: none);"
        " note: First\\n# second: line\\nthird (was: First\\n# second: line);"
        " e-mail address: ada@engines.example (was: ada@engines.example, ada@x.example);"
        " phone number: 123 (was: none). First due: 25 Nov 2026.\n"
    )
    after = netkeep("show", "ada", "-f", "json").json
    assert {name for name in after if after[name] != before[name]} <= {
        *("cadence", "city", "birthday", "note", "emails", "phones", "updated_at"),
    }
    assert not editor.kept


@pytest.mark.parametrize(
    "script",
    [
        "",
        ': >"$1"',
        'rm "$1"',
        'printf "\\n \\n" >"$1"',
        """sed -i '/^#/!d' "$1" && sed -i '$d' "$1" """,
        'sed -i "s/$/\\r/" "$1"',
        'sed -i -e "s/3 months/3m/" -e "s/^city: */city:    /" "$1"',
        'touch "$1~"',
    ],
)
def test_unchanged_form_changes_nothing(netkeep: Netkeep, editor: Editor, script: str) -> None:
    editor.does(script)
    changes = netkeep("undo", "--list").out
    assert netkeep("edit", "ada").out == "Nothing changed.\n"
    assert netkeep("edit", "ada", "-f", "json").json["city"] == "London"
    assert netkeep("undo", "--list").out == changes
    assert list(editor.drafts.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "code", "message"),
    [
        ('sed -i "s/^name: .*/name:/" "$1"', 2, "the name is empty"),
        ('sed -i "s/^kind: .*/kind: foe/" "$1"', 2, '"foe" is not a kind'),
        ('sed -i "s/^cadence: .*/cadence: often/" "$1"', 2, '"often" is not a length of time'),
        ('sed -i "s/^email: .*/email: ada/" "$1"', 2, '"ada" is not an e-mail address'),
        ('sed -i "s/^via:/via: Ada/" "$1"', 2, "--via must name another contact"),
        ('sed -i "s/^via:/via: Bob/" "$1"', 3, 'no contact matches "Bob"'),
        ('sed -i "/^city:/d" "$1"', 2, 'the line "city:" is missing'),
        ('sed -i "/^note:/d" "$1"', 2, 'the line "note:" is missing'),
        ('sed -i "s/^name:/name/" "$1"', 2, "is not of the form FIELD: VALUE"),
        ('sed -i "s/^city:/city:\\ncity:/" "$1"', 2, 'the line "city:" occurs more than once'),
        ('sed -i "s/^city:/ciy:/" "$1"', 2, '"ciy: London" is not of the form FIELD: VALUE'),
        ('sed -i "s/^city:.*/city: \\xff/" "$1"', 2, "the city is not valid text"),
    ],
)
def test_mistake_changes_nothing_and_keeps_the_text(
    netkeep: Netkeep, fails: Fails, editor: Editor, script: str, code: int, message: str
) -> None:
    before = netkeep("show", "ada", "-f", "json").out
    editor.does(f'{script}\ncp "$1" "$0.left"')
    err = fails("edit", "ada", code=code)
    assert message in err
    (draft,) = editor.kept
    assert f"\n  your text is kept in {draft}" in err
    assert draft.read_bytes() == editor.path.with_suffix(".left").read_bytes()
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700
    assert netkeep("show", "ada", "-f", "json").out == before


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("{editor}", "{editor} failed with exit code 3"),
        ("sh -c 'kill -9 $$'", "sh was killed by signal 9"),
        ("no-such-editor --wait", "no-such-editor cannot be run: no such file or directory"),
        ("/", "/ cannot be run: permission denied"),
        ("vi '", "vi ' is not a command: no closing quotation"),
        (" ", "no editor is installed"),
    ],
)
def test_failing_editor_changes_nothing(
    fails: Fails, editor: Editor, monkeypatch: pytest.MonkeyPatch, command: str, message: str
) -> None:
    editor.does("exit 3")
    monkeypatch.setenv("VISUAL", command.format(editor=editor.path))
    assert fails("edit", "ada", code=1) == (
        f"netkeep: {message.format(editor=editor.path)}\n"
        "  set VISUAL or EDITOR to the editor you want\n"
    )
    assert list(editor.drafts.iterdir()) == []


def test_text_is_kept_if_the_editor_fails_after_writing(fails: Fails, editor: Editor) -> None:
    editor.does('sed -i "s/London/Paris/" "$1"; kill -15 $$')
    err = fails("edit", "ada", code=1)
    assert "was killed by signal 15\n  your text is kept in " in err
    assert "city: Paris" in editor.kept[0].read_text()


@pytest.mark.parametrize("leftover", [".contact.txt.swp", "contact.txt.save"])
def test_recovery_file_of_a_killed_editor_is_kept(
    fails: Fails, editor: Editor, leftover: str
) -> None:
    editor.does(f'cp "$1" "$1~"; printf "Par\\000is" >"$(dirname "$1")/{leftover}"; kill -1 $$')
    err = fails("edit", "ada", code=1)
    (saved,) = (path for path in editor.kept if path.name == leftover)
    assert f"was killed by signal 1\n  your text is kept in {saved}; " in err
    assert saved.read_bytes() == b"Par\0is"


def test_editor_arguments_are_not_evaluated_by_a_shell(
    netkeep: Netkeep, editor: Editor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", f"sed -i -e 's|London|$(touch {tmp_path}/P)|'")
    netkeep("edit", "ada")
    assert netkeep("show", "ada", "-f", "json").json["city"] == f"$(touch {tmp_path}/P)"
    assert not (tmp_path / "P").exists()


def test_editor_output_goes_to_standard_error(process: Process, editor: Editor) -> None:
    editor.does('echo hello; sed -i "s/London/Paris/" "$1"')
    ended = process("edit", "ada", "-f", "json")
    assert ended.stdout.startswith(b'{"id": 1, ')
    assert ended.stderr == b"hello\n"


def test_text_is_kept_if_the_database_cannot_be_written(
    netkeep: Netkeep, fails: Fails, editor: Editor, database: Path
) -> None:
    editor.does(f'sed -i "s/London/Paris/" "$1"; printf junk >"{database}"')
    assert "your text is kept in " in fails("edit", "ada", code=4)
    assert "city: Paris" in editor.kept[0].read_text()


def test_text_is_kept_if_the_contact_is_deleted_meanwhile(
    netkeep: Netkeep, fails: Fails, editor: Editor
) -> None:
    editor.does(
        f'sed -i "s/London/Paris/" "$1"; {sys.executable} -m netkeep forget ada --yes >/dev/null'
    )
    assert "your text is kept in " in fails("edit", "ada", code=3)


def test_other_fields_changed_meanwhile_are_kept(netkeep: Netkeep, editor: Editor) -> None:
    editor.does(
        'sed -i "s/London/Paris/" "$1";'
        f" {sys.executable} -m netkeep edit ada --title Countess >/dev/null"
    )
    netkeep("edit", "ada")
    contact = netkeep("show", "ada", "-f", "json").json
    assert (contact["city"], contact["title"]) == ("Paris", "Countess")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("script", "meanwhile", "field"),
    [
        ("s/London/Paris/", "--city Rome", "city"),
        ("s/First/Second/", "--note Third", "note"),
        ("s/chess/draughts/", "--add-tag urgent", "tags"),
        ("/^email: ada@x/d", "--add-email new@x.example", "emails"),
        ("s/^via:.*/via: Grace/", "--via Bob", "via"),
    ],
)
def test_field_changed_meanwhile_is_not_overwritten(
    netkeep: Netkeep, fails: Fails, editor: Editor, script: str, meanwhile: str, field: str
) -> None:
    netkeep("add", "Grace Hopper")
    netkeep("add", "Bob")
    editor.does(
        f'sed -i "{script}" "$1"; {sys.executable} -m netkeep edit ada {meanwhile} >/dev/null;'
        f' {sys.executable} -m netkeep show ada -f json >"$0.now"'
    )
    assert fails("edit", "ada", code=2).startswith(
        f"netkeep: the field {field} of Ada Lovelace has changed since the editor was opened\n"
        "  your text is kept in "
    )
    assert netkeep("show", "ada", "-f", "json").out == editor.path.with_suffix(".now").read_text()


def test_edit_without_editor_terminal_or_options_is_refused(
    fails: Fails, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR")
    assert fails("edit", "ada", code=2) == (
        "netkeep: there is nothing to change\n  see the options: netkeep edit --help\n"
    )


def test_mistake_reopens_the_editor_with_a_comment(
    terminal: Terminal, netkeep: Netkeep, editor: Editor
) -> None:
    editor.does(
        'if grep -q "foe" "$1"; then cp "$1" "$0.again"; sed -i "s/foe/friend/" "$1";'
        ' else sed -i "s/^kind: .*/kind: foe/" "$1"; fi'
    )
    out, code = ending(terminal.run("edit", "ada", width=250))
    assert code == 0
    assert out == (
        '"foe" is not a kind; one of friend, relative, coworker, association, professor,'
        " alumni, client, mentor, other\n"
        "Changed Ada Lovelace (#1): kind: friend (was: coworker). First due: 25 Nov 2026.\n"
    )
    assert (
        editor.path.with_suffix(".again")
        .read_text()
        .startswith('# "foe" is not a kind\n# one of friend, relative,')
    )
    assert not editor.kept


def test_uncorrected_mistake_ends_the_command(terminal: Terminal, editor: Editor) -> None:
    editor.does('sed -i "s/^kind: .*/kind: foe/" "$1"')
    out, code = ending(terminal.run("edit", "ada", width=250))
    assert code == 2
    assert f"your text is kept in {editor.kept[0]}; one of friend" in out


def test_terminal_falls_back_to_nano(
    terminal: Terminal, netkeep: Netkeep, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR")
    editor.does('sed -i "s/London/Paris/" "$1"')
    editor.path.rename(editor.path.with_name("nano"))
    monkeypatch.setenv("PATH", f"{editor.path.parent}:{os.environ['PATH']}")
    assert "city: Paris (was: London)" in ending(terminal.run("edit", "ada", width=250))[0]


def test_ctrl_c_interrupts_only_the_editor(
    terminal: Terminal, netkeep: Netkeep, editor: Editor
) -> None:
    editor.does('sed -i "s/London/Paris/" "$1"; trap "exit 0" INT; echo open; sleep 60 & wait')
    child = terminal.run("edit", "ada", width=250)
    child.expect_exact("open")
    child.send("\x03")
    out, code = ending(child)
    assert "city: Paris (was: London)" in out
    assert code == 0


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_text_is_kept_if_netkeep_is_interrupted_after_the_editor(
    editor: Editor, database: Path
) -> None:
    editor.does('sed -i "s/London/Paris/" "$1"; echo $$ >"$0.pid"; mv "$0.pid" "$0.done"')
    writer = sqlite3.connect(database, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")  # other processes can read, and wait to write
    with subprocess.Popen(
        [sys.executable, "-m", "netkeep", "edit", "ada"],
        stderr=subprocess.PIPE,
        preexec_fn=accept_ctrl_c,
    ) as process:
        while not editor.path.with_suffix(".done").exists():
            time.sleep(0.05)
        # Ctrl-C is for the editor until it has ended. Then netkeep waits to write.
        while is_running(int(editor.path.with_suffix(".done").read_text())):
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        writer.close()
        _, err = process.communicate(timeout=60)
    (draft,) = editor.kept
    assert "city: Paris" in draft.read_text()
    assert err.decode() == f"your text is kept in {draft}\n\nnetkeep: interrupted\n"
    assert process.returncode == 130
