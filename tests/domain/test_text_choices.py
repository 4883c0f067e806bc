from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Kind
from netkeep.domain.text import SYNONYMS, parse_choice
from netkeep.domain.touchpoint import Channel, Purpose
from netkeep.errors import BadValueError


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        *(("call", Channel.call), ("c", Channel.call), (" MEE ", Channel.meeting)),
        *(("coffee", Channel.meal), ("Lunch", Channel.meal), ("dinner", Channel.meal)),
        *(("phone", Channel.call), ("mail", Channel.email), ("chat", Channel.message)),
        *(("text", Channel.message), ("sms", Channel.message), ("zoom", Channel.call)),
        *(("calls", Channel.call), ("Drinks", Channel.meal)),
    ],
)
def test_prefixes_and_synonyms_are_accepted_in_any_case(text: str, channel: Channel) -> None:
    assert parse_choice(Channel, text, "channel") is channel


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("colleague", Kind.coworker), ("colleagues", Kind.coworker), ("family", Kind.relative)),
        ("friends", Kind.friend),
    ],
)
def test_plurals_and_synonyms_of_kinds_are_accepted(text: str, kind: Kind) -> None:
    assert parse_choice(Kind, text, "kind") is kind


def test_ambiguous_prefix_names_the_candidates() -> None:
    with pytest.raises(BadValueError, match='"me" could be message, meeting or meal'):
        parse_choice(Channel, "me", "channel")


@pytest.mark.parametrize("text", ["coffee", "friendss", "", " ", "s", "riend"])
def test_other_text_is_refused_with_all_values(text: str) -> None:
    with pytest.raises(BadValueError) as raised:
        parse_choice(Kind, text, "kind")
    assert raised.value.sentence == f'"{text}" is not a kind'
    assert raised.value.hint == f"one of {', '.join(Kind)}"


def test_whole_value_wins_over_a_longer_one() -> None:
    assert parse_choice(["call", "call-back"], "call", "word") == "call"


@given(st.sampled_from([*Kind, *Channel, *Purpose]))
def test_every_value_is_itself(value: Kind | Channel | Purpose) -> None:
    assert parse_choice(type(value), value, "value") is value


def test_synonyms_are_not_values() -> None:
    assert not {*SYNONYMS} & {*Kind, *Channel, *Purpose}
