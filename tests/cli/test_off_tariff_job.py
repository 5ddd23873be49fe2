"""A job to its last signature, by the command line alone; its printed record tells the whole story.

Off the tariff, refused by a rule once, held over a weekend, revisited for a part, finished, paid,
verified, called back at the second try, archived.
"""

from datetime import datetime

import pytest

from tests.cli.lines import Office, typed
from tests.desks import THURSDAY

__all__ = ["typed"]


def at(office: Office, day: int, hour: int, minute: int = 0) -> None:
    """It is that time of a day in November."""
    office.now = datetime(2026, 11, day, hour, minute, tzinfo=THURSDAY.tzinfo)


@pytest.mark.clause(
    "BX-10", "BX-13", "BX-15", "BX-16", "BX-17", "XX-4.2.5", "XX-4.3.7b", "XX-4.3.7d", "XX-4.3.8",
)  # fmt: skip
def test_the_whole_story_is_walked_by_commands_and_stands_on_its_paper(typed: Office) -> None:
    words = ("--unit", "3-1-502", "--text", "阳台推拉门轨道变形", "--caller", "陈立")
    number = str(typed.done("repairs", "register", *words)["number"])

    def step(verb: str, *options: str, staff: str = "KF01", of: str = "") -> None:
        noun = "callbacks" if of else "repairs"
        typed.done(noun, verb, of or number, *options, staff=staff)

    step("issue", "--charge", "paid", "--tariff", "off")
    step("notify", "--whom", "工程部", "--how", "phone")
    step("collect", "--collector", "GC03")
    refused = typed.type("repairs", "assign", number, "--worker", "GC03", staff="GC01")
    assert (refused.status, refused.err[:6]) == (1, "BX-10:")
    step("quote", "--fee", "260", "--told-how", "phone", staff="GC01")
    step("consent", "--agreed-by", "陈立")
    step("assign", "--worker", "GC03", staff="GC01")
    step("arrive", staff="GC03")
    agreed = ("--tariff-shown", "--damage", "轨道变形", "--minutes", "40", "--consent")
    step("agree", *agreed, staff="GC03")
    step(
        "leave",
        "--missing",
        "滑轮",
        "--gets",
        "采购",
        "--back-at",
        "2026-11-20 15:00",
        staff="GC03",
    )
    at(typed, 20, 14)
    step("hold", "--hold", "customer", "--until", "2026-11-23 09:00", "--why", "周末不在家")
    at(typed, 23, 9, 5)
    step("resume")
    step("arrive", staff="GC03")
    step("agree", *agreed, staff="GC03")
    at(typed, 23, 10, 20)
    step("finish", "--line", "修推拉门轨道=260", "--tried", "--resident", "陈立", staff="GC03")
    typed.done("repairs", "pay", number, "--means", "wechat", staff="SF01")
    step("return", "--register-line", "7", staff="GC01")
    step("verify", "--finding", "推拉顺畅", staff="KF05")
    callback = str(typed.done("repairs", "show", number)["children"][0])
    step("try", "--note", "没人接", of=callback)
    assert typed.type("repairs", "close", number).status == 1, "not before the callback (BX-17)"
    at(typed, 24, 9, 30)
    step("reach", "--satisfaction", "satisfied", "--opinion", "师傅很细心", of=callback)
    step("close")
    step("archive", staff="XZ01")
    shown = typed.done("repairs", "show", number)
    assert shown["state"] == "archived"
    assert len(shown["visits"]) == 2
    assert not any(clock["late"] for clock in shown["deadlines"] if clock["name"] == "unsolved")
    assert typed.type("repairs", "note", number, "--note", "x").status == 1, "nothing changes now"
    assert typed.done("check")["clean"]
    paper = typed.type("forms", "print", "slip", number).out
    for said in (
        "阳台推拉门轨道变形", "报价", "260.00", "陈立", "轨道变形", "滑轮", "周末不在家", "李强",
        "SJ-2026-000001", "推拉顺畅", "没人接", "师傅很细心", "已消档", "归档",
    ):  # fmt: skip
        assert said in "".join(paper.split()), said
