"""Walking through people on a terminal: one brief at a time, and a single key for what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from netkeep.cli.briefing import brief_of
from netkeep.cli.invocation import Invocation
from netkeep.cli.questions import press
from netkeep.domain.brief import Brief
from netkeep.errors import NotOnTheAgendaError
from netkeep.output.show import Format, show_brief
from netkeep.output.streams import say

SKIP, BACK, QUIT = "\n", "b", "q"


@dataclass(frozen=True, slots=True)
class Action:
    """What one key does: `act` returns what to count of it at the end, None for nothing."""

    label: str
    act: Callable[[Brief], str | None]
    applies: Callable[[Brief], bool] = lambda page: True
    moves_on: bool = True


def walk(here: Invocation, contact_ids: Sequence[int], actions: Mapping[str, Action]) -> None:
    """Go through these contacts in their order; every action is saved as it is taken.

    Ends after the last one, with q, or at the end of input; says what was done, also when it is
    interrupted.
    """
    tally: Counter[str] = Counter()
    seen_to: set[int] = set()
    place = 0
    try:
        while place < len(contact_ids):
            contact_id = contact_ids[place]
            say("")
            say(f"{place + 1} of {len(contact_ids)}")
            with here.reader() as ask:
                page = brief_of(ask, contact_id, here.today)
            show_brief(page, here.today, Format.table)
            step = _step(page, actions, tally)
            if step == QUIT:
                break
            if step not in {SKIP, BACK}:
                seen_to.add(contact_id)
            moves_on = step == SKIP or (step in actions and actions[step].moves_on)
            place = max(0, place - 1) if step == BACK else place + moves_on
    except EOFError:
        say("")
    finally:
        say(_summary(tally, len(contact_ids) - len(seen_to)))


def _step(page: Brief, actions: Mapping[str, Action], tally: Counter[str]) -> str:
    """Ask for a key until one does something that leads on, and return it."""
    usable = {key: action for key, action in actions.items() if action.applies(page)}
    labels = [f"{key} {action.label}" for key, action in usable.items()]
    question = " · ".join([*labels, "Enter skip", "b back", "q quit"])
    while True:
        key = press(f"{question}: ")
        if key in {SKIP, BACK, QUIT}:
            return key
        if key not in usable:
            continue
        try:
            done = usable[key].act(page)
        except NotOnTheAgendaError as error:  # someone gone back to, or dropped meanwhile
            say(f"{error.sentence}; {error.hint}")
            continue
        if done:
            tally[done] += 1
            return key


def _summary(tally: Counter[str], left: int) -> str:
    done = [f"{count:,} {what}" for what, count in tally.items()]
    return (
        f"{', '.join([*done, f'{left:,} left as they are'])}." if done else "Nothing was changed."
    )
