"""Several slips in one act: one signature for five, all of them or none."""

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from tests.desks import second_desk
from tests.screens.consoles import on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import together, views
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.lifecycle import Kind
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.refusals import ChangedMeanwhile
from wuye_tui.store.acts import Result
from wuye_tui.store.tables import Audit

TOGETHER = {"notify", "collect", "urge", "hold", "resume", "note", "return", "close"}
TOGETHER |= {"countersign", "archive", "send_back"}


def notified(desk: Desk, clock: StoppedClock, n: int = 3) -> list[str]:
    numbers = [registered(desk, clock, f"水管漏水{one}") for one in range(n)]
    for number in numbers:
        taken(desk, number, "issue", charge="paid", tariff="SX-03")
        taken(desk, number, "notify", whom="工程部", how="phone")
    return numbers


def collect(desk: Desk, seen: dict[str, int]) -> Result:
    return desk.perform(
        "repair.collect", lambda act: together.take(act, seen, "collect", collector="GC03")
    )


def acts(desk: Desk) -> int:
    with desk.read() as session:
        asked = select(func.count()).where(col(Audit.site) == desk.site)
        return int(session.execute(asked).scalar_one())


def test_only_what_every_slip_answers_alike_is_taken_together() -> None:
    rows = [row for cycle in PROCEDURES.values() for row in cycle.rows if row.together]
    assert {row.verb for row in rows} == TOGETHER
    for row in rows:
        asked = together.asked(row).ask
        assert not {ask.kind for ask in asked} & {Kind.LINES, Kind.TARIFF, Kind.MONEY, Kind.UNIT}
        assert not [ask for ask in row.ask if ask.each and ask.needed], row.verb
        assert not [sign for sign in row.signs if not sign.staff], "residents sign for themselves"


@pytest.mark.clause("BX-6")
def test_the_collector_signs_once_for_three(any_desk: Desk, clock: StoppedClock) -> None:
    desk = any_desk
    seen = together.read(desk, notified(on_duty(desk), clock)).seen
    before = acts(desk)
    result = collect(desk, seen)
    assert acts(desk) == before + 1
    assert result["together"] == {number: n + 1 for number, n in seen.items()}
    for number in seen:
        view = views.show(desk, number)
        assert view.situation.state == "collected"
        assert [(one.role, one.name, one.how) for one in view.signatures] == [
            ("collector", "GC03", "paper")
        ]


def test_one_that_has_moved_meanwhile_stops_them_all_and_is_named(
    desk: Desk, clock: StoppedClock
) -> None:
    numbers = notified(on_duty(desk), clock)
    seen = together.read(desk, numbers).seen
    other = second_desk(desk)
    taken(other, numbers[1], "collect", collector="GC04")
    with pytest.raises(ChangedMeanwhile) as stale:
        collect(desk, seen)
    assert str(stale.value).startswith(f"{numbers[1]} 已由赵敏(KF02)")
    states = [views.show(desk, number).situation.state for number in numbers]
    assert states == ["notified", "collected", "notified"]
    other.engine.dispose()


def test_one_that_may_not_stops_them_all_with_its_number_and_clause(
    desk: Desk, clock: StoppedClock
) -> None:
    numbers = notified(on_duty(desk), clock)
    taken(desk, numbers[2], "hold", hold="parts")
    seen = together.read(desk, numbers).seen
    with pytest.raises(together.OneRefused) as refused:
        desk.perform("repair.resume", lambda act: together.take(act, seen, "resume"))
    assert numbers[0] in str(refused.value)
    assert refused.value.clause
    assert views.show(desk, numbers[2]).situation.hold == "parts"


def test_what_they_share_is_what_all_of_them_may_take(desk: Desk, clock: StoppedClock) -> None:
    numbers = notified(on_duty(desk), clock, 2)
    alike = together.read(desk, numbers)
    assert alike.usual is not None
    assert alike.usual.verb == "collect"
    third = registered(desk, clock, "灯不亮", "3-2-502")
    mixed = together.read(desk, [*numbers, third])
    assert mixed.usual is None
    assert {row.verb for row in mixed.rows} == {"hold", "urge", "note"}
    assert "text" not in mixed.facts
    assert alike.facts["unit"] == "3-1-502"


def test_the_line_of_the_charge_register_is_not_asked_for_several() -> None:
    row = PROCEDURES["repair"].rows_named("return")[0]
    assert [ask.name for ask in row.ask] == ["register_line"]
    assert together.asked(row).ask == ()


def test_a_joint_act_is_taken_back_in_one_act(any_desk: Desk, clock: StoppedClock) -> None:
    desk = any_desk
    seen = together.read(desk, notified(on_duty(desk), clock)).seen
    steps = collect(desk, seen)["together"]
    before = acts(desk)
    result = desk.perform("undo", lambda act: together.undo(act, steps))
    assert acts(desk) == before + 1
    assert result["together"] == {number: n + 1 for number, n in steps.items()}
    assert (result["kept"], result["undone"]) == ([], "collect")
    for number in seen:
        view = views.show(desk, number)
        assert view.situation.state == "notified"
        assert view.valid == [], "the one signature is gone from all of them"


def test_of_a_joint_act_only_what_has_gone_on_is_kept(desk: Desk, clock: StoppedClock) -> None:
    numbers = notified(on_duty(desk), clock)
    steps = collect(desk, together.read(desk, numbers).seen)["together"]
    taken(desk.as_staff("GC01"), numbers[1], "assign", worker="GC03")
    result = desk.perform("undo", lambda act: together.undo(act, steps))
    assert list(result["together"]) == [numbers[0], numbers[2]]
    assert result["kept"] == [numbers[1]]
    with desk.read() as session:
        asked = select(col(Audit.result)).order_by(col(Audit.seq).desc()).limit(1)
        assert session.execute(asked).scalar_one() == result
    assert "派工" not in str(result), "no sentence lies in the audit chain"
    with pytest.raises(ChangedMeanwhile):
        desk.perform("undo", lambda act: together.undo(act, {numbers[1]: steps[numbers[1]]}))
    assert views.show(desk, numbers[1]).situation.state == "assigned"
