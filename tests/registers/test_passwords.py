"""Passwords, which are asked for where no enrolled workstation stands in for them.

* eight characters and more, sixty-four and more, nothing cut; none that is tried first or known
* five wrong ones and no more, however many windows guess; a locked PIN does not lock the password
* an administrator sets anybody's, everybody their own with the old one, the first with the PIN
* no figure, no sentence and no line of the audit has the password in it
"""

from typing import Any

import pytest
from argon2 import extract_parameters

from tests.factories import rows_of
from tests.hostile import HOSTILE
from tests.registers.test_pins import CHEAP, PIN, WRONG, eight, give, guess, lines, row, said
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import passwords, pins, sitting, tries
from wuye_tui.registers.passwords import (
    PASSWORD,
    PasswordLocked,
    PasswordMissing,
    PasswordNotSet,
    PasswordRefused,
    set_password,
)
from wuye_tui.registers.pins import PinLocked, PinRefused
from wuye_tui.registers.staff import NotAdministrator
from wuye_tui.registers.tries import COST, TRIES, WAITS
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.passwords import (
    LONGEST,
    SHORTEST,
    PasswordIsOwn,
    PasswordTooEasy,
    PasswordTooLong,
    PasswordTooShort,
    PasswordUnusable,
    refuse_weak_password,
)
from wuye_tui.store.tables import Audit, Staff

GOOD, OTHER, BAD = "三号楼的猫爱晒太阳", "correct horse battery", "wrong pony fuel cell"
MINUTE = 60


def give_password(desk: Desk, number: str = "KF01", password: str = GOOD) -> Desk:
    """The desk, after the administrator has given somebody a password."""
    set_password(desk.as_staff("XZ01"), number, password, cost=CHEAP)
    return desk


def check(desk: Desk, password: str, number: str = "KF01") -> None:
    tries.check(desk, PASSWORD, number, password)


def test_a_hash_costs_a_guesser_what_it_should() -> None:
    hashed = tries.hash_of(PASSWORD, GOOD)
    found = extract_parameters(hashed)
    assert (found.time_cost, found.memory_cost, found.parallelism) == (3, 64 * 1024, 4)
    assert (COST.passes, COST.memory, COST.lanes) == (3, 64 * 1024, 4)
    assert hashed.startswith("$argon2id$")


@pytest.mark.parametrize(
    "password",
    [
        *(GOOD, OTHER, "x7#Kq2!p", "雨天路滑请慢走呀", "a b c d e f g h", "蓝7" * 3 + "山x河y"),
        "物业门口的猫爱晒太阳",
    ],
)
def test_a_good_password_passes_whatever_it_is_made_of(password: str) -> None:
    refuse_weak_password(password, passwords.common(), "KF01", "李晓燕", "13800001234", "思兰雅苑")


@pytest.mark.parametrize("length", [1, SHORTEST - 1])
def test_fewer_than_eight_are_too_few(length: int) -> None:
    with pytest.raises(PasswordTooShort, match="至少 8 位"):
        refuse_weak_password("k7#Qx2!pZ9w"[:length], ())


def test_a_long_one_is_kept_whole_and_one_too_long_is_refused_and_never_cut(desk: Desk) -> None:
    long = "".join(chr(0x4E00 + 7 * n) for n in range(LONGEST))
    assert LONGEST >= 64
    give_password(desk, password=long)
    check(desk, long)
    with pytest.raises(PasswordRefused):
        check(desk, long[:-1])
    with pytest.raises(PasswordRefused):
        check(desk, long + "丁")
    for more in (1, LONGEST, 10 * LONGEST):
        with pytest.raises(PasswordTooLong):
            refuse_weak_password(long + "e\u0301" * more, ())


def test_case_and_blanks_count(desk: Desk) -> None:
    give_password(desk, password="Correct horse Battery")
    for wrong in ("correct horse battery", "Correct horse Battery ", "CorrecthorseBattery"):
        with pytest.raises(PasswordRefused):
            check(desk, wrong)
    check(desk, "Correct horse Battery")


def test_the_three_thousand_most_common_are_refused() -> None:
    common = passwords.common()
    assert len(common) == 3000
    for one in common:
        with pytest.raises((PasswordTooEasy, PasswordTooLong)):
            refuse_weak_password(one, common)


@pytest.mark.parametrize(
    "password",
    [
        *("11111111", "12121212", "abcdefgh", "87654321", "qwertyuiop", "1qaz2wsx", "Password1!"),
        *("密码密码密码密码", "iloveyou2026", "Sunshine!!!", "wuye2026!", "一二一二一二一二"),
        *("passwordwuye", "wuye-password1", "物业密码2026!!", "WuyeAb12口令"),
    ],
)
def test_what_would_be_tried_first_is_too_easy(password: str) -> None:
    with pytest.raises(PasswordTooEasy):
        refuse_weak_password(password, passwords.common())


@pytest.mark.parametrize(
    "password",
    [
        *("13800001234", "00001234", "KF01KF01", "kf01-2026", "lixiaoyan", "LiXiaoYan123"),
        *("思兰雅苑2026", "思兰雅苑思兰雅苑", "李晓燕13800001234"),
        *("wuyeKF01wuye", "lixiaoyan密码", "口令思兰雅苑wuye"),
    ],
)
def test_nothing_of_the_person_or_the_site_will_do(desk: Desk, password: str) -> None:
    def write(act: Any) -> dict[str, Any]:
        person = act.session.get_one(Staff, (act.site, "KF01"))
        person.phone, person.keys = "13800001234", "lixiaoyan lxy"
        return {}

    desk.perform("seed", write)
    with pytest.raises(PasswordIsOwn):
        give_password(desk, password=password)
    assert row(desk).password_hash == ""


