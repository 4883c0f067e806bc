"""What can go wrong: one sentence, at most one hint, and one exit code each."""

from __future__ import annotations

from collections.abc import Sequence

ADD_EXAMPLE = 'netkeep add "Ada Lovelace" --kind friend'


def reason(error: Exception) -> str:
    """What the system says of a failure, as the end of a sentence."""
    return (getattr(error, "strerror", None) or str(error)).lower()


class NetkeepError(Exception):
    """A failure that ends the command; the sentence has no full stop and no prefix."""

    exit_code = 1

    def __init__(self, sentence: str, hint: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class BadValueError(NetkeepError):
    """Something typed, or set in a file, that is not a value netkeep takes."""

    exit_code = 2


class DuplicateContactError(NetkeepError):
    """Someone with the same name, e-mail, phone or URL is already kept."""

    def __init__(self, person: str, same: str, contact_id: int, status: str) -> None:
        self.person, self.same = person, same
        add = "to add another one all the same: --force"
        keep = f"to let them in: netkeep keep {contact_id}; "
        super().__init__(
            f"{person} has the same {same}; nobody was added",
            add if status == "active" else keep + add,
        )


class InactiveContactError(NetkeepError):
    """Something was asked for someone that only makes sense for an active contact."""

    def __init__(self, name: str, contact_id: int, status: str) -> None:
        who = "a candidate" if status == "candidate" else "dropped"
        super().__init__(
            f"{name} is {who}, and never on the agenda",
            f"to let them in: netkeep keep {contact_id}",
        )


class NoOpenPromiseError(NetkeepError):
    """A promise is to be settled, and none is open."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"nothing is promised to {' or '.join(names)}; nothing was logged",
            "leave out --done",
        )


class NoSuchPersonError(NetkeepError):
    """Nobody answers to these words, or to this id."""

    exit_code = 3

    def __init__(
        self, words: str, nearest: Sequence[str] = (), *, has_contacts: bool = True
    ) -> None:
        self.has_contacts = has_contacts
        if nearest:
            hint = f"did you mean {' or '.join(nearest)}?"
        elif has_contacts:
            hint = "see who is there: netkeep list"
        else:
            hint = f"nobody is kept yet; add the first: {ADD_EXAMPLE}"
        super().__init__(f'nobody here answers to "{words}"', hint)


class AmbiguousPersonError(NetkeepError):
    """More than one person answers to these words."""

    exit_code = 3
    SHOWN = 5

    def __init__(self, words: str, people: Sequence[str], first_id: int) -> None:
        more = len(people) - self.SHOWN
        listed = "; ".join(people[: self.SHOWN]) + (f"; and {more:,} more" if more > 0 else "")
        super().__init__(
            f'"{words}" could be {len(people):,} people: {listed}',
            f"name one by a longer part of the name or by the number, such as {first_id}",
        )


class NoSuchTouchpointError(NetkeepError):
    """There is no touchpoint of this id."""

    exit_code = 3

    def __init__(self, touchpoint_id: str | int) -> None:
        super().__init__(
            f"there is no touchpoint {touchpoint_id}", "touchpoints and their ids: netkeep timeline"
        )


class NoSuchOccasionError(NetkeepError):
    """There is no promise, visit or news of this id."""

    exit_code = 3

    def __init__(self, occasion_id: str | int) -> None:
        super().__init__(
            f"there is no promise, visit or news {occasion_id}",
            "their numbers: netkeep brief PERSON",
        )


class NoSuchRoundError(NetkeepError):
    """There is no round of this name."""

    exit_code = 3

    def __init__(self, name: str, there: Sequence[str]) -> None:
        hint = f"there are: {', '.join(there)}" if there else "make one: netkeep round add --help"
        super().__init__(f'there is no round "{name}"', hint)


class DuplicateRoundError(NetkeepError):
    """A round of the same name is there."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f'there is a round "{name}" already', f'to make it anew: netkeep round remove "{name}"'
        )


class NoContactInCityError(NetkeepError):
    """A trip goes where nobody is."""

    def __init__(self, city: str) -> None:
        super().__init__(
            f'no active contact has the city "{city}"; nothing was noted',
            "see who is where: netkeep list -f table, or give them one: netkeep edit ada --city",
        )


class NoSuchOwnNewsError(NetkeepError):
    """You have no news of this id."""

    exit_code = 3

    def __init__(self, news_id: str | int) -> None:
        super().__init__(f"you have no news {news_id}", "your news and their ids: netkeep me")


class NotInteractiveError(NetkeepError):
    """Something that asks at every step, where nobody can be asked."""

    exit_code = 5

    def __init__(self, command: str, instead: str) -> None:
        super().__init__(f"{command} asks at every step, and nobody is here to answer", instead)


class NothingToUndoError(NetkeepError):
    """More is to be undone, or done again, than can be."""

    def __init__(self, there: int, *, again: bool) -> None:
        what = "done again" if again else "undone"
        if there:
            sentence = f"only {there:,} can be {what}; nothing was"
        else:
            sentence = f"there is nothing that can be {what}"
        super().__init__(sentence, "what was changed: netkeep undo --list")


class UndoConflictError(NetkeepError):
    """Something is no longer as the change left it that is to be undone or done again."""

    def __init__(self, command: str, change_id: int, what: str) -> None:
        super().__init__(
            f"{what} since `{command}` (change {change_id}); nothing was put back",
            "what it changed: netkeep undo --list",
        )


class EditorError(NetkeepError):
    """The editor cannot be run, or did not end as it does when a text was saved."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "the editor is the one that VISUAL or EDITOR names")


class OutputError(NetkeepError):
    """The answer could not be written to where it was sent."""


class FileError(NetkeepError):
    """The database file cannot be used; it is as it was."""

    exit_code = 4


class DamagedFileError(FileError):
    """The contents of the file are not what netkeep wrote; nothing more is written to it."""

    def __init__(self, path: object, what: object) -> None:
        self.what = str(what)
        super().__init__(f"{path} is damaged: {what}", "see what is wrong: netkeep doctor")


class ForeignFileError(FileError):
    """The file is another program's, or has been made unreadable."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"{path} is not a netkeep file",
            "name another one with --db, or put a backup back: netkeep restore",
        )


class DeclinedError(NetkeepError):
    """Something that erases was not agreed to."""

    def __init__(self) -> None:
        super().__init__("nothing was done")


class ConfirmationRequiredError(NetkeepError):
    """Something that erases has to be agreed to, and nobody can be asked."""

    exit_code = 5

    def __init__(self, what: str) -> None:
        super().__init__(f"nobody is here to agree to it: {what}", "to agree to it: --yes")
