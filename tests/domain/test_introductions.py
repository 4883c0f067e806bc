from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Status
from netkeep.domain.stats import Branch, Introduced, introduction_tree


def people(**via: str | None) -> list[Introduced]:
    """People by name, each with the name of who introduced them."""
    ids = {name: number for number, name in enumerate(via, 1)}
    return [
        Introduced(ids[name], name, Status.active, ids[by] if by else None)
        for name, by in via.items()
    ]


def drawn(branches: list[Branch]) -> str:
    return " ".join(f"{'-' * branch.depth}{branch.name}" for branch in branches)


def test_nobody_is_no_tree() -> None:
    assert introduction_tree([]) == []


def test_everybody_stands_under_who_introduced_them_by_name() -> None:
    found = introduction_tree(
        people(Zoe=None, bea="Zoe", Cleo="bea", Ada="Zoe", Dora="bea", Emmy=None, Fay="Emmy")
    )
    assert drawn(found) == "Emmy -Fay Zoe -Ada -bea --Cleo --Dora"


def test_a_branch_says_who_it_is() -> None:
    introduced = Introduced(2, "Bea", Status.candidate, 1)
    assert introduction_tree([introduced, Introduced(1, "Ada", Status.active, None)]) == [
        Branch(0, 1, "Ada", Status.active, None),
        Branch(1, 2, "Bea", Status.candidate, 1),
    ]
    assert " ".join(Branch._fields) == "depth id name status via_id"


def test_a_ring_is_opened_where_it_is_met() -> None:
    found = introduction_tree(people(Ada="Cleo", Bea="Ada", Cleo="Bea"))
    assert drawn(found) == "Ada -Bea --Cleo"
    assert found[0].via_id == 3


def test_who_hangs_on_a_ring_stands_under_it() -> None:
    assert drawn(introduction_tree(people(Ada="Bea", Bea="Cleo", Cleo="Bea", Dora="Cleo"))) == (
        "Bea -Ada -Cleo --Dora"
    )


def test_even_who_came_through_themselves_stands_once() -> None:
    assert drawn(introduction_tree(people(Ada="Ada", Bea="Ada"))) == "Ada -Bea"


def test_a_chain_may_be_as_long_as_it_likes() -> None:
    chain = [Introduced(i, "x", Status.active, i - 1 or None) for i in range(1, 50_001)]
    assert [branch.depth for branch in introduction_tree(chain)] == list(range(50_000))


@given(st.lists(st.integers(0, 30), max_size=30))
def test_everybody_stands_once_below_who_introduced_them(via: list[int]) -> None:
    ids = range(1, len(via) + 1)
    everybody = [
        Introduced(i, "x", Status.active, by if by in ids else None)
        for i, by in zip(ids, via, strict=True)
    ]
    branches = introduction_tree(everybody)
    assert sorted(branch.id for branch in branches) == list(ids)
    above: list[int] = []
    for branch in branches:
        del above[branch.depth :]
        assert branch.depth == len(above)
        assert not above or above[-1] == branch.via_id
        above.append(branch.id)