def test_hostile_passwords_are_refused_in_words(any_desk: Desk) -> None:
    give_password(any_desk)
    for text in HOSTILE.values():
        for number, password in (("KF01", text), (text, GOOD)):
            with pytest.raises(DeskError):
                sitting.by_password(any_desk, number, password)
    with pytest.raises(PasswordUnusable):
        refuse_weak_password("abc\u200bdef\x1bgh", ())


def test_a_wrong_one_is_refused_with_the_tries_left_and_leaves_a_line(any_desk: Desk) -> None:
    give_password(any_desk)
    for left in range(TRIES - 1, 0, -1):
        with pytest.raises(PasswordRefused, match=f"还可以试 {left} 次"):
            check(any_desk, BAD)
    with pytest.raises(PasswordLocked, match="5 分钟后"):
        check(any_desk, BAD)
    told = [line for line in rows_of(any_desk, Audit) if line.what.startswith("password")]
    assert [line.what for line in told].count("password refused") == TRIES
    assert not any(one in str(line.result) for line in told for one in (GOOD, BAD, "argon2"))


def test_the_waits_are_those_of_the_pin(any_desk: Desk, clock: StoppedClock) -> None:
    give_password(any_desk)
    for _time in range(TRIES):
        with pytest.raises((PasswordRefused, PasswordLocked)):
            check(any_desk, BAD)
    for wait, following in zip(WAITS, (*WAITS[1:], WAITS[-1]), strict=True):
        clock.advance(wait * MINUTE - 1)
        with pytest.raises(PasswordLocked):
            check(any_desk, GOOD)
        clock.advance(1)
        with pytest.raises(PasswordLocked, match=f"{following} 分钟后"):
            check(any_desk, BAD)
    clock.advance(WAITS[-1] * MINUTE)
    check(any_desk, GOOD)
    assert row(any_desk).password_tries == 0


def test_a_pin_that_a_colleague_locks_on_purpose_leaves_the_password_and_the_other_way_round(
    any_desk: Desk,
) -> None:
    give_password(give(any_desk))
    guess(any_desk, TRIES)
    with pytest.raises(PinLocked):
        pins.check(any_desk, "KF01", PIN)
    assert sitting.by_password(any_desk, "KF01", GOOD).staff == "KF01"
    assert row(any_desk).pin_tries == TRIES, "a password gives a guesser of PINs no tries back"
    give(any_desk, "KF02")
    give_password(any_desk, "KF02")
    for _time in range(TRIES):
        with pytest.raises((PasswordRefused, PasswordLocked)):
            check(any_desk, BAD, "KF02")
    pins.check(any_desk, "KF02", PIN)
    assert row(any_desk, "KF02").password_tries == TRIES


def test_a_locked_pin_and_a_locked_password_are_both_in_the_audit(desk: Desk) -> None:
    give_password(give(desk))
    guess(desk, TRIES)
    for _time in range(TRIES):
        with pytest.raises((PasswordRefused, PasswordLocked)):
            check(desk, BAD)
    assert said(desk)["pin refused"] == TRIES
    assert [one.result["tries"] for one in lines(desk) if one.what == "pin refused"][-1] == TRIES


def attack(desk: Desk, start: Any, times: int) -> None:
    """What one window of a guesser does, in a process of its own."""
    own = open_desk(desk.settings, desk.clock)
    start.wait()
    for _time in range(times):
        try:
            check(own, BAD)
        except (PasswordRefused, PasswordLocked):
            continue
        raise AssertionError


def test_eight_windows_at_once_have_five_tries_together(any_desk: Desk) -> None:
    give_password(any_desk)
    assert eight(any_desk, attack, 3) == [0] * 8
    assert row(any_desk).password_tries == TRIES


def test_everybody_sets_their_own_and_nobody_elses(desk: Desk) -> None:
    own = give(desk).as_staff("KF01")
    with pytest.raises(PinRefused):
        set_password(own, "KF01", GOOD, old=WRONG, cost=CHEAP)
    set_password(own, "KF01", GOOD, old=PIN, cost=CHEAP)
    with pytest.raises(PasswordMissing):
        set_password(own, "KF01", OTHER, cost=CHEAP)
    with pytest.raises(PasswordRefused):
        set_password(own, "KF01", OTHER, old=PIN, cost=CHEAP)
    with pytest.raises(NotAdministrator, match="行政"):
        set_password(own, "KF02", OTHER, old=GOOD, cost=CHEAP)
    set_password(own, "kf01", OTHER, old=GOOD, cost=CHEAP)
    check(desk, OTHER)


def test_a_new_one_gives_all_tries_back(desk: Desk) -> None:
    give_password(desk)
    for _time in range(TRIES):
        with pytest.raises((PasswordRefused, PasswordLocked)):
            check(desk, BAD)
    give_password(desk, password=OTHER)
    check(desk, OTHER)


def test_where_people_practise_whoever_has_none_needs_none(desk: Desk) -> None:
    assert sitting.asked(desk, "KF02") is None
    assert sitting.sit_down(desk, "kf02", "").staff == "KF02"
    give_password(desk, "KF02")
    assert sitting.asked(desk, "KF02") is None, "a password is for real offices"


def test_who_has_none_is_told_what_to_do() -> None:
    assert "wuye staff set-password KF01" in str(PasswordNotSet("KF01"))
    assert "wuye workstations enrol" in str(PasswordNotSet("KF01"))
