"""In which order a form offers people and items."""

import pytest

from tests.screens.consoles import taken
from tests.screens.test_console_forms import notified
from wuye_tui.desk import Desk
from wuye_tui.registers import console, matters, offered
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.rights import Right
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff, Tariff


def workers(desk: Desk, number: str) -> list[str]:
    able = console.entitled(console.colleagues(desk), Right.REPAIR)
    found = offered.people(able, show(desk, number), "worker", Right.REPAIR)
    return [person.number for person in found]


@pytest.mark.clause("BX-6", "BX-7")
@pytest.mark.parametrize("named", ["GC04", "吴刚"])
def test_who_has_collected_is_offered_first_then_the_free_and_the_supervisors_last(
    desk: Desk, clock: StoppedClock, named: str
) -> None:
    busy = notified(desk, clock)
    taken(desk, busy, "collect", collector="李强")
    taken(desk, busy, "assign", worker="李强", doer="GC01")
    number = notified(desk, clock)
    assert workers(desk, number) == ["GC04", "SB01", "ZB01", "GC03", "GC01", "GC02"]
    taken(desk, number, "collect", collector=named)
    assert workers(desk, number) == ["GC04", "SB01", "ZB01", "GC03", "GC01", "GC02"]
    taken(desk, number, "assign", worker="GC03", doer="GC01")
    assert workers(desk, number)[:2] == ["GC03", "GC04"]


def test_a_supervisor_who_has_collected_comes_first_too(desk: Desk, clock: StoppedClock) -> None:
    number = notified(desk, clock)
    taken(desk, number, "collect", collector="GC01")
    assert workers(desk, number)[0] == "GC01"


@pytest.mark.clause("XX-4.2.3")
def test_an_order_is_signed_for_by_the_department_that_it_went_to(desk: Desk) -> None:
    def belongs(act: Act) -> Result:
        for number, department in (("ZX01", "秩序维护部"), ("KF01", "客户服务部")):
            person = act.session.get(Staff, (act.site, number))
            assert person is not None
            person.department = department
        return {}

    desk.perform("staff.post", belongs)
    done = desk.perform(
        "order.register",
        lambda act: matters.start(
            act, "order", "register", department="guards", text="车位被占", taken_to=""
        ),
    )
    able = console.entitled(console.colleagues(desk), None)
    view = show(desk, str(done["number"]))
    found = offered.people(able, view, "department", None)
    assert found[0].number == "ZX01"
    assert [p.number for p in found[1:]] == [p.number for p in able if p.number != "ZX01"]


def test_whoever_repairs_is_offered_before_all_others_where_anybody_may_be_sent(desk: Desk) -> None:
    able = console.entitled(console.colleagues(desk), None)
    found = [person.number for person in offered.people(able, None, "worker", None)]
    assert found[:6] == ["GC03", "GC04", "SB01", "ZB01", "GC01", "GC02"]
    assert sorted(found) == sorted(person.number for person in able)
    assert offered.people(able, None, "collector", None) == able


@pytest.mark.clause("BX-15")
def test_the_item_of_the_slip_is_offered_first_then_those_of_its_trade(desk: Desk) -> None:
    def sorted_out(act: Act) -> Result:
        for code in ("SX-03", "DX-01"):
            item = act.session.get(Tariff, (act.site, code))
            assert item is not None
            item.category = "给水"
        act.add(Tariff(site=act.site, code="AA-00", name="检查", price=0, keywords="*"))
        return {}

    desk.perform("tariff.set", sorted_out)
    every = console.priced(desk)

    def codes(**facts: object) -> list[str]:
        return [item.code for item in offered.items(every, facts)]

    assert codes(tariff="SX-03") == ["SX-03", "DX-01", "AA-00", "SX-01", "SX-02"]
    assert codes(likely_tariff="SX-02")[:3] == ["SX-02", "SX-01", "SX-03"]
    by_code = ["AA-00", "DX-01", "SX-01", "SX-02", "SX-03"]
    assert codes() == codes(tariff="AA-00") == codes(tariff="gone") == by_code
