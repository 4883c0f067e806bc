"""The package: complete, checked by twine, and the same each time it is built."""

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = ("src", "tests", ".ci", ".github", "pyproject.toml", "README.md", "LICENSE", ".gitignore")


def build(source: Path, output: Path) -> list[Path]:
    """Build the sdist, and from it the wheel."""
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", output, source],
        check=True,
        capture_output=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1600000000"},
    )
    return sorted(output.iterdir())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Build a copy of the sources; return the sdist and the wheel."""
    source = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(path, source / name)
    return build(source, tmp_path_factory.mktemp("dist"))


def test_two_builds_are_identical(built: list[Path], tmp_path: Path) -> None:
    again = build(ROOT, tmp_path / "dist")
    assert [path.name for path in again] == [path.name for path in built]
    for one, other in zip(built, again, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_twine_accepts_the_package(built: list[Path]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *built],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout


def test_wheel_contains_exactly_the_files_of_the_program(built: list[Path]) -> None:
    (wheel,) = (path for path in built if path.suffix == ".whl")
    packaged = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    source = ROOT / "src"
    expected = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packaged == {name for name in expected if ".egg-info/" not in name}
    assert "netkeep/py.typed" in packaged


def test_sdist_contains_the_tests(built: list[Path]) -> None:
    (sdist,) = (path for path in built if path.suffix == ".gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"tests/test_package.py", "pyproject.toml", "LICENSE", ".ci/run"} <= names


def test_metadata_names_every_supported_system_and_no_url() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {"Operating System :: POSIX", "Operating System :: MacOS", "Typing :: Typed"} <= set(
        project["classifiers"]
    )
    assert "urls" not in project
