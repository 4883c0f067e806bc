"""Write tests/store/old_files: one history, as the code of each schema revision saved it.

Run by hand, in a clone with all its commits: `.venv/bin/python -m tests.store.build_old_files`.
"""

import os
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

OLD_FILES = Path(__file__).with_name("old_files")

FIRST_DAY = "be7ea8a7a47d8aa1aa93afaf8336d15fe82861d7"

# By revision, the newest commit whose commands run with it; for 0004 after the first code of 0001,
# whose details had another key, so that 0005 has something to convert. The newest revision is there
# to tell if its script is changed in place.
CODE = {
    "0001": ["19392f6697376292e21e4aa194056f400eda7214"],
    "0002": ["13d9903f30c84306f99971e4fa41bdcd001853f5"],
    "0003": ["b88347090c5f60c7a736788eda36a242d4e82cd9"],
    "0004": [FIRST_DAY, "82582ce3fa0e9a2377295550751d3e85376da933"],
    "0005": ["81c8652c400e5616f47fe1900c0b362aeee34b19"],
    "0006": ["06581bd2dca1919e6429d366a75633ddfd9eac0b"],
    "0007": ["38ca18d4b3c88125b993b9cd08924031a47529b5"],
    "0008": ["1bb9050dd6f4ddd4ffd40868d4b2459f9bbb8a2f"],
    "0009": ["1fde124fdac25d62c0bd57edf50bcf4684237145"],
    "0010": ["0038d433d5d74f5f1e87fca49e5297b77ce9003a"],
}

TODAY = "2026-11-16"
NOW = "datetime.now(UTC)"  # where a command reads the clock
MINUTE = '__import__("os").environ["MINUTE"]'

# The commands of each revision, and of all later ones: all that write, with all kinds of values.
HISTORY = [
    (
        "0001",
        r"""
        add "Ada Lovelace" -k coworker -e 2w --email ada@engines.example --email ada@home.example
            --phone "+44 20 7946 0001" --url https://ada.example --company "Analytical Engines"
            --title Mathematician --school "Taught at home" --city London --birthday 1815-12-10
            -t chess -t "Open Source" --last 2026-08-20
            -n 'Plays chess.\n\n\t"Quoted", 100 % [bold]; -- DROP TABLE\\x, ünïcödé, 日本 🎉'
        add "Zoë Quinn" -k friend -e none --company "Café Ltd" -n "plays the O'Boe"
        add "Grace Hopper" -k mentor --met "Open Source Summit" --met-on 2026-11-13 --via ada
            --birthday "29 feb" -t compilers
        add "Émilie du Châtelet" --candidate --city Cirey
        add "O'Brien, Pat" -k client -e 10d --last 2026-01-31
        add "Pat O'Brien" --force
        add "Gone Away" --last 2025-11-16
        log ada -c call -p ask -n "Asked for an introduction" --on 2026-10-01
        log ada -c email -p ask --on 2026-10-02
        log ada --in -c meal -p give --on 2026-10-03 -n 'Straße\n  Zweite Zeile\n'
        log grace zoe -c letter -p greeting -n "Spoke about Compilers"
        log grace -c other
        amend 5 -c social -p thank
        amend 7 --delete
        snooze ada "1 dec"
        edit zoe --city Saint-Étienne --add-tag Éclair --add-tag chess --add-email z@q.example
        edit ada --remove-tag chess --add-tag Schach
        drop gone --reason 'moved to another field; said so'
        import Connections.csv
        keep leonhard -k professor -e 1y
        """,
    ),
    (
        "0002",
        r"""
        news ada "Promoted to Principal Engineer" --title "Principal Engineer"
        news grace "Published a book" --on "3 days ago"
        visit grace --from 2026-12-01 --to 2026-12-04 --city "Saint-Étienne"
        visit --trip London --from "in 2 weeks" --to "in 3 weeks"
        promise zoe 'send the "paper"' --by friday
        promise ada "introduce her to Grace" --by 2026-11-18
        log ada -p ask -n "Asked for the slides" --next "call back" --by 2026-11-20
        log grace -p ask
        log grace -p thank
        done 5 6
        round add --preset holidays --kind client --kind friend
        round add "Lunar New Year" --from 01-20 --to 02-20 --tag chess
        round add gone --from 07-01 --to 08-15
        round remove gone
        me "Started at Initech"
        me "Moved to Boston"
        me --remove 1
        """,
    ),
    (
        "0003",
        r"""
        import people.vcf --keep
        add "Grace B. M. Hopper" --force -t navy
        log "grace b" -n "Said who she was"
        merge "grace hopper" "grace b"
        """,
    ),
    (
        "0005",
        r"""
        snooze sophie 2w
        snooze sophie 3w
        log zoe -n "Ünder 100 %"
        undo
        """,
    ),
    (
        "0009",
        r"""
        add "Søren Ørsted" --company Mærsk --city "Gamla Þórshöfn" --phone "+45 33 13 00 01"
            -t Łódź
        edit søren --add-phone "0045 33 13 00 01" --add-tag Lodz --add-tag "Æsir"
        promise søren "send the Œuvre" --by wed
        round add "Đặng Tết" --from 01-20 --to 02-20 --tag Łódź --tag Æsir
        round add "Łódź" --from 03-01 --to 03-20
        round remove Łódź
        log søren -n "Talked about Łuk"
        undo
        """,
    ),
]

