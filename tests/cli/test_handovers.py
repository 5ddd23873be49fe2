"""`wuye handovers` and `wuye duties`: a duty handed over at a command line, by two people.

* both at one computer: the second gives their own PIN, from WUYE_PIN2
* a wrong PIN, or one person for both, leaves the duty where it was
* the live list as people and as programs get it
"""

from typing import Any

import pytest

from tests.cli.lines import Office
from tests.cli.lines import typed as typed
from wuye_tui.reference import Reference

TOOLS = [f"{tool.name}={tool.count}" for tool in Reference().checklists.tools]


def given(typed: Office) -> str:
    """The morning's handover, counted and given; its number."""
    typed.done("duties", "start")
    number = str(typed.done("handovers", "new")["number"])
    typed.done("handovers", "count", number, *TOOLS)
    typed.done("handovers", "give", number, "--cleaned")
    return number


def looked(typed: Office, number: str, staff: str = "KF02") -> None:
    typed.done("handovers", "sign-in", number, staff=staff)
    typed.done("handovers", "clean-ok", number, staff=staff)
    keys = typed.done("handovers", "show", staff=staff)["unseen"]
    typed.done("handovers", "acknowledge", number, *keys, "--all-group", staff=staff)


def holders(typed: Office) -> list[Any]:
    return [(duty["staff"], duty["began"]) for duty in typed.done("duties", "list")]


@pytest.mark.clause("KF-10", "KF-12")
def test_two_people_hand_over_at_one_computer(typed: Office) -> None:
    number = given(typed)
    looked(typed, number)
    done = typed.done("handovers", "accept", number, "--taker", "KF02")
    assert (done["number"], done["state"]) == (number, "accepted")
    assert holders(typed) == [("KF02", "handover"), ("KF01", "start")]
    (line,) = typed.done("handovers", "list")
    assert (line["giver"], line["taker"], line["late_minutes"]) == ("KF01", "KF02", 0)
    whole = typed.done("handovers", "show", number)
    assert [(one["role"], one["how"]) for one in whole["signatures"]] == [
        ("giver", "pin"),
        ("taker", "pin"),
    ]
    assert "赵敏" in typed.type("handovers", "show", number).out
    assert "接班签字" in typed.type("audit", "show").out


@pytest.mark.clause("KF-10")
def test_the_relief_gives_their_own_pin_or_nothing_changes(
    typed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = given(typed)
    looked(typed, number)
    monkeypatch.setenv("WUYE_NEW_PIN", "840275")
    assert typed.type("staff", "set-pin", "KF02", staff="KF02").status == 0
    for pin, says in (("", "WUYE_PIN2"), ("111222", "密码不对")):
        monkeypatch.setenv("WUYE_PIN2", pin)
        ran = typed.type("handovers", "accept", number, "--taker", "KF02")
        assert ran.status in (1, 2)
        assert says in ran.err
    assert holders(typed) == [("KF01", "start")]
    monkeypatch.setenv("WUYE_PIN2", "840275")
    typed.done("handovers", "accept", number, "--taker", "KF02")


@pytest.mark.clause("KF-10")
def test_one_person_cannot_be_both(typed: Office) -> None:
    number = given(typed)
    looked(typed, number)
    for words in ((), ("--taker", "KF01")):
        ran = typed.type("handovers", "accept", number, *words)
        assert (ran.status, ran.err[:6]) == (1, "KF-10:")
    assert holders(typed) == [("KF01", "start")]


@pytest.mark.clause("KF-10", "KF-11")
def test_the_list_is_live_and_an_item_may_be_named_by_its_number(typed: Office) -> None:
    number = given(typed)
    slip = typed.done("calls", "add", "--line", "3-1-502 厨房水管漏水")["number"]
    shown = typed.done("handovers", "show", staff="KF02")
    (item,) = (one for one in shown["items"] if one["number"] == slip)
    assert (item["weight"], item["why"]) == ("one", ["new"])
    assert item["key"] in shown["unseen"]
    assert {tool["name"]: tool["counted"] for tool in shown["tools"]}["对讲机"] == 6
    text = typed.type("handovers", "show", staff="KF02").out
    assert all(words in text for words in (slip, "逐项确认", "本班新开", "备用金", "万用表"))
    whole = typed.type("handovers", "show", number, staff="KF02").out
    assert all(words in whole for words in ("清点工具", "逐项确认", slip))
    typed.done("handovers", "acknowledge", number, slip, staff="KF02")
    assert item["key"] not in typed.done("handovers", "show", staff="KF02")["unseen"]
    ran = typed.type("handovers", "acknowledge", number, "PG-1", staff="KF02")
    assert (ran.status, "PG-1" in ran.err) == (4, True)


@pytest.mark.clause("KF-11")
def test_what_is_counted_wrong_is_told_in_words(typed: Office) -> None:
    typed.done("duties", "start")
    number = typed.done("handovers", "new")["number"]
    ran = typed.type("handovers", "count", number, "万用表=两把")
    assert (ran.status, "万用表" in ran.err) == (2, True)
    ran = typed.type("handovers", "count", number, "万用表=0")
    assert (ran.status, ran.err[:6]) == (1, "KF-11:")
    typed.done("handovers", "count", number, "万用表=0", "--count-why", "送检")


@pytest.mark.clause("KF-4", "KF-13")
def test_going_on_and_stepping_in(typed: Office) -> None:
    assert typed.type("handovers", "new").status == 4
    assert typed.type("duties", "continue").status == 1
    typed.done("duties", "start")
    typed.now = typed.now.replace(hour=12, minute=1)
    assert "未交班" in typed.type("duties", "now").out
    assert typed.done("duties", "continue")["began"] == "continued"
    ran = typed.type("duties", "force", "--why", "晕倒", staff="KF02")
    assert ran.status == 1
    done = typed.done("duties", "force", "--why", "晕倒", "--staff", "赵敏", staff="KF03")
    assert done["state"] == "forced"
    (now,) = typed.done("duties", "now")
    assert (now["staff"], now["began"], now["via"]) == ("KF02", "forced", done["number"])


def test_a_repeat_with_its_key_hands_over_once(typed: Office) -> None:
    number = given(typed)
    looked(typed, number)
    key = "0192f3a4-5b6c-7d8e-9f00-112233445566"
    words = ("handovers", "accept", number, "--taker", "KF02", "--key", key)
    assert typed.done(*words) == typed.done(*words)
    assert len(holders(typed)) == 2
