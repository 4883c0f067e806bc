"""export into a folder of cards that other programs use too."""

import os
from pathlib import Path

import pytest

from netkeep.atomic import LEFT_AFTER
from tests.conftest import Fails, Netkeep

PHOTO = "PHOTO;ENCODING=b;TYPE=JPEG:" + "/9j/4AAQ" * 30
CARD = f"""BEGIN:VCARD
VERSION:3.0
PRODID:-//Phone//
N:Lovelace;Ada;King;;
FN:Ada Lovelace
EMAIL;TYPE=INTERNET:ada@x.example
TEL;TYPE=CELL:+44 20 7946 0000
ADR;TYPE=HOME:;;1 Main St;London;;E1;UK
X-PHONE-RINGTONE:bell
{PHOTO}
UID:ada-1
END:VCARD
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a folder in which another program keeps Ada."""
    book = tmp_path / "book"
    book.mkdir()
    (book / "Some Name.vcf").write_text(CARD, newline="\r\n")
    return book


@pytest.fixture
def ada(netkeep: Netkeep, book: Path) -> None:
    netkeep("import", str(book), "--keep", err=None)
    netkeep("export", str(book), "--force", err=None)


def state(book: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in book.iterdir()}


def lines(file: Path) -> list[str]:
    return file.read_text().replace("\n ", "").splitlines()


def test_a_card_goes_into_the_file_with_its_uid(netkeep: Netkeep, book: Path) -> None:
    netkeep("import", str(book), "--keep", err=None)
    netkeep("add", "Grace", "--force")
    netkeep(
        *("export", str(book), "--force"),
        err=f"1 new, 1 changed, 0 unchanged\nExported 2 people to {book}.\n",
    )
    assert len(state(book)) == 2
    written = lines(book / "Some Name.vcf")
    for line in CARD.splitlines():
        assert line in written or line.startswith("PRODID")
    assert "X-NETKEEP-KIND:other" in written


@pytest.mark.usefixtures("ada")
def test_files_that_mean_the_same_are_not_touched(netkeep: Netkeep, book: Path) -> None:
    before = state(book)
    netkeep("export", str(book), err=f"Exported 1 person to {book}.\n")
    assert state(book) == before
    # As another program writes it: in another order, and folded elsewhere.
    file = book / "Some Name.vcf"
    first, version, *others, last = lines(file)
    others = [line for line in others if not line.startswith("REV")]
    file.write_text("\r\n".join([first, version, *reversed(others), last, ""]))
    before = state(book)
    netkeep("export", str(book), err=f"Exported 1 person to {book}.\n")
    assert state(book) == before


@pytest.mark.usefixtures("ada")
def test_a_change_keeps_what_netkeep_has_no_field_for(netkeep: Netkeep, book: Path) -> None:
    file = book / "Some Name.vcf"
    content = file.read_text().replace("END:VCARD", "TZ:+0100\r\nNICKNAME:Countess\r\nEND:VCARD")
    file.write_text(content, newline="")
    netkeep("edit", "ada", "--title", "Analyst", "--remove-phone", "+442079460000", err=None)
    netkeep(
        *("export", str(book)),
        err=f"{file} no longer has phone +44 20 7946 0000\n"
        f"0 new, 1 changed, 0 unchanged\nExported 1 person to {book}.\n",
    )
    written = lines(file)
    for line in (PHOTO, "TZ:+0100", "NICKNAME:Countess", "X-PHONE-RINGTONE:bell", "TITLE:Analyst"):
        assert line in written
    assert "TEL" not in "".join(written)
    before = state(book)
    netkeep("export", str(book), err=f"Exported 1 person to {book}.\n")
    assert state(book) == before


