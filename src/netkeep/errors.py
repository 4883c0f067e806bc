"""The errors of netkeep: each has one sentence, at most one hint, and an exit code."""

from collections.abc import Sequence
from datetime import datetime

ADD_EXAMPLE = 'netkeep add "Ada Lovelace" --kind friend'


def reason(error: Exception) -> str:
    """Return the operating system's message in lower case, for the end of a sentence."""
    return (getattr(error, "strerror", None) or str(error)).lower()


class NetkeepError(Exception):
    """An error that ends the command; its sentence has no full stop and no prefix."""

    exit_code = 1

    def __init__(self, sentence: str, hint: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class BadValueError(NetkeepError):
    """An invalid value on the command line, at a prompt or in a file."""

    exit_code = 2


class UnknownValueError(BadValueError):
    """A value in a shared file that a newer version of netkeep may know."""

    def __init__(self, field: str, value: str) -> None:
        label = field.replace("_", " ")
        super().__init__(f'its {label} is "{value}", which this version of netkeep does not know')


class DuplicateContactError(NetkeepError):
    """A contact with the same name, e-mail, phone or URL exists."""

    def __init__(self, person: str, same: str, contact_id: int, status: str) -> None:
        self.person, self.same = person, same
        hint = "to add another contact anyway: --force"
        if status != "active":
            hint = f"to make them active: netkeep keep {contact_id}; {hint}"
        super().__init__(f"{person} has the same {same}; nothing was added", hint)


class InactiveContactError(NetkeepError):
    """The command needs an active contact, and this one is a candidate or dropped."""

    def __init__(self, name: str, contact_id: int, status: str) -> None:
        noun = "a candidate" if status == "candidate" else "dropped"
        super().__init__(
            f"{name} is {noun}; only active people can be on the agenda",
            f"to make them active: netkeep keep {contact_id}",
        )


class NoOpenPromiseError(NetkeepError):
    """None of the contacts has an open promise to settle."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"there is no open promise to {' or '.join(names)}; nothing was logged",
            "leave out --done",
        )


class NoSuchPersonError(NetkeepError):
    """No contact matches the text or the id."""

    exit_code = 3

    def __init__(
        self, text: str, nearest: Sequence[str] = (), *, has_contacts: bool = True
    ) -> None:
        self.text, self.has_contacts = text, has_contacts
        if nearest:
            hint = f"did you mean {' or '.join(nearest)}?"
        elif has_contacts:
            hint = "list your contacts: netkeep list"
        else:
            hint = f"you have no contacts yet; add one: {ADD_EXAMPLE}"
        super().__init__(f'no contact matches "{text}"', hint)


class AmbiguousPersonError(NetkeepError):
    """More than one contact matches the text."""

    exit_code = 3
    MAX_LISTED = 5  # contacts

    def __init__(self, text: str, people: Sequence[str], first_id: int) -> None:
        self.text = text
        more = len(people) - self.MAX_LISTED
        listed = "; ".join(people[: self.MAX_LISTED]) + (f"; and {more:,} more" if more > 0 else "")
        super().__init__(
            f'"{text}" matches {len(people):,} contacts: {listed}',
            f"type more of the name, or the id, such as {first_id}",
        )


class NoSuchTouchpointError(NetkeepError):
    """No touchpoint has this id."""

    exit_code = 3

    def __init__(self, touchpoint_id: str | int) -> None:
        super().__init__(
            f"there is no touchpoint {touchpoint_id}",
            "list touchpoints with their ids: netkeep timeline",
        )


class NoSuchOccasionError(NetkeepError):
    """No promise, visit or news has this id."""

    exit_code = 3

    def __init__(self, occasion_id: str | int) -> None:
        super().__init__(
            f"there is no promise, visit or news {occasion_id}",
            "see the ids: netkeep brief PERSON",
        )


class NoSuchRoundError(NetkeepError):
    """No round has this name."""

    exit_code = 3

    def __init__(self, name: str, rounds: Sequence[str]) -> None:
        hint = (
            f"your rounds: {', '.join(rounds)}" if rounds else "add one: netkeep round add --help"
        )
        super().__init__(f'there is no round "{name}"', hint)


class DuplicateRoundError(NetkeepError):
    """A round with this name exists."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f'there is a round "{name}" already',
            f'to replace it, remove it first: netkeep round remove "{name}"',
        )


