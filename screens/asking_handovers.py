"""The door for handovers: each function is one question, called in a thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wuye_tui.desk import Act, Desk, Result
    from wuye_tui.registers.handovers import HandoverNow, Listed


@dataclass(frozen=True)
class Counted:
    """What the giver has counted: things by their names, money in fen, and why it is not as it
    should be.
    """

    things: Mapping[str, int]
    things_why: str = ""
    cash: int | None = None
    cash_why: str = ""


def posts(desk: "Desk") -> list[str]:
    """The posts that are held now, the one of whoever sits there first, then the desk's."""
    from wuye_tui.registers import duties

    held = duties.now(desk)
    return [one.post for one in sorted(held, key=lambda one: one.staff != desk.staff)]


def board(desk: "Desk", post: str, drafts: Sequence[tuple[str, str]]) -> "HandoverNow":
    """What a post hands over now."""
    from wuye_tui.registers import handovers

    return handovers.now(desk, post, drafts)


def reliefs(desk: "Desk", post: str) -> list[str]:
    """Who may take the post over, by number."""
    from wuye_tui.registers import handovers

    return handovers.reliefs(desk, post)


def give(desk: "Desk", post: str, counted: Counted, caution: str, key: str) -> "Result":
    """All that the giver does, in one act."""
    from wuye_tui.registers import handovers

    def work(act: "Act") -> "Result":
        return handovers.give(
            act,
            post,
            count=counted.things,
            count_why=counted.things_why,
            cash=counted.cash,
            cash_why=counted.cash_why,
            caution=caution,
        )

    return desk.perform("handover.give", work, key)


def receive(
    desk: "Desk", taker: "Desk", number: str, items: Sequence[str], group: bool, key: str
) -> "Result":
    """All that the relief does, in one act of theirs; `desk` is the one that it was asked at."""
    from wuye_tui.registers import handovers

    assert desk.site == taker.site
    return taker.perform(
        "handover.receive",
        lambda act: handovers.receive(act, number, items=items, group=group),
        key,
        relieving=True,
    )


def step(desk: "Desk", by: "Desk", number: str, verb: str, given: Mapping[str, Any]) -> "Result":
    """One step of the handover by whoever has just proved who they are."""
    from wuye_tui.registers import matters

    assert desk.site == by.site
    return by.perform(f"handover.{verb}", lambda act: matters.take(act, number, verb, **given))


def step_in(desk: "Desk", why: str, key: str) -> "Result":
    """Whoever sits here takes the desk over from somebody who cannot hand it over any more."""
    from wuye_tui.registers import handovers

    return desk.perform(
        "handover.force", lambda act: handovers.step_in(act, why=why), key, relieving=True
    )


def earlier(desk: "Desk") -> "list[Listed]":
    """The latest handovers."""
    from wuye_tui.registers import handovers

    return handovers.listed(desk)
