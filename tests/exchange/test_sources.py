"""The formats an import reads: each by its reader, and none by another."""

from datetime import date

import pytest

from netkeep.domain.contact import Contact
from netkeep.errors import BadValueError
from netkeep.exchange.own_json import Dump, to_json
from netkeep.exchange.plan import Record, Skipped
from netkeep.exchange.sources import Source, read
from tests.builders import contact, touchpoint

TODAY = date(2026, 11, 23)
OWN = dict.fromkeys(Contact._fields, "") | {"name": "Ada", "status": "active", "kind": "friend"}
FILES = {
    Source.linkedin: "First Name,Last Name,Connected On\nAda,,\n",
    Source.google: "First Name,Labels\nAda,\n",
    Source.outlook: "First Name,Last Name,E-mail Address\nAda,,\n",
    Source.csv: f"{','.join(OWN)}\n{','.join(OWN.values())}\n",
    Source.vcard: "BEGIN:VCARD\nFN:Ada\nEND:VCARD\n",
    Source.json: to_json(Dump(contacts=[contact(name="Ada")])),
}
REFUSALS = {
    Source.linkedin: "this is not a Connections.csv of LinkedIn",
    Source.google: "this is not a CSV of Google Contacts",
    Source.outlook: "this is not a CSV of Outlook",
    Source.csv: "this is not a CSV of netkeep",
    Source.vcard: "this is not a vCard file",
    Source.json: "this is not JSON",
}


@pytest.mark.parametrize("source", Source)
def test_a_file_is_read_as_what_it_is_and_as_what_it_is_said_to_be(source: Source) -> None:
    content = FILES[source].encode()
    found, _ = recognised = read(content, None, {}, TODAY)
    assert recognised == read(content, source, {}, TODAY)
    (ada,) = found
    assert isinstance(ada, Record)
    assert ada.fields["name"] == "Ada"


@pytest.mark.parametrize("said", Source)
@pytest.mark.parametrize("source", Source)
def test_it_is_refused_as_anything_else(source: Source, said: Source) -> None:
    if said is source or (source, said) == (Source.outlook, Source.linkedin):
        return  # whose columns are among those of the other
    with pytest.raises(BadValueError) as refused:
        read(FILES[source].encode(), said, {}, TODAY)
    assert refused.value.sentence.startswith((REFUSALS[said], "line 2 is not CSV"))


def test_a_mapping_reads_any_csv_whatever_it_looks_like_or_is_said_to_be() -> None:
    for source in (None, Source.csv):
        (ada,), dump = read(b"First Name,Labels\nAda,x\n", source, {"Labels": "company"}, TODAY)
        assert isinstance(ada, Record)
        assert (ada.fields, dump) == ({"name": "x", "company": "x"}, Dump())


def test_only_what_netkeep_exported_has_a_history() -> None:
    whole = Dump(contacts=[contact()], touchpoints=[touchpoint()])
    rows, dump = read(to_json(whole).encode(), None, {}, TODAY)
    assert (dump.contacts, dump.touchpoints) == (whole.contacts, whole.touchpoints)
    assert len(rows) == 1
    for source in set(Source) - {Source.json}:
        assert read(FILES[source].encode(), None, {}, TODAY)[1] == Dump()


def test_what_of_it_is_no_good_is_among_the_rows() -> None:
    whole = Dump(contacts=[contact()], touchpoints=[touchpoint()])
    content = to_json(whole).replace("catch-up", "chat").encode()
    rows, dump = read(content, None, {}, TODAY)
    assert [one for one in rows if isinstance(one, Skipped)] == [
        Skipped("touchpoints 1", "it is not as netkeep writes it")
    ]
    assert dump.touchpoints == []


def test_what_nobody_knows_is_refused() -> None:
    with pytest.raises(BadValueError, match="netkeep does not know this file"):
        read(b"Who\nAda\n", None, {}, TODAY)