FILES = {
    "Connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Emmy,Noether,https://linkedin.example/emmy,emmy@x.example,Göttingen,,05 Sep 2017\n"
    "Leonhard,Euler,,,Academy,Professor,06 Sep 2017\n",
    "people.vcf": "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:1\nFN:Sophie Germain\n"
    "EMAIL:sophie@x.example\nGENDER:F\nX-FAVOURITE;TYPE=a:prime; numbers\nNOTE:One\\nTwo\n"
    "END:VCARD\n"
    "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:2\nFN:Leonhard Euler\nLANG:de\nEND:VCARD\n",
}


def commands(revision: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command line and its revision, with `\\n` and `\\t` replaced."""
    for since, lines in HISTORY:
        if since <= revision:
            for one in lines.strip().replace("\n            ", " ").splitlines():
                words = shlex.split(one)
                yield since, [word.replace("\\n", "\n").replace("\\t", "\t") for word in words]


def archive(commit: str, folder: Path) -> Path:
    """Unpack the code of a commit, changed to take its time from MINUTE."""
    folder.mkdir()
    packed = subprocess.run(["git", "archive", commit, "src"], check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", folder], check=True, input=packed.stdout)
    names = ("invocation.py", "context.py")  # before and since revision 0006
    clock = next(path for name in names if (path := folder / "src/netkeep/cli" / name).exists())
    code = clock.read_text()
    assert code.count(NOW) == 1
    clock.write_text(code.replace(NOW, f"datetime.fromisoformat({MINUTE})"))
    return folder / "src"


def write(revision: str, sources: list[Path], folder: Path) -> Path:
    """Run the history in a folder, one command a minute; the oldest code runs that of 0001."""
    for name, text in FILES.items():
        (folder / name).write_text(text)
    database = folder / "old.db"
    for minute, (since, command) in enumerate(commands(revision)):
        source = sources[0] if since == "0001" else sources[-1]
        subprocess.run(
            [sys.executable, "-P", "-m", "netkeep", "--db", str(database), *command],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(folder),
                "TZ": "UTC",
                "PYTHONPATH": str(source),
                "PYTHONUTF8": "1",
                "NETKEEP_TODAY": TODAY,
                "MINUTE": f"{TODAY}T09:{minute:02}:00+00:00",
            },
        )
    return database


def dump(database: Path) -> str:
    """Return a file as SQL."""
    with closing(sqlite3.connect(database)) as connection:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        return "\n".join([f"PRAGMA application_id={mark};", *connection.iterdump(), ""])


def build() -> None:
    """Write a file for every revision, or for those named on the command line."""
    OLD_FILES.mkdir(exist_ok=True)
    for name in sys.argv[1:] or CODE:
        commits = CODE[name]
        with TemporaryDirectory() as code, TemporaryDirectory() as home:
            sources = [archive(commit, Path(code, commit)) for commit in commits]
            database = write(name, sources, Path(home))
            (OLD_FILES / f"{name}.sql").write_text(dump(database), "utf-8", newline="\n")


if __name__ == "__main__":
    build()
