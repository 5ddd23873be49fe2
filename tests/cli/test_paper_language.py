"""What residents are given is Chinese, whichever language the desk speaks."""

import re

import pytest

from tests.billing import CASHIER, NOVEMBER, OCTOBER, priced, run
from tests.cli.lines import Office, typed
from tests.desks import settings_for
from wuye_tui import words
from wuye_tui.desk import open_desk
from wuye_tui.rules.clock import StoppedClock

__all__ = ["typed"]
UNIT, RECEIPT = "3-1-502", "SJ-2026-000001"
ENGLISH = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def office(typed: Office) -> Office:
    """The office with two months billed; the older one is overdue."""
    desk = open_desk(settings_for(typed.home), StoppedClock(typed.now))
    cashier = priced(desk.as_staff("KF01"))
    run(cashier, OCTOBER)
    run(cashier, NOVEMBER)
    desk.engine.dispose()
    typed.staff = CASHIER
    return typed


def test_a_receipt_and_a_refund_are_chinese_at_an_english_desk(office: Office) -> None:
    office.done("payments", "take", UNIT, "--pay", "cash=200", "--pay", "wechat=400", "--prepay")
    office.done(
        "payments", "refund", UNIT, "--pay", "cash=20", "--reason", "搬走", "--second", "ZJ01"
    )
    for form, number in (("receipt", RECEIPT), ("refund", "TK-20261119-001")):
        ran = office.type("forms", "print", form, number, "--lang", "en")
        assert ran.status == 0, ran.err
        assert not ENGLISH.search(ran.out), ran.out
        assert office.type("forms", "print", form, number).out.split()[:2] == ran.out.split()[:2]
    assert "第一联 存根" in ran.out


def test_what_is_refused_is_told_in_the_language_of_the_desk(office: Office) -> None:
    told = office.type("forms", "print", "receipt", "SJ-2026-000009", "--lang", "en")
    assert told.status == 4
    assert "There is no receipt" in told.err
    copy = office.type("forms", "print", "receipt", RECEIPT, "--copy", "9", "--lang", "en")
    assert not re.search("[一-龥]", copy.err.replace("收据", "")), copy.err


def test_what_is_put_on_doors_and_said_is_chinese(office: Office) -> None:
    doors = office.type("arrears", "notice", "--building", "3", "--lang", "en")
    assert "219.28元" in doors.out
    assert not ENGLISH.search(doors.out)
    words.speak("en")
    shown = office.type("arrears", "show", UNIT, "--lang", "en", json=True).json
    assert all(not ENGLISH.search(one) for one in shown["say"]), shown["say"]


def test_another_language_for_a_while_is_over_at_its_end() -> None:
    words.speak("en")
    with words.speaking(words.PAPER):
        assert (words.language(), words.listed("ab")) == ("zh", "a、b")
    assert (words.language(), words.listed("ab")) == ("en", "a, b")
    words.speak("zh")
