"""PINs at the desk.

* in a training office nobody needs a PIN until they have one; in a real one nobody acts without
* five wrong ones, and no more, however many windows guess at once; then 5, 15 and 60 minutes
* the right one gives all tries back; a refused one leaves a line, a PIN nowhere
* an administrator sets anybody's, everybody their own with the old one
"""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import extract_parameters
from sqlalchemy import event, select
from sqlmodel import col

from tests.desks import settings_for
from tests.hostile import HOSTILE
from wuye_tui.desk import Desk, NoLongerHere, open_desk
from wuye_tui.registers import office, pins, staff, tries
from wuye_tui.registers.pins import (
    COST,
    TRIES,
    Cost,
    PinChanged,
    PinLocked,
    PinMissing,
    PinNotSet,
    PinRefused,
)
from wuye_tui.registers.staff import NotAdministrator
from wuye_tui.registers.tries import Secret
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.pins import PinIsOwn, PinTooEasy
from wuye_tui.rules.refusals import UnknownStaff
from wuye_tui.store.acts import Act
from wuye_tui.store.tables import Audit, Staff

CHEAP = Cost(passes=1, memory=8, lanes=1)
PIN, OTHER, WRONG = "730416", "295837", "618253"
MINUTE = 60


def give(desk: Desk, number: str = "KF01", pin: str = PIN) -> Desk:
    """The desk, after the administrator has given somebody a PIN."""
    pins.set_pin(desk.as_staff("XZ01"), number, pin, cost=CHEAP)
    return desk


def guess(desk: Desk, times: int, number: str = "KF01") -> None:
    """So many wrong PINs."""
    for _time in range(times):
        with pytest.raises((PinRefused, PinLocked)):
            pins.check(desk, number, WRONG)


def lines(desk: Desk) -> list[Audit]:
    """The audit lines that have to do with PINs."""
    with desk.read() as session:
        query = select(Audit).where(col(Audit.site) == desk.site, col(Audit.what).startswith("pin"))
        return list(session.execute(query.order_by(col(Audit.seq))).scalars())


def said(desk: Desk) -> Counter[str]:
    return Counter(line.what for line in lines(desk))


def row(desk: Desk, number: str = "KF01") -> Staff:
    with desk.read() as session:
        return staff.find_staff(session, desk.site, number)


def test_a_hash_costs_a_guesser_what_it_should() -> None:
    hashed = pins.hash_pin(PIN)
    found = extract_parameters(hashed)
    assert (found.time_cost, found.memory_cost, found.parallelism) == (3, 64 * 1024, 4)
    assert Cost(found.time_cost, found.memory_cost, found.parallelism) == COST
    assert "argon2id" in hashed
    assert pins.hash_pin(PIN, CHEAP) != pins.hash_pin(PIN, CHEAP)


def test_in_a_training_office_nobody_needs_a_pin_until_they_have_one(desk: Desk) -> None:
    assert pins.needs_pin(desk, "KF02") is False
    assert pins.authenticate(desk, " kf02 ", "").staff == "KF02"
    give(desk, "KF02")
    assert pins.needs_pin(desk, "kf02") is True
    with pytest.raises(PinMissing):
        pins.authenticate(desk, "KF02", "")
    assert row(desk, "KF02").pin_tries == 0


def test_who_of_several_has_a_pin_is_one_question(desk: Desk) -> None:
    give(desk, "KF02")
    asked: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(desk.engine, "before_cursor_execute", count)
    assert pins.secured(desk, {"KF01", "KF02", "GC03", "XX99"}) == {"KF02"}
    event.remove(desk.engine, "before_cursor_execute", count)
    assert len([one for one in asked if "FROM staff" in one]) == 1


def test_in_a_real_office_nobody_acts_without_a_pin(tmp_path: Path, clock: StoppedClock) -> None:
    real = office.found(
        settings_for(tmp_path / "real"),
        name="思兰雅苑",
        admin="XZ01",
        admin_name="张敏",
        training=False,
        pin_hash=pins.hash_pin(PIN, CHEAP),
        clock=clock,
    )
    real.perform("staff.add", lambda act: staff.add(act, real, "KF01", "李晓燕", "客服专员"))
    with pytest.raises(PinNotSet, match="wuye staff set-pin KF01"):
        pins.authenticate(real, "KF01", "")
    with pytest.raises(PinNotSet):
        pins.set_pin(real.as_staff("KF01"), "KF01", OTHER, cost=CHEAP)
    at_work = pins.authenticate(real, "XZ01", PIN)
    pins.set_pin(at_work, "KF01", OTHER, cost=CHEAP)
    assert pins.authenticate(real, "KF01", OTHER).staff == "KF01"
    real.engine.dispose()


