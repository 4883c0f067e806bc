"""Walking through people on a terminal: one brief at a time, and a single key for what to do."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from shutil import get_terminal_size
from urllib.parse import quote

import typer

from netkeep.cli.agenda import load_brief
from netkeep.cli.context import Context
from netkeep.cli.prompts import ask as question
from netkeep.cli.prompts import press
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Status
from netkeep.domain.text import parse_line
from netkeep.errors import InactiveContactError
from netkeep.output import sentences
from netkeep.output.printing import Format, print_brief, print_changes
from netkeep.output.streams import print_message


def dropping(context: Context) -> Action:
    """Take someone out, with the reason if there is one."""

    def drop(page: Brief) -> str:
        reason = question(
            "Why (Enter: no reason)", lambda text: parse_line(text, "reason") if text else None
        )
        with context.writing() as repository:
            contacts = repository.contacts.drop([page.id], reason)
        print_changes(map(sentences.dropped, contacts))
        return "dropped"

    return Action("drop", drop, applies=lambda page: page.status is not Status.dropped)


def openings() -> dict[str, Action]:
    """The keys that open what someone can be reached by, in the program that is there for it."""
    return {
        "e": _opening("e-mail", lambda page: page.emails, lambda to: f"mailto:{quote(to, '@')}"),
        "p": _opening("phone", lambda page: page.phones, _telephone),
        "u": _opening("URL", lambda page: page.urls, _web_address),
    }


def _opening(
    label: str, ways: Callable[[Brief], Sequence[str]], address: Callable[[str], str | None]
) -> Action:
    def launch(page: Brief) -> None:
        way, url = ways(page)[0], address(ways(page)[0])
        if url is None:
            print_message(f"{way} is no web address")
        elif typer.launch(url):
            print_message(f"nothing here opens {url}")
        else:
            print_message(f"opened {url}")

    return Action(label, launch, lambda page: bool(ways(page)))


def _telephone(number: str) -> str:
    return "tel:" + "".join(sign for sign in number if sign.isdecimal() or sign == "+")


def _web_address(url: str) -> str | None:
    """A URL that a browser opens, None for a file or a program: it may come from an import."""
    if "://" not in url:
        url = f"https://{url}"
    return url if url.lower().startswith(("http://", "https://")) else None


SKIP, BACK, QUIT = "\n", "b", "q"


@dataclass(frozen=True, slots=True)
class Action:
    """What one key does: `act` returns what to count of it at the end, None for nothing."""

    label: str
    act: Callable[[Brief], str | None]
    applies: Callable[[Brief], bool] = lambda page: True
    moves_on: bool = True


def walk(context: Context, contact_ids: Sequence[int], actions: Mapping[str, Action]) -> None:
    """Go through these contacts in their order; every action is saved as it is taken.

    Ends after the last one, with q, or at the end of input; says what was done, also when it is
    interrupted.
    """
    done: dict[int, set[str]] = {contact_id: set() for contact_id in contact_ids}
    place = 0
    try:
        while place < len(contact_ids):
            contact_id = contact_ids[place]
            print_message("")
            print_message(f"{place + 1:,} of {len(contact_ids):,}")
            with context.reading() as connection:
                page = load_brief(connection, contact_id, context.today)
            print_brief(page, context.today, Format.table)
            key = _step(page, actions, done[contact_id])
            if key == QUIT:
                break
            moves_on = key == SKIP or (key in actions and actions[key].moves_on)
            place = max(0, place - 1) if key == BACK else place + moves_on
    except EOFError:
        print_message("")
    except KeyboardInterrupt:
        print_message("")
        raise
    finally:
        print_message(_summary(done.values()))


def _step(page: Brief, actions: Mapping[str, Action], done: set[str]) -> str:
    """Ask for a key until one does something that leads on, and return it."""
    usable = {key: action for key, action in actions.items() if action.applies(page)}
    labels = [f"{key} {action.label}" for key, action in usable.items()]
    *above, question = menu([*labels, "Enter skip", "b back", "q quit"])
    while True:
        for line in above:
            print_message(line)
        key = press(f"{question}{QUESTION}")
        if key in {SKIP, BACK, QUIT}:
            return key
        if key not in usable:
            continue
        try:
            what = usable[key].act(page)
        except InactiveContactError as error:  # dropped meanwhile, by another process
            print_message(f"{error.sentence}; {error.hint}")
            continue
        if what:
            done.add(what)
            return key


def _summary(done: Collection[set[str]]) -> str:
    """How many people something was done about, and about how many nothing."""
    tally = Counter(chain.from_iterable(sorted(what) for what in done))
    if not tally:
        return "Nothing was changed."
    left = sum(not what for what in done)
    return ", ".join(
        [*(f"{count:,} {what}" for what, count in tally.items()), f"{left:,} left"]
    ) + (" as they are.")


QUESTION = ": "  # what stands behind the last of them


def menu(labels: Sequence[str]) -> list[str]:
    """Labels in lines that fit the terminal, none of them torn."""
    encoding = (sys.stderr and sys.stderr.encoding) or "utf-8"
    mark = " · " if encoding.lower().startswith("utf") else ", "
    room = get_terminal_size().columns - len(QUESTION)
    first, *others = labels
    lines = [first]
    for label in others:
        longer = f"{lines[-1]}{mark}{label}"
        if len(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(label)
    return lines
