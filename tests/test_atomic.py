"""Files are written completely, with private permissions, and never over another file."""

import os
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from netkeep.atomic import write_file, write_folder
from netkeep.errors import OutputError


def error_of(path: Path, *, force: bool = False) -> str:
    with pytest.raises(OutputError) as error:
        write_file(path, b"new", force=force)
    return error.value.sentence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def max_file_size(size: int) -> Iterator[None]:
    """Limit the size of files, in bytes, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_file_has_exact_content_and_no_other_file_is_left(folder: Path) -> None:
    content = b"a\r\nb\n\x00\xff" * 100_000
    write_file(folder / "people.csv", content, force=False)
    assert (folder / "people.csv").read_bytes() == content
    assert names(folder) == ["people.csv"]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_file_is_private_under_any_umask(folder: Path, mask: int) -> None:
    with umask(mask):
        write_file(folder / "people.csv", b"new", force=False)
    assert mode(folder / "people.csv") == 0o600


def test_replaced_file_becomes_private(folder: Path) -> None:
    path = folder / "people.csv"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_file(path, b"new", force=True)
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)


def test_existing_file_is_replaced_only_with_force(folder: Path) -> None:
    path = folder / "people.csv"
    path.write_bytes(b"old")
    assert error_of(path) == f"{path} exists already"
    assert (path.read_bytes(), names(folder)) == (b"old", ["people.csv"])
    write_file(path, b"new", force=True)
    assert (path.read_bytes(), names(folder)) == (b"new", ["people.csv"])


def test_other_hard_link_keeps_old_content(folder: Path) -> None:
    path, other = folder / "people.csv", folder / "other"
    path.write_bytes(b"old")
    other.hardlink_to(path)
    write_file(path, b"new", force=True)
    assert (path.read_bytes(), other.read_bytes()) == (b"new", b"old")


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("to", ["elsewhere", "nowhere", "people.csv"])
def test_symbolic_link_is_refused(folder: Path, to: str, force: bool) -> None:
    (folder / "elsewhere").write_bytes(b"old")
    path = folder / "people.csv"
    path.symlink_to(to)
    assert error_of(path, force=force) == f"{path} is a link, and nothing is written through one"
    assert names(folder) == ["elsewhere", "people.csv"]
    assert (folder / "elsewhere").read_bytes() == b"old"
    assert path.is_symlink()


@pytest.mark.parametrize("force", [False, True])
def test_folder_is_not_replaced_by_file(folder: Path, force: bool) -> None:
    assert error_of(folder, force=force) == f"{folder} is a folder"
    assert names(folder) == []


def test_special_file_is_refused_even_with_force(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert str(folder / "pipe") in error_of(folder / "pipe", force=True)
    assert (folder / "pipe").is_fifo()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere/people.csv", "no such file or directory"),
        ("file/people.csv", "not a directory"),
        ("n" * 300, "file name too long"),
    ],
)
def test_unwritable_path_raises_output_error(folder: Path, name: str, reason: str) -> None:
    (folder / "file").write_bytes(b"old")
    path = folder / name
    assert error_of(path) == f"{path} cannot be written: {reason}"
    assert names(folder) == ["file"]


def test_longest_possible_name_works(folder: Path) -> None:
    write_file(folder / ("n" * 255), b"new", force=False)
    assert names(folder) == ["n" * 255]


@pytest.mark.parametrize("force", [False, True])
def test_full_disk_leaves_folder_unchanged(folder: Path, force: bool) -> None:
    path = folder / "people.csv"
    if force:
        path.write_bytes(b"old")
    with max_file_size(1_000), pytest.raises(OutputError) as error:
        write_file(path, b"x" * 1_001, force=force)
    assert error.value.sentence == f"{path} cannot be written: file too large"
    assert names(folder) == ["people.csv"] * force
    assert not force or path.read_bytes() == b"old"


def test_only_one_of_concurrent_writers_succeeds(folder: Path) -> None:
    path = folder / "people.csv"

    def write(number: int) -> str:
        try:
            write_file(path, f"{number}".encode() * 10_000, force=False)
        except OutputError as error:
            return error.sentence
        return str(number)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(write, range(8)))
    (written,) = [result for result in results if result.isdigit()]
    assert results.count(f"{path} exists already") == 7
    assert path.read_text() == written * 10_000
    assert names(folder) == ["people.csv"]


def test_folder_is_created_with_all_files(folder: Path) -> None:
    write_folder(folder / "a/b", {"1.vcf": b"one", "2.vcf": b"two"}, force=False)
    written = {path.name: path.read_bytes() for path in (folder / "a/b").iterdir()}
    assert written == {"1.vcf": b"one", "2.vcf": b"two"}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_folder_is_private_under_any_umask(folder: Path, mask: int) -> None:
    with umask(mask):
        write_folder(folder / "book", {"1.vcf": b"one"}, force=False)
    assert (mode(folder / "book"), mode(folder / "book/1.vcf")) == (0o700, 0o600)


def test_created_parent_folders_are_private(folder: Path) -> None:
    with umask(0):
        write_folder(folder / "a/b", {"1.vcf": b"one"}, force=False)
    assert mode(folder / "a") == 0o700


def test_existing_folder_keeps_its_mode_and_other_files(folder: Path) -> None:
    (folder / "book").mkdir(mode=0o755)
    (folder / "book/mine.txt").write_bytes(b"mine")
    write_folder(folder / "book", {"1.vcf": b"one"}, force=True)
    assert mode(folder / "book") == 0o755
    assert names(folder / "book") == ["1.vcf", "mine.txt"]


def test_no_file_is_written_if_one_exists_without_force(folder: Path) -> None:
    (folder / "2.vcf").write_bytes(b"old")
    files = {"1.vcf": b"one", "2.vcf": b"two", "3.vcf": b"three"}
    with pytest.raises(OutputError, match=r"2\.vcf exists already"):
        write_folder(folder, files, force=False)
    assert names(folder) == ["2.vcf"]
    write_folder(folder, files, force=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


@pytest.mark.parametrize("force", [False, True])
def test_no_file_is_written_if_one_is_a_link(folder: Path, force: bool) -> None:
    (folder / "2.vcf").symlink_to("nowhere")
    with pytest.raises(OutputError, match=r"2\.vcf is a link"):
        write_folder(folder, {"1.vcf": b"one", "2.vcf": b"two"}, force=force)
    assert names(folder) == ["2.vcf"]


@pytest.mark.parametrize("force", [False, True])
def test_linked_folder_is_refused(folder: Path, force: bool) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "book").symlink_to("elsewhere")
    with pytest.raises(OutputError, match="book is a link"):
        write_folder(folder / "book", {"1.vcf": b"one"}, force=force)
    assert names(folder / "elsewhere") == []


def test_file_is_not_replaced_by_folder(folder: Path) -> None:
    (folder / "book").write_bytes(b"old")
    with pytest.raises(OutputError, match="book cannot be made: file exists"):
        write_folder(folder / "book", {"1.vcf": b"one"}, force=True)
    assert (folder / "book").read_bytes() == b"old"


def test_full_disk_leaves_all_files_of_folder_unchanged(folder: Path) -> None:
    book = folder / "book"
    write_folder(book, {"1.vcf": b"old"}, force=False)
    files = {"0.vcf": b"new", "1.vcf": b"new", "2.vcf": b"x" * 1_001}
    with max_file_size(1_000), pytest.raises(OutputError, match=r"2\.vcf cannot be written"):
        write_folder(book, files, force=True)
    assert {path.name: path.read_bytes() for path in book.iterdir()} == {"1.vcf": b"old"}


def test_empty_folder_is_not_created(folder: Path) -> None:
    write_folder(folder / "book", {}, force=False)
    assert names(folder / "book") == []