def test_the_right_pin_lets_in_however_its_digits_are_typed(any_desk: Desk) -> None:
    give(any_desk)
    assert pins.authenticate(any_desk, "kf01", PIN).staff == "KF01"
    assert pins.authenticate(any_desk, "KF01", "７３０４１６").staff == "KF01"
    assert said(any_desk) == {"pin set": 1, "pin tried": 2, "pin accepted": 2}


def test_a_wrong_pin_is_refused_with_the_tries_left_and_leaves_a_line(any_desk: Desk) -> None:
    give(any_desk)
    for left in range(TRIES - 1, 0, -1):
        with pytest.raises(PinRefused, match=f"还可以试 {left} 次"):
            pins.check(any_desk, "KF01", WRONG)
    refused = [line for line in lines(any_desk) if line.what == "pin refused"]
    assert [line.result for line in refused] == [
        {"staff": "KF01", "tries": number} for number in range(1, TRIES)
    ]
    assert not any(pin in str(line) for line in lines(any_desk) for pin in (PIN, WRONG, "argon2"))


def test_after_the_fifth_wrong_pin_there_is_a_wait_and_the_sentence_says_how_long(
    desk: Desk, clock: StoppedClock
) -> None:
    give(desk)
    guess(desk, TRIES - 1)
    with pytest.raises(PinLocked, match="5 分钟后（11-19 10:25）"):
        pins.check(desk, "KF01", WRONG)
    clock.advance(4 * MINUTE + 10)
    with pytest.raises(PinLocked, match="1 分钟后"):
        pins.check(desk, "KF01", PIN)
    assert said(desk)["pin refused"] == TRIES, "who is locked out has no tries to refuse"


def test_after_each_wait_there_is_one_try_and_the_next_wait_is_longer(
    any_desk: Desk, clock: StoppedClock
) -> None:
    give(any_desk)
    guess(any_desk, TRIES)
    for wait, following in ((5, 15), (15, 60), (60, 60), (60, 60)):
        clock.advance(wait * MINUTE)
        with pytest.raises(PinLocked, match=f"{following} 分钟后"):
            pins.check(any_desk, "KF01", WRONG)
        with pytest.raises(PinLocked):
            pins.check(any_desk, "KF01", PIN)
    assert said(any_desk)["pin refused"] == TRIES + 4
    clock.advance(60 * MINUTE)
    pins.check(any_desk, "KF01", PIN)
    assert row(any_desk).pin_tries == 0


def test_the_right_pin_gives_all_tries_back(desk: Desk) -> None:
    give(desk)
    guess(desk, TRIES - 1)
    pins.check(desk, "KF01", PIN)
    guess(desk, TRIES - 1)
    with pytest.raises(PinLocked):
        pins.check(desk, "KF01", WRONG)


def test_an_administrator_lets_somebody_in_again_at_once(desk: Desk) -> None:
    give(desk)
    guess(desk, TRIES)
    give(desk, pin=OTHER)
    with pytest.raises(PinRefused):
        pins.check(desk, "KF01", PIN)
    pins.check(desk, "KF01", OTHER)


