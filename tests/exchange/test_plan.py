"""The import plan: who is new, who is there already, and who is left out."""

from netkeep.domain.contact import ContactFields, Status
from netkeep.domain.people import Identity
from netkeep.exchange.plan import Plan, Record, Skipped, decide

PROFILE = "https://www.linkedin.com/in/"


def record(line: int, name: str, company: str = "", url: str = "", email: str = "") -> Record:
    fields = ContactFields(name=name, company=company or None)
    if url:
        fields["urls"] = (url,)
    if email:
        fields["emails"] = (email,)
    return Record(f"line {line}", fields)


def kept(
    name: str, company: str | None = None, url: str = "", status: Status = Status.active
) -> Identity:
    return Identity(name, company, status, (url,) if url else (), ("ada@x.example",))


def test_nobody_kept_and_everybody_is_new() -> None:
    rows = [record(2, "Ada"), record(3, "Grace")]
    assert decide(rows, []) == Plan(new=rows, unchanged=0, skipped=[])


def test_the_same_profile_is_the_same_person_whatever_the_name() -> None:
    rows = [record(2, "Ada King", url=f"{PROFILE}ada/")]
    assert decide(rows, [kept("Ada Lovelace", url="linkedin.com/in/ada")]).unchanged == 1


def test_two_profiles_are_two_people_whatever_else_is_the_same() -> None:
    rows = [record(2, "Ada", "Initech", f"{PROFILE}ada-2", "ada@x.example")]
    assert decide(rows, [kept("Ada", "Initech", "linkedin.com/in/ada-1")]).new == rows


def test_without_a_profile_an_email_tells_or_else_name_and_company() -> None:
    there = [kept("Ada Lovelace", "Initech")]
    assert decide([record(2, "A. King", email="ADA@x.example")], there).unchanged == 1
    assert decide([record(2, "ada lovelace", "INITECH")], there).unchanged == 1
    assert decide([record(2, "Ada Lovelace", "Elsewhere")], there).unchanged == 0


def test_someone_who_comes_twice_is_taken_in_once() -> None:
    rows = [record(2, "Ada"), record(5, "Ada")]
    assert decide(rows, []).skipped == [Skipped("line 5", "the same person as on line 2")]


def test_someone_dropped_is_left_out_and_named() -> None:
    plan = decide([record(2, "Ada")], [kept("Ada", status=Status.dropped)])
    assert plan == Plan([], 0, [Skipped("line 2", "Ada was dropped")])


def test_what_was_skipped_in_reading_stays_skipped() -> None:
    skipped = Skipped("line 7", "no name")
    assert decide([skipped], []).skipped == [skipped]
    assert str(skipped) == "line 7: no name"