def test_labels_and_parts_that_only_the_file_has_are_kept(netkeep: Netkeep, book: Path) -> None:
    netkeep("add", "Ada Lovelace", "--email", "ada@x.example", "--city", "London")
    netkeep("export", f"{book}/", err=None)
    (file,) = set(book.iterdir()) - {book / "Some Name.vcf"}
    content = file.read_text()
    content = content.replace("EMAIL:", "EMAIL;TYPE=HOME:").replace(
        ";;;London", ";;1 Main St;London"
    )
    file.write_text(content, newline="")
    netkeep("edit", "ada", "--title", "Analyst")
    netkeep("export", f"{book}/", err=None)
    assert "EMAIL;TYPE=HOME:ada@x.example" in lines(file)
    assert "ADR:;;1 Main St;London;;;" in lines(file)
    assert "TITLE:Analyst" in lines(file)


def test_a_card_of_another_program_changes_only_with_force(
    netkeep: Netkeep, book: Path, fails: Fails
) -> None:
    netkeep("import", str(book), "--keep", err=None)
    before = state(book)
    assert fails("export", str(book), code=1) == (
        f"netkeep: cards of other programs would change: {book}/Some Name.vcf\n"
        "  to change these cards too: --force\n"
    )
    assert state(book) == before


@pytest.mark.usefixtures("ada")
def test_files_of_others_are_left_and_named(netkeep: Netkeep, book: Path) -> None:
    netkeep("drop", "ada")
    netkeep("add", "Grace")
    (book / "a.vcf").write_text(CARD.replace("UID:ada-1\n", ""))
    (book / "b.vcf").write_text(CARD.replace("ada-1", "2"))
    for name in ("c.vcf", "d.vcf"):
        (book / name).write_text(CARD.replace("ada-1", "3"))
    before = state(book)
    said = netkeep("export", str(book), err=None)
    assert said.err.splitlines() == [
        f"{book}/a.vcf is left alone: it has no UID",
        f"{book}/c.vcf is left alone: more than one file has the UID 3",
        f"{book}/d.vcf is left alone: more than one file has the UID 3",
        f"{book}/Some Name.vcf is left alone: Ada Lovelace (#1) is dropped",
        f"1 card of another program is left alone in {book}",
        f"Exported 1 person to {book}.",
    ]
    assert before.items() <= state(book).items()
    assert len(state(book)) == len(before) + 1


@pytest.mark.usefixtures("ada")
def test_there_is_never_a_second_file_of_a_uid(netkeep: Netkeep, book: Path) -> None:
    (book / "copy.vcf").write_bytes((book / "Some Name.vcf").read_bytes())
    netkeep("edit", "ada", "--title", "Analyst")
    before = state(book)
    said = netkeep("export", str(book), err=None)
    assert f"{book}/copy.vcf is left alone: more than one file has the UID ada-1\n" in said.err
    assert state(book) == before


@pytest.mark.usefixtures("ada")
def test_a_file_of_someone_else_is_not_written_over(netkeep: Netkeep, book: Path) -> None:
    (book / "Some Name.vcf").rename(book / "other.vcf")
    (book / "ada-1.vcf").write_text(CARD.replace("ada-1", "2"))
    (book / "other.vcf").unlink()
    netkeep("export", str(book), err=None)
    assert "UID:2" in lines(book / "ada-1.vcf")
    assert len(state(book)) == 2


@pytest.mark.usefixtures("ada")
def test_a_file_stays_in_its_version_unless_another_is_given(netkeep: Netkeep, book: Path) -> None:
    file = book / "Some Name.vcf"
    netkeep("edit", "ada", "--title", "Analyst")
    netkeep("export", str(book), err=None)
    assert "VERSION:3.0" in lines(file)
    netkeep("export", str(book), "--vcard-version", "4.0", err=None)
    assert "VERSION:4.0" in lines(file)
    photo = PHOTO.partition(":")[2]
    assert f"PHOTO:data:image/jpeg;base64,{photo}" in lines(file)


@pytest.mark.usefixtures("ada")
def test_leftovers_of_a_killed_export_are_removed(netkeep: Netkeep, book: Path) -> None:
    left, fresh = book / ".0011223344556677.netkeep", book / ".7766554433221100.netkeep"
    left.touch()
    fresh.touch()
    os.utime(left, (0, left.stat().st_mtime - LEFT_AFTER - 1))
    netkeep("export", str(book), err=None)
    assert (left.exists(), fresh.exists()) == (False, True)