def test_a_try_that_was_cut_off_is_a_try(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    give(desk)

    def cut_off(*_given: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(tries, "verify", cut_off)
        for _time in range(TRIES):
            with pytest.raises(KeyboardInterrupt):
                pins.check(desk, "KF01", PIN)
    with pytest.raises(PinLocked):
        pins.check(desk, "KF01", PIN)


def test_a_pin_that_was_changed_while_it_was_looked_at_does_not_let_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(desk)
    look = tries.verify

    def slowly(secret: Secret, hashed: str, pin: str) -> bool:
        give(desk, pin=OTHER)
        return look(secret, hashed, pin)

    monkeypatch.setattr(tries, "verify", slowly)
    with pytest.raises(PinChanged):
        pins.check(desk, "KF01", PIN)


def test_everybody_sets_their_own_with_the_old_one_and_nobody_elses(desk: Desk) -> None:
    give(desk)
    own = desk.as_staff("KF01")
    with pytest.raises(PinMissing):
        pins.set_pin(own, "KF01", OTHER, cost=CHEAP)
    with pytest.raises(PinRefused):
        pins.set_pin(own, "KF01", OTHER, old=WRONG, cost=CHEAP)
    with pytest.raises(NotAdministrator, match="行政"):
        pins.set_pin(own, "KF02", OTHER, old=PIN, cost=CHEAP)
    pins.set_pin(own, "kf01", OTHER, old=PIN, cost=CHEAP)
    pins.check(desk, "KF01", OTHER)


def test_a_weak_pin_is_refused_before_anything_is_written(desk: Desk) -> None:
    admin = desk.as_staff("XZ01")
    for weak, refusal in (("123456", PinTooEasy), ("KF01KF01", PinIsOwn)):
        with pytest.raises(refusal):
            pins.set_pin(admin, "KF01", weak, cost=CHEAP)
    assert row(desk).pin_hash == ""


def test_the_own_telephone_is_no_pin(desk: Desk) -> None:
    admin = desk.as_staff("XZ01")
    admin.perform(
        "staff.add",
        lambda act: staff.add(act, admin, "KF20", "李强", "客服专员", phone="13800001234"),
    )
    for own in ("00001234", "13800001234", "liqiang"):
        with pytest.raises(PinIsOwn):
            pins.set_pin(admin, "KF20", own, cost=CHEAP)


def test_who_left_or_never_was_is_not_let_in(desk: Desk) -> None:
    give(desk)
    admin = desk.as_staff("XZ01")
    admin.perform("staff.deactivate", lambda act: staff.deactivate(act, "KF01"))
    for number in ("KF01", "KF99", "", "'; DROP TABLE staff; --"):
        with pytest.raises(NoLongerHere):
            pins.authenticate(desk, number, PIN)
    with pytest.raises(NoLongerHere):
        pins.set_pin(admin, "KF01", OTHER, cost=CHEAP)
    with pytest.raises(UnknownStaff):
        pins.set_pin(admin, "KF99", OTHER, cost=CHEAP)


def test_a_damaged_hash_lets_nobody_in(desk: Desk) -> None:
    def damage(act: Act) -> dict[str, Any]:
        act.session.get_one(Staff, (act.site, "KF01")).pin_hash = "$argon2id$broken"
        return {}

    desk.perform("damage", damage)
    guess(desk, TRIES)
    with pytest.raises(PinLocked):
        pins.check(desk, "KF01", PIN)


def test_hostile_pins_and_numbers_are_refused_in_words(any_desk: Desk) -> None:
    give(any_desk)
    for text in HOSTILE.values():
        for number, pin in (("KF01", text), (text, PIN)):
            with pytest.raises(DeskError):
                pins.authenticate(any_desk, number, pin)


def attack(desk: Desk, start: Any, times: int) -> None:
    """What one window of a guesser does, in a process of its own."""
    own = open_desk(desk.settings, desk.clock)
    start.wait()
    for _time in range(times):
        try:
            pins.check(own, "KF01", WRONG)
        except (PinRefused, PinLocked):
            continue
        raise AssertionError


def eight(desk: Desk, work: Callable[..., None], *given: Any) -> list[int | None]:
    """Runs it in eight processes at once; their exit statuses."""
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(8)
    desk.engine.dispose()  # no connection is shared with the children
    unopened = replace(desk, engine=None)  # type: ignore[arg-type]
    windows = [fork.Process(target=work, args=(unopened, start, *given)) for _window in range(8)]
    for window in windows:
        window.start()
    for window in windows:
        window.join(60)
    return [window.exitcode for window in windows]


def test_eight_windows_at_once_have_five_tries_together(
    any_desk: Desk, clock: StoppedClock
) -> None:
    give(any_desk)
    assert eight(any_desk, attack, 3) == [0] * 8
    assert said(any_desk)["pin tried"] == said(any_desk)["pin refused"] == TRIES
    clock.advance(5 * MINUTE)
    assert eight(any_desk, attack, 1) == [0] * 8
    assert said(any_desk)["pin tried"] == said(any_desk)["pin refused"] == TRIES + 1
    assert row(any_desk).pin_tries == TRIES + 1
