"""After an import, every value of a file is found in the export, or was said to be left out."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.accounting import PLACES, Value, account, values_of
from tests.conftest import Netkeep
from tests.exchange import test_google, test_outlook
from tests.exchange.test_cases import CASES, card

FILES = {case: text for case, (text, _) in CASES.items()} | {
    "Google": "".join(
        (
            test_google.HEADER,
            test_google.SHAFI,
            test_google.FRANCOIS,
            test_google.GLOBEX,
            test_google.FULL,
        )
    ),
    "Google until 2024": test_google.OLD_HEADER + test_google.OLD,
    "Outlook": test_outlook.HEADER + test_outlook.ADA,
    "two rows of one person and one without a name": (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ada,King,https://x.example/ada,,Acme,,05 Sep 2017\n"
        "Augusta,King,https://x.example/ada,,Initech,CTO,06 Sep 2018\n"
        ",,,,Acme,,05 Sep 2017\n"
    ),
    "a group, a photo and a parameter": (
        card("FN:Chess", "KIND:group", "UID:a", "MEMBER:urn:uuid:b", version="4.0")
        + card("FN:Ola", "UID:b", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", "item1.X-A;TYPE=odd:1")
    ),
}
ADA = card("FN:Ada King", "EMAIL:ada@x.example", "ROLE:chair", "BDAY:--0229", "PHOTO:AAAA")


def import_and_export(netkeep: Netkeep, file: Path) -> tuple[Any, Any]:
    report = netkeep("import", str(file), "-f", "json", err=None).json
    return report, netkeep("export", "-", "--as", "json").json


@pytest.mark.parametrize("name", FILES)
def test_no_value_of_a_file_is_lost(netkeep: Netkeep, tmp_path: Path, name: str) -> None:
    file = tmp_path / "people"
    file.write_bytes(FILES[name].encode())
    values = values_of(file.read_bytes())
    found = account(values, *import_and_export(netkeep, file))
    assert [value for value, where in found if where == "lost"] == []
    assert sorted(value for value, _ in found) == sorted(values) != []


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_no_value_of_an_own_file_is_lost(netkeep: Netkeep, tmp_path: Path, format_: str) -> None:
    people = tmp_path / "people.vcf"
    people.write_text(ADA)
    netkeep("import", str(people), "--keep", err=None)
    netkeep("add", "=Bea", "-k", "friend", "--via", "ada", "--tag", "one; two", "--note", "a\nb")
    netkeep("news", "bea", "moved", "--company", "Hooli", "--title", "CEO", "--on", "2026-11-20")
    netkeep("log", "bea", "-p", "ask", "-n", "a loan")
    netkeep("drop", "ada", "--reason", "moved away")
    netkeep("round", "add", "--preset", "summer", err=None)
    file = tmp_path / f"people.{format_}"
    file.write_text(netkeep("export", "--as", format_, err=None).out, newline="")
    other = ("--db", str(tmp_path / "other.db"))
    report = netkeep(*other, "import", str(file), "-f", "json").json
    export = netkeep(*other, "export", "-", "--as", "json").json
    found = account(values_of(file.read_bytes()), report, export)
    assert [value for value, where in found if where == "lost"] == []
    assert len(found) > 25


def test_each_value_is_found_in_its_place(netkeep: Netkeep, tmp_path: Path) -> None:
    file = tmp_path / "ada.vcf"
    file.write_text(ADA)
    report, export = import_and_export(netkeep, file)
    found = dict(account(values_of(file.read_bytes()), report, export))
    assert found == {
        Value("card 1", "FN", "Ada King"): "field",
        Value("card 1", "EMAIL", "ada@x.example"): "field",
        Value("card 1", "ROLE", "chair"): "extra line",
        Value("card 1", "BDAY", "--0229"): "field",
        Value("card 1", "PHOTO", "AAAA"): "left out",
    }
    assert set(found.values()) == {*PLACES} - {"lost"}


def test_a_value_that_is_not_in_the_export_is_lost(netkeep: Netkeep, tmp_path: Path) -> None:
    file = tmp_path / "ada.vcf"
    file.write_text(ADA)
    report, export = import_and_export(netkeep, file)
    export["contacts"][0] |= {"birthday": "--02-28", "emails": [], "extra": []}
    found = account(values_of(file.read_bytes()), report | {"left_out": []}, export)
    assert [value.name for value, where in found if where == "lost"] == [
        *("EMAIL", "ROLE", "BDAY", "PHOTO")
    ]


def test_a_value_of_another_person_does_not_count(netkeep: Netkeep, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    file.write_text(ADA + card("FN:Zoe Doe", "EMAIL:zoe@x.example", "ROLE:clerk"))
    report, export = import_and_export(netkeep, file)
    first, second = export["contacts"]
    first["emails"], second["emails"] = second["emails"], first["emails"]
    found = account(values_of(file.read_bytes()), report, export)
    assert Counter(value.name for value, where in found if where == "lost") == {"EMAIL": 2}
