"""A job to its last signature, by keys alone; its printed record tells the whole story.

The same job as by commands: off the tariff, refused by a rule once, held over a weekend, revisited
for a part, finished, paid, verified, called back at the second try, closed, archived.
"""

import pytest

from tests.factories import a_repair
from tests.screens.consoles import Console, console, on_duty, registered, taken
from tests.screens.job_walked import STORY, walk
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock

JOB = "PG-20261119-001"


async def paper(seen: Console) -> str:
    """All that the form says, page by page, without its blanks."""
    pages = [seen.text]
    for _ in range(20):
        await seen.press("pagedown")
        if seen.text == pages[-1]:
            break
        pages.append(seen.text)
    return "".join("".join(pages).split())


@pytest.mark.clause(
    "BX-10", "BX-13", "BX-15", "BX-16", "BX-17", "XX-4.2.5", "XX-4.3.7b", "XX-4.3.7d", "XX-4.3.8",
)  # fmt: skip
async def test_the_whole_story_is_walked_by_keys_few_of_them_and_stands_on_its_paper(
    desk: Desk, clock: StoppedClock
) -> None:
    done = await walk(desk, clock)
    # A plain step costs one key and its words: the price of parts is passed, and a second Enter
    # ends the list of what was done.
    dear = {name: keys for name, keys in done.steps if keys != 1}
    assert dear == {"同意维修": 2, "完工": 2}
    assert show(desk, JOB).situation.state == "closed", done.said
    async with console(desk.as_staff("XZ01")) as seen:
        await seen.press("f10")
        await seen.type("归档")
        await seen.press("enter", "f7", "2")
        assert "归档了 2 份。" in seen.news
        await seen.press("escape", "f10")
        await seen.type(JOB)
        await seen.press("enter", "f10")
        await seen.type("打印")
        await seen.press("enter", "enter")
        told = await paper(seen)
        for said in STORY:
            assert said in told, (said, told)
    view = show(desk, JOB)
    assert view.situation.state == "archived"
    assert len(view.situation.visits) == 2
    late = [one.name for one in view.clocks if one.late(view.now)]
    assert late == ["resume"], "they came back five minutes after nine, and to nothing else late"
    assert check(desk).clean


@pytest.mark.clause("BX-10")
async def test_a_step_that_is_looked_for_and_not_open_says_why(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "阳台的架子掉了")
    taken(desk, number, "issue", charge="paid", tariff="off")
    taken(desk, number, "notify", whom="工程部", how="phone")
    taken(desk, number, "collect", collector="GC03")
    async with console(on_duty(desk)) as seen:
        await seen.press("f8")
        assert "业主同意报价之后" not in seen.text, "what cannot be done is not offered"
        await seen.type("派工")
        assert "收费标准以外的项目，业主同意报价之后才能派工。  BX-10" in seen.text
        await seen.press("enter")
        assert seen.news.startswith("现在不能「派工」：")
        assert seen.screen.clause == "BX-10"
        await seen.press("f8")
        await seen.type("没有这一步")
        assert "没有这样的，请换个字。" in seen.text


@pytest.mark.clause("FW-1.6")
async def test_whoever_has_only_to_collect_the_money_is_led_to_it(desk: Desk) -> None:
    a_repair(desk, upto="finished")
    async with console(on_duty(desk).as_staff("SF01")) as seen:
        await seen.press("f3", "down")
        assert "F7 收款" in seen.text.splitlines()[-1]
        await seen.press("f7", "1", "f7")
        assert "收据 SJ-2026-000001" in seen.news
        assert "F7 收款" not in seen.text.splitlines()[-1], "nothing is owed any more"
