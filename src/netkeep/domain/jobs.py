"""Find job changes: compare the positions in an address book with those of the last import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, cast

from netkeep.domain.contact import Contact, ContactFields
from netkeep.domain.text import key

# Different spellings: legal forms are ignored, and abbreviated titles are expanded.
_LEGAL_FORMS = {
    *("inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "corp", "corporation", "co"),
    *("company", "gmbh", "ag", "se", "kg", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab"),
    *("oy", "as", "aps", "the", "and"),
}
_ABBREVIATIONS = {
    "sr": "senior",
    "jr": "junior",
    "mgr": "manager",
    "dir": "director",
    "eng": "engineer",
    "vp": "vice president",
    "dev": "developer",
    "assoc": "associate",
    "asst": "assistant",
    "ceo": "chief executive officer",
    "cto": "chief technology officer",
    "cfo": "chief financial officer",
    "coo": "chief operating officer",
}


class SaidPosition(NamedTuple):
    """The position of a contact in a source; `is_gone` if no longer in that source."""

    company: str | None
    title: str | None
    is_gone: bool = False

    def after(self, said: SaidPosition) -> SaidPosition:
        """Return the position to remember after a new one; keep values that the new one lacks."""
        if said.company is None or same_company(said.company, self.company):
            return SaidPosition(said.company or self.company, said.title or self.title)
        return said


class JobChange(NamedTuple):
    """A change of position in a source: the fields to set, and a text that describes it."""

    contact_id: int
    name: str
    text: str
    fields: ContactFields


def same_company(first: str | None, second: str | None) -> bool:
    """Return whether two spellings mean the same company."""
    return _company_key(first) == _company_key(second)


def same_title(first: str | None, second: str | None) -> bool:
    """Return whether two spellings mean the same title."""
    return _title_key(first) == _title_key(second)


def job_change(
    contact: Contact,
    source: str,
    last: SaidPosition,
    now: SaidPosition,
    others: Iterable[SaidPosition],
) -> JobChange | None:
    """Return the change between the last and the present position in a source, if there is one.

    A missing value or another spelling is not a change. A field is set only if the contact has the
    last value of the source; the user has entered any other value. Return None if the contact or
    another source has the present position already.
    """
    moved = bool(last.company and now.company) and not same_company(last.company, now.company)
    promoted = bool(last.title and now.title) and not same_title(last.title, now.title)
    if not (moved or promoted):
        return None
    known = (SaidPosition(contact.company, contact.title), *others)
    if any(_is_known(each, now, moved=moved, promoted=promoted) for each in known):
        return None
    fields: dict[str, str | None] = {}
    if moved and (not contact.company or same_company(contact.company, last.company)):
        fields["company"] = now.company
    if (promoted or moved) and (not contact.title or same_title(contact.title, last.title)):
        fields["title"] = now.title
    what = f"{now.title} at {now.company}" if now.title and now.company else ""
    what = what or (f"at {now.company}" if now.company else f"{now.title}")
    changed = {name: value for name, value in fields.items() if getattr(contact, name) != value}
    text = f"now {what} ({source})"
    return JobChange(contact.id, contact.name, text, cast(ContactFields, changed))


def _is_known(known: SaidPosition, now: SaidPosition, *, moved: bool, promoted: bool) -> bool:
    """Return whether a known position has everything that changed."""
    return (not moved or same_company(known.company, now.company)) and (
        not promoted or same_title(known.title, now.title)
    )


def _company_key(company: str | None) -> str:
    words = key(company or "").split()
    # "I.B.M." is IBM; a name of legal forms only is compared as a whole.
    return "".join([word for word in words if word not in _LEGAL_FORMS] or words)


def _title_key(title: str | None) -> str:
    words = key(title or "").split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words if word not in {"and", "of"})
