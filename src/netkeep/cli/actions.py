"""What a key does on more than one walk: take someone out, open a way to reach them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote

import typer

from netkeep.cli.invocation import Invocation
from netkeep.cli.questions import ask as question
from netkeep.cli.walk import Action
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Status
from netkeep.domain.text import line
from netkeep.output import sentences
from netkeep.output.show import tell_lines
from netkeep.output.streams import say


def dropping(here: Invocation) -> Action:
    """Take someone out, with the reason if there is one."""

    def drop(page: Brief) -> str:
        reason = question(
            "Why (Enter: no reason)", lambda text: line(text, "reason") if text else None
        )
        with here.writer() as write:
            contacts = write.drop([page.id], reason)
        tell_lines(map(sentences.dropped, contacts))
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
            say(f"{way} is no web address")
        elif typer.launch(url):
            say(f"nothing here opens {url}")
        else:
            say(f"opened {url}")

    return Action(label, launch, lambda page: bool(ways(page)))


def _telephone(number: str) -> str:
    return "tel:" + "".join(sign for sign in number if sign.isdecimal() or sign == "+")


def _web_address(url: str) -> str | None:
    """A URL that a browser opens, None for a file or a program: it may come from an import."""
    if "://" not in url:
        url = f"https://{url}"
    return url if url.lower().startswith(("http://", "https://")) else None
