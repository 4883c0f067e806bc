"""The pictures of the README show what the program shows, and nothing else."""

import re
from xml.etree import ElementTree

import pytest

from tests.pictures import FOLDER, pictures, words_in
from tests.readme_options import README

LINKED = re.findall(r"!\[[^\]]+\]\((.*?)\)", README.read_text())


def test_they_are_up_to_date() -> None:
    for name, drawn in pictures():
        there = (FOLDER / f"{name}.svg").read_text()
        is_as_it_is = words_in(there) == words_in(drawn)
        assert is_as_it_is, f"draw {name}.svg anew: python -m tests.pictures"


def test_all_are_in_the_readme() -> None:
    assert sorted(LINKED) == sorted(f".github/{one.name}" for one in FOLDER.glob("*.svg"))


@pytest.mark.parametrize("link", LINKED)
def test_one_fetches_nothing_and_names_no_place(link: str) -> None:
    svg = (README.parent / link).read_text()
    title, *lines = words_in(svg).splitlines()
    assert title.startswith("netkeep ")
    assert len(lines) > 3
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.count("http") == svg.count('xmlns="http') == 1
    assert svg.count("url(") == svg.count("url(#")
    assert "@" not in svg
    assert not re.search(r"/(?:home|root|tmp|Users|var)\b", svg)
