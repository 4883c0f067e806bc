"""The pictures of the README are up to date, linked and self-contained."""

import re
from xml.etree import ElementTree

import pytest

from tests.pictures import FOLDER, pictures, text_of
from tests.readme_options import README

LINKED = re.findall(r"!\[[^\]]+\]\((.*?)\)", README.read_text())


def test_pictures_are_up_to_date() -> None:
    for name, svg in pictures():
        current = (FOLDER / f"{name}.svg").read_text()
        up_to_date = text_of(current) == text_of(svg)
        assert up_to_date, f"{name}.svg is out of date; run: python -m tests.pictures"


def test_readme_links_all_pictures() -> None:
    assert sorted(LINKED) == sorted(f".github/{path.name}" for path in FOLDER.glob("*.svg"))


@pytest.mark.parametrize("link", LINKED)
def test_picture_loads_nothing_and_has_no_private_data(link: str) -> None:
    svg = (README.parent / link).read_text()
    title, *lines = text_of(svg).splitlines()
    assert title.startswith("netkeep ")
    assert len(lines) > 3
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.count("http") == svg.count('xmlns="http') == 1
    assert svg.count("url(") == svg.count("url(#")
    assert "@" not in svg
    assert not re.search(r"/(?:home|root|tmp|Users|var)\b", svg)