class NoContactInCityError(NetkeepError):
    """No active contact is in the city of a trip."""

    def __init__(self, city: str) -> None:
        super().__init__(
            f'no active contact has the city "{city}"; nothing was noted',
            "to set the city of a contact: netkeep edit ada --city London",
        )


class NoSuchOwnNewsError(NetkeepError):
    """None of your own news has this id."""

    exit_code = 3

    def __init__(self, news_id: str | int) -> None:
        super().__init__(
            f"none of your news has the id {news_id}", "list your news with their ids: netkeep me"
        )


class NotInteractiveError(NetkeepError):
    """The command is interactive, and there is no terminal."""

    exit_code = 5

    def __init__(self, command: str, instead: str) -> None:
        super().__init__(f"{command} asks questions and needs a terminal", instead)


class UnknownUserError(NetkeepError):
    """The user's own address, which tells sent from received messages, is only a guess."""

    exit_code = 5

    def __init__(self, guess: str) -> None:
        super().__init__(
            f"your own address is not known; it may be {guess}",
            f'if so, use --me {guess}, or set me = ["{guess}"] in the settings'
            " (netkeep config --path)",
        )


class NothingToUndoError(NetkeepError):
    """There are fewer changes to undo or redo than requested."""

    def __init__(self, available: int, *, again: bool) -> None:
        verb, done = ("redo", "redone") if again else ("undo", "undone")
        if available:
            changes = "1 change" if available == 1 else f"{available:,} changes"
            sentence = f"only {changes} can be {done}; nothing was changed"
        else:
            sentence = f"there is nothing to {verb}"
        super().__init__(sentence, "list the changes: netkeep undo --list")


class RestoredError(NetkeepError):
    """The change to undo is a restore, which only another restore takes back.

    `at` is the time of the restore, `backup` the backup of the database before it.
    """

    def __init__(self, at: datetime, backup: str | None = None) -> None:
        self.at = at
        super().__init__(
            "the last change was a restore, which cannot be undone",
            f"to go back to the database as it was before: netkeep restore {backup}"
            if backup
            else "see the backups: netkeep restore",
        )


class UndoConflictError(NetkeepError):
    """A row has changed since the change to undo or redo."""

    def __init__(self, what: str) -> None:
        super().__init__(f"nothing was changed: {what}", "list the changes: netkeep undo --list")


class EditorError(NetkeepError):
    """The editor cannot be run, or it exited with an error."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "set VISUAL or EDITOR to the editor you want")


class OutputError(NetkeepError):
    """Standard output, or an output file, cannot be written."""


class FileError(NetkeepError):
    """The database file cannot be used. It is unchanged."""

    exit_code = 4


class DamagedFileError(FileError):
    """The database is damaged. Nothing more is written to it."""

    def __init__(self, path: object, what: object) -> None:
        self.what = str(what)
        super().__init__(f"{path} is damaged: {what}", "see what is wrong: netkeep doctor")


class ForeignFileError(FileError):
    """The file belongs to another program, or is not readable as a database."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"{path} is not a netkeep file",
            "choose another file with --db, or restore a backup: netkeep restore",
        )


class DeclinedError(NetkeepError):
    """The user declined."""

    def __init__(self, hint: str | None = None) -> None:
        super().__init__("nothing was done", hint)


class ConfirmationRequiredError(NetkeepError):
    """Erasing or replacing data needs confirmation, and there is no terminal."""

    exit_code = 5

    def __init__(self, what: str) -> None:
        super().__init__(
            f"confirmation required to {what[0].lower()}{what[1:]}", "to confirm: --yes"
        )
