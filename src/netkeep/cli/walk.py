"""The walks of review and triage: one brief at a time, and one key per action."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import quote

import typer

from netkeep.cli.agenda import load_brief
from netkeep.cli.context import Context
from netkeep.cli.keys import ENTER, ESCAPE, StepBackError, read_key
from netkeep.cli.prompts import COLON, QUIT, menu_lines, prompt
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Status
from netkeep.domain.text import parse_line
from netkeep.errors import InactiveContactError
from netkeep.output import sentences
from netkeep.output.printing import Format, print_changes, print_page
from netkeep.output.streams import print_message

SKIP, BACK = ENTER, "b"
DECISIONS = {"kept", "dropped"}  # only the last one of a contact counts


class Outcome(NamedTuple):
    """The past tense of what was done, for the summary, and the contacts."""

    past_tense: str
    contact_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Action:
    """The action of a key; `run` returns None if nothing was done.

    `label` returns its label in the menu of a contact, None if it does not apply to the contact.
    """

    label: Callable[[Brief], str | None]
    run: Callable[[Brief], Outcome | None]
    moves_on: bool = True


def prompt_in_turn(*questions: Callable[..., Any]) -> list[Any]:
    """Call each question with the answers so far; Esc goes back to the previous question.

    Raise StepBackError for Esc at the first.
    """
    answers: list[Any] = []
    while len(answers) < len(questions):
        try:
            answers.append(questions[len(answers)](*answers))
        except StepBackError:
            if not answers:
                raise
            answers.pop()
    return answers


def drop_action(context: Context) -> Action:
    """Return the action that drops a contact, and prompts for the reason."""

    def drop(page: Brief) -> Outcome:
        reason = prompt(
            "Reason (Enter for none)",
            lambda text: parse_line(text, "reason") if text else None,
            can_go_back=True,
        )
        with context.writing() as repository:
            contacts = repository.contacts.drop([page.id], reason)
        print_changes(map(sentences.dropped, contacts))
        return Outcome("dropped", [page.id])

    return Action(lambda page: None if page.status is Status.dropped else "drop", drop)


def launch_actions() -> dict[str, Action]:
    """Return the actions that open an e-mail address, phone number or URL, by key."""
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
            print_message(f"{value} is not a web address")
        elif typer.launch(url):
            print_message(f"no program can open {url}")
        else:
            print_message(f"opened {url}")

    return Action(lambda page: label if values(page) else None, launch)


def _phone_url(number: str) -> str:
    return "tel:" + "".join(sign for sign in number if sign.isdecimal() or sign == "+")


def _web_url(url: str) -> str | None:
    """Return a URL for the browser; None for other schemes, such as `file:` in imported URLs."""
    if "://" not in url:
        url = f"https://{url}"
    return url if url.lower().startswith(("http://", "https://")) else None


def walk(
    context: Context,
    contact_ids: Sequence[int],
    actions: Mapping[str, Action],
    on_skip: Callable[[Brief], None] = lambda page: None,
) -> None:
    """Walk through the contacts in this order. Every action is saved at once.

    Skip contacts that an action on another one included. The walk ends after the last contact, with
    q, or at the end of input. Always print a summary, also after Ctrl-C.
    """
    done: dict[int, set[str]] = {contact_id: set() for contact_id in contact_ids}
    covered: set[int] = set()
    position = 0
    try:
        while position < len(contact_ids):
            contact_id = contact_ids[position]
            print_message("")
            print_message(f"{position + 1:,} of {len(contact_ids):,}")
            with context.reading() as connection:
                page = load_brief(connection, contact_id, context.today)
            print_page(page, Format.table, today=context.today)
            key, outcome = _step(page, actions)
            if outcome:
                covered.update(set(outcome.contact_ids) - {contact_id})
                _add_outcome(done, outcome)
            if key == QUIT:
                break
            if key == SKIP:
                on_skip(page)
            if key == BACK:
                position = max(0, position - 1)
            elif key == SKIP or actions[key].moves_on:
                position = _next_position(contact_ids, position, covered)
    except EOFError:
        print_message("")
    except KeyboardInterrupt:
        print_message("")
        raise
    finally:
        print_message(_summary(done.values()))


def _add_outcome(done: Mapping[int, set[str]], outcome: Outcome) -> None:
    for contact_id in outcome.contact_ids:
        if outcome.past_tense in DECISIONS:
            done[contact_id].difference_update(DECISIONS)
        done[contact_id].add(outcome.past_tense)


def _next_position(contact_ids: Sequence[int], position: int, covered: Collection[int]) -> int:
    position += 1
    while position < len(contact_ids) and contact_ids[position] in covered:
        position += 1
    return position


def _step(page: Brief, actions: Mapping[str, Action]) -> tuple[str, Outcome | None]:
    """Read keys until one ends the step; return the key and what was done."""
    usable = {key: label for key, action in actions.items() if (label := action.label(page))}
    labels = [f"{key} {label}" for key, label in usable.items()]
    *lines, last_line = menu_lines([*labels, "Enter skip", "b/Esc back", "q quit"])
    while True:
        for menu_line in lines:
            print_message(menu_line)
        key = read_key(f"{last_line}{COLON}")
        if key == ESCAPE:
            key = BACK
        if key in {SKIP, BACK, QUIT}:
            return key, None
        if key not in usable:
            continue
        try:
            outcome = actions[key].run(page)
        except StepBackError:
            continue
        except InactiveContactError as error:  # dropped by another process in the meantime
            print_message(f"{error.sentence}; {error.hint}")
            continue
        if outcome:
            return key, outcome


def _summary(done: Collection[set[str]]) -> str:
    """Return the number of contacts by outcome, and how many are left unchanged."""
    tally = Counter(chain.from_iterable(sorted(outcomes) for outcomes in done))
    if not tally:
        return "Nothing changed."
    left = sum(not outcomes for outcomes in done)
    counts = [f"{count:,} {outcome}" for outcome, count in tally.items()]
    return f"{', '.join([*counts, f'{left:,} unchanged'])}."
