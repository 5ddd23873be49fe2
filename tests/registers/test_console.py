"""What only the console asks: who may be picked today, who is what, the cards of emergencies."""

import pytest

from tests.desks import second_desk
from wuye_tui.desk import Desk
from wuye_tui.reference import BadReference, Reference
from wuye_tui.registers import console, duties
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.repair_facts import EMERGENCIES
from wuye_tui.rules.rights import Right
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff


def able(desk: Desk, right: Right | None) -> list[str]:
    return [person.number for person in console.entitled(console.colleagues(desk), right)]


@pytest.mark.clause("HR-5.1")
def test_only_those_whose_hats_grant_the_right_may_be_picked(desk: Desk) -> None:
    assert able(desk, Right.LEAD_REPAIRS) == ["GC01", "GC02"]
    assert "SF01" not in able(desk, Right.REPAIR)
    assert able(desk, None) == [person.number for person in console.colleagues(desk)]


@pytest.mark.clause("KF-7")
def test_whoever_holds_the_night_may_be_picked_for_it_tonight_and_nobody_by_day(
    desk: Desk, clock: StoppedClock
) -> None:
    assert "ZB01" not in able(desk, Right.TAKE_NIGHT)
    clock.advance(9 * 3600)
    night = desk.as_staff("ZB01")
    night.perform("duty.start", lambda act: duties.start(act, night))
    assert "ZB01" in able(desk, Right.TAKE_NIGHT)


def test_somebody_who_has_left_is_not_there_to_be_picked(desk: Desk) -> None:
    def left(act: Act) -> Result:
        person = act.session.get(Staff, (act.site, "GC02"))
        assert person is not None
        person.active = False
        return {}

    desk.perform("staff.left", left)
    assert able(desk, Right.LEAD_REPAIRS) == ["GC01"]


def test_people_are_called_by_their_post_and_else_by_their_hat(desk: Desk) -> None:
    def promoted(act: Act) -> Result:
        person = act.session.get(Staff, (act.site, "KF02"))
        assert person is not None
        person.post = "前台领班"
        return {}

    desk.perform("staff.post", promoted)
    titles = {person.number: person.title for person in console.colleagues(desk)}
    assert (titles["KF01"], titles["KF02"], titles["GC01"]) == ("客服专员", "前台领班", "工程主管")


@pytest.mark.clause("NB-3", "SB-4", "FW-M.2.1")
def test_every_kind_of_emergency_has_a_card_with_a_call_and_what_never_to_do(desk: Desk) -> None:
    cards = console.cards(desk)
    assert {kind: card.word for kind, card in cards.items()} == dict(EMERGENCIES)
    for card in cards.values():
        assert card.clause in desk.reference.clauses
        assert card.call
        assert card.ask
        assert card.never
        assert all(call.number or call.entry for call in card.call), card.word


def test_the_number_of_whoever_has_the_duty_is_on_the_cards_only_while_they_have_it(
    desk: Desk,
) -> None:
    def hired(act: Act) -> Result:
        act.add(
            Staff(
                site=act.site,
                number="JL01",
                name="沈经理",
                phone="13900001111",
                hats=["project_head"],
            )
        )
        return {}

    desk.perform("staff.add", hired)
    assert [
        call.number for call in console.cards(desk)["fire"].call if call.entry == "值班经理"
    ] == [""]
    manager = second_desk(desk, "JL01")
    manager.perform("duty.start", lambda act: duties.start(act, manager, "duty_manager"))
    [call] = [one for one in console.cards(desk)["fire"].call if one.entry == "值班经理"]
    assert (call.who, call.number) == ("值班经理 沈经理", "13900001111")
    manager.engine.dispose()


@pytest.mark.parametrize(
    "broken",
    [
        '[fire]\nword = "火警"\n',
        'fire = "火警"\n',
        '[fire]\nword = "火警"\nclause = "SB-4"\nask = []\nnever = []\ncall = ["119"]\n',
        '[fire]\nword = "火警"\nclause = "SB-4"\nask = []\nnever = []\ncall = []\n'
        'repeat = { minutes = "五", say = "" }\n',
        "[fire\n",
    ],
)
def test_a_broken_file_of_cards_is_named(desk: Desk, broken: str) -> None:
    own = desk.settings.home / "data" / "emergencies.toml"
    own.parent.mkdir()
    own.write_text(broken, "utf-8")
    with pytest.raises(BadReference, match=r"emergencies\.toml"):
        _ = Reference(desk.settings.home).emergencies
