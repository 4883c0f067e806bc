"""import, of many: cut off in the middle, and what thousands of rows cost."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from tests.cli.test_processes import NETKEEP, without_coverage
from tests.conftest import Netkeep

CARD = "BEGIN:VCARD\nVERSION:4.0\nUID:{0}\nFN:Grace No {0}\nEMAIL:{0}@x.example\nEND:VCARD\n"
CARDS = 5_000
# Most of the time is spent on the cards, and then on what they become.
STEPS = [0.02, 0.1, 0.25, 0.5, 0.75, 0.9]
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROWS = 2_000


def started(file: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*NETKEEP, "import", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=without_coverage(),
    )


def cards(path: Path) -> Path:
    path.write_text("".join(CARD.format(number) for number in range(CARDS)))
    return path


def journal(database: Path) -> Path:
    return database.with_name(f"{database.name}-journal")


def test_an_import_killed_while_it_writes_leaves_the_file_as_it_was(
    netkeep: Netkeep, database: Path, tmp_path: Path
) -> None:
    netkeep("add", "Ada", "--email", "1@x.example")
    before, contents = netkeep("export", "-").out, database.read_bytes()
    process = started(cards(tmp_path / "people.vcf"))
    while database.read_bytes() == contents:  # pages go into it when there are more than fit
        assert process.poll() is None, "it was over before it wrote a page"
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert process.returncode == -signal.SIGKILL
    assert journal(database).exists()
    assert netkeep("export", "-").out == before
    assert not journal(database).exists()
    assert database.read_bytes() == contents


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Kill an import at every step in a thorough run, else at some of them."""
    if "step" in metafunc.fixturenames:
        thorough = metafunc.config.getoption("--thorough")
        metafunc.parametrize("step", STEPS if thorough else STEPS[1::2])


def test_import_killed_at_any_time_is_complete_or_undone(
    netkeep: Netkeep, database: Path, tmp_path: Path, step: float
) -> None:
    netkeep("add", "Ada", "--email", "1@x.example")
    before = netkeep("export", "-").out
    file = cards(tmp_path / "people.vcf")
    whole = Path(tmp_path, "whole.db")
    whole.write_bytes(database.read_bytes())
    begun = time.monotonic()
    subprocess.run(
        [*NETKEEP, "--db", str(whole), "import", str(file)], check=True, env=without_coverage()
    )
    lasts = time.monotonic() - begun
    process = started(file)
    time.sleep(step * lasts)
    process.kill()
    process.wait()
    left = netkeep("export", "-").out
    assert left == before or left.count("Grace No") == CARDS
    netkeep("add", "Alan")  # and it can be written to


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """Every statement that SQLAlchemy runs, however many rows it is run for."""
    ran: list[str] = []

    def note(*arguments: object) -> None:
        ran.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    yield ran
    event.remove(Engine, "before_cursor_execute", note)


def connections(path: Path, rows: int) -> str:
    path.write_text(
        HEADER
        + "".join(
            f"Ada,No {number},linkedin.com/in/{number},{number}@x.example,Initech,,05 Sep 2017\n"
            for number in range(rows)
        )
    )
    return str(path)


def test_two_thousand_rows_take_few_statements(
    netkeep: Netkeep, tmp_path: Path, statements: list[str]
) -> None:
    netkeep("add", "Zoe")
    file = connections(tmp_path / "Connections.csv", ROWS)
    statements.clear()
    assert netkeep("import", file).out.startswith("Imported 2,000 people")
    assert len(statements) <= ROWS / 20  # some for each 500 rows, none for each row


def test_a_second_import_of_them_writes_nothing(
    netkeep: Netkeep, database: Path, tmp_path: Path, statements: list[str]
) -> None:
    file = connections(tmp_path / "Connections.csv", ROWS)
    netkeep("import", file)
    contents = database.read_bytes()
    statements.clear()
    assert netkeep("import", file).out == "Imported no one; 2,000 were known already.\n"
    assert len(statements) <= 5
    assert database.read_bytes() == contents


def test_a_dry_run_needs_no_sqlmodel(tmp_path: Path) -> None:
    file = connections(tmp_path / "Connections.csv", 1)
    code = (
        "import sys; from netkeep.cli.app import run;"
        f" code = run(['import', {file!r}, '--dry-run']);"
        " sys.exit(code or 'sqlmodel' in sys.modules or 'icalendar' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
