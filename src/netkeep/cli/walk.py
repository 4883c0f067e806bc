"""Walking through people on a terminal: one brief at a time, and a single key for what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from netkeep.cli.briefing import brief_of
from netkeep.cli.invocation import Invocation
from netkeep.cli.questions import press
from netkeep.domain.brief import Brief
from netkeep.errors import NotOnTheAgendaError
from netkeep.output.menu import QUESTION, menu
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
    done: dict[int, set[str]] = {contact_id: set() for contact_id in contact_ids}
    place = 0
    try:
        while place < len(contact_ids):
            contact_id = contact_ids[place]
            say("")
            say(f"{place + 1:,} of {len(contact_ids):,}")
            with here.reader() as ask:
                page = brief_of(ask, contact_id, here.today)
            show_brief(page, here.today, Format.table)
            key = _step(page, actions, done[contact_id])
            if key == QUIT:
                break
            moves_on = key == SKIP or (key in actions and actions[key].moves_on)
            place = max(0, place - 1) if key == BACK else place + moves_on
    except EOFError:
        say("")
    except KeyboardInterrupt:
        say("")
        raise
    finally:
        say(_summary(done.values()))


def _step(page: Brief, actions: Mapping[str, Action], done: set[str]) -> str:
    """Ask for a key until one does something that leads on, and return it."""
    usable = {key: action for key, action in actions.items() if action.applies(page)}
    labels = [f"{key} {action.label}" for key, action in usable.items()]
    *above, question = menu([*labels, "Enter skip", "b back", "q quit"])
    while True:
        for line in above:
            say(line)
        key = press(f"{question}{QUESTION}")
        if key in {SKIP, BACK, QUIT}:
            return key
        if key not in usable:
            continue
        try:
            what = usable[key].act(page)
        except NotOnTheAgendaError as error:  # dropped meanwhile, by another process
            say(f"{error.sentence}; {error.hint}")
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
