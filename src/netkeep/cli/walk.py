"""The walks of review and triage: one brief at a time, and one key for what to do."""

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
from netkeep.cli.prompts import prompt, read_key
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Status
from netkeep.domain.text import parse_line
from netkeep.errors import InactiveContactError
from netkeep.output import sentences
from netkeep.output.printing import Format, print_changes, print_page
from netkeep.output.streams import print_message

SKIP, BACK, QUIT = "\n", "b", "q"
COLON = ": "  # after the last label of the menu


@dataclass(frozen=True, slots=True)
class Action:
    """What a key does: `run` returns the past tense to count it by, None if nothing was done."""

    label: str
    run: Callable[[Brief], str | None]
    applies: Callable[[Brief], bool] = lambda page: True
    moves_on: bool = True


def drop_action(context: Context) -> Action:
    """Return the action that drops a contact, and prompts for the reason."""

    def drop(page: Brief) -> str:
        reason = prompt(
            "Why (Enter: no reason)", lambda text: parse_line(text, "reason") if text else None
        )
        with context.writing() as repository:
            contacts = repository.contacts.drop([page.id], reason)
        print_changes(map(sentences.dropped, contacts))
        return "dropped"

    return Action("drop", drop, applies=lambda page: page.status is not Status.dropped)


def launch_actions() -> dict[str, Action]:
    """Return the actions that open an e-mail, phone number or URL in its program, by their keys."""
    return {
        "e": _launch_action(
            "e-mail", lambda page: page.emails, lambda email: f"mailto:{quote(email, '@')}"
        ),
        "p": _launch_action("phone", lambda page: page.phones, _phone_url),
        "u": _launch_action("URL", lambda page: page.urls, _web_url),
    }


def _launch_action(
    label: str, values: Callable[[Brief], Sequence[str]], to_url: Callable[[str], str | None]
) -> Action:
    def launch(page: Brief) -> None:
        value = values(page)[0]
        url = to_url(value)
        if url is None:
            print_message(f"{value} is no web address")
        elif typer.launch(url):
            print_message(f"nothing here opens {url}")
        else:
            print_message(f"opened {url}")

    return Action(label, launch, lambda page: bool(values(page)))


def _phone_url(number: str) -> str:
    return "tel:" + "".join(sign for sign in number if sign.isdecimal() or sign == "+")


def _web_url(url: str) -> str | None:
    """Return a URL for the browser; None for a scheme, perhaps imported, that opens a file."""
    if "://" not in url:
        url = f"https://{url}"
    return url if url.lower().startswith(("http://", "https://")) else None


def walk(context: Context, contact_ids: Sequence[int], actions: Mapping[str, Action]) -> None:
    """Go through the contacts in this order. Every action is saved when it is taken.

    The walk ends after the last contact, with q, or at the end of input. A summary is printed in
    any case, after Ctrl-C too.
    """
    done: dict[int, set[str]] = {contact_id: set() for contact_id in contact_ids}
    position = 0
    try:
        while position < len(contact_ids):
            contact_id = contact_ids[position]
            print_message("")
            print_message(f"{position + 1:,} of {len(contact_ids):,}")
            with context.reading() as connection:
                page = load_brief(connection, contact_id, context.today)
            print_page(page, Format.table, today=context.today)
            key = _step(page, actions, done[contact_id])
            if key == QUIT:
                break
            moves_on = key == SKIP or (key in actions and actions[key].moves_on)
            position = max(0, position - 1) if key == BACK else position + moves_on
    except EOFError:
        print_message("")
    except KeyboardInterrupt:
        print_message("")
        raise
    finally:
        print_message(_summary(done.values()))


def _step(page: Brief, actions: Mapping[str, Action], done: set[str]) -> str:
    """Read keys until one of them ends the step, and return it."""
    usable = {key: action for key, action in actions.items() if action.applies(page)}
    labels = [f"{key} {action.label}" for key, action in usable.items()]
    *lines, last_line = menu([*labels, "Enter skip", "b back", "q quit"])
    while True:
        for menu_line in lines:
            print_message(menu_line)
        key = read_key(f"{last_line}{COLON}")
        if key in {SKIP, BACK, QUIT}:
            return key
        if key not in usable:
            continue
        try:
            outcome = usable[key].run(page)
        except InactiveContactError as error:  # another process has dropped the contact
            print_message(f"{error.sentence}; {error.hint}")
            continue
        if outcome:
            done.add(outcome)
            return key


def _summary(done: Collection[set[str]]) -> str:
    """Return how many contacts each outcome is true of, and how many are left as they are."""
    tally = Counter(chain.from_iterable(sorted(outcomes) for outcomes in done))
    if not tally:
        return "Nothing was changed."
    left = sum(not outcomes for outcomes in done)
    counts = [f"{count:,} {outcome}" for outcome, count in tally.items()]
    return f"{', '.join([*counts, f'{left:,} left'])} as they are."


def menu(labels: Sequence[str]) -> list[str]:
    """Lay the labels out in lines that fit the terminal, each label whole."""
    encoding = (sys.stderr and sys.stderr.encoding) or "utf-8"
    separator = " · " if encoding.lower().startswith("utf") else ", "
    width = get_terminal_size().columns - len(COLON)
    first, *others = labels
    lines = [first]
    for label in others:
        longer = f"{lines[-1]}{separator}{label}"
        if len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(label)
    return lines
