"""A form half filled in whose step was taken by somebody else is no burden for ever."""

from tests.desks import second_desk
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock


async def half_filled(seen: Console, words: str = "业主自己修好了") -> None:
    await seen.press("f3", "f8")
    await seen.type("取消")
    await seen.press("enter")
    await seen.type(words)
    await seen.press("escape")
    assert len(seen.screen.drafts) == 1


async def command(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def test_a_draft_that_was_overtaken_says_by_whom_and_can_go(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    other = second_desk(desk)
    async with console(desk) as seen:
        await half_filled(seen)
        taken(other, number, "cancel", said="不修了")
        await seen.beat()
        await seen.press("f10")
        await seen.type("接着填")
        await seen.press("enter")
        assert "PG-001 走不了「取消报修」了：赵敏" in seen.text
        assert "现在是「已取消」" in seen.text
        assert "业主自己修好了" in seen.text, "what was typed is seen before it goes"
        await seen.press("1")
        assert len(seen.screen.drafts) == 1
        assert "丢掉草稿" in seen.news
        await command(seen, "丢掉草稿")
        assert seen.screen.choose.offered[0].words == "先留着", "not what Enter alone would do"
        await seen.press("2")
        assert seen.screen.drafts == []
        assert "已经丢掉" in seen.news
    other.engine.dispose()


async def test_after_a_restart_f3_leads_to_it_and_it_can_go(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk) as seen:
        await half_filled(seen)
        await seen.press("ctrl+q")
    taken(second := second_desk(desk), number, "cancel", said="不修了")
    async with console(desk) as seen:
        assert "有 1 张表没填完，按 F3" in seen.news
        await seen.press("f3")
        assert "走不了「取消报修」了" in seen.text
        await seen.press("escape")
        assert len(seen.screen.drafts) == 1, "Esc keeps it"
        await command(seen, "丢掉草稿")
        await seen.press("2")
        assert seen.screen.drafts == []
    second.engine.dispose()


async def test_a_joint_draft_that_was_overtaken_can_go(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    numbers = [registered(desk, clock, text) for text in ("门", "窗")]
    other = second_desk(desk)
    async with console(desk) as seen:
        await seen.press("f3", "space", "space", "f8")
        await seen.type("备注")
        await seen.press("enter")
        await seen.type("明天一起来")
        await seen.press("escape")
        taken(other, numbers[0], "cancel", said="不修了")
        await seen.beat()
        await seen.press("f10")
        await seen.type("接着填")
        await seen.press("enter")
        assert "PG-001 PG-002 走不了「备注」了" in seen.text
        await seen.press("2")
        assert seen.screen.drafts == []
    other.engine.dispose()


async def test_a_draft_that_can_still_be_filled_in_is_not_offered_for_throwing_away(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk) as seen:
        await half_filled(seen)
        await seen.press("f10")
        await seen.type("接着填")
        await seen.press("enter")
        assert seen.form.answers()["said"] == "业主自己修好了"
        await command(seen, "丢掉草稿")
        assert seen.screen.form is None
        assert seen.screen.drafts == []
        assert "已经丢掉" in seen.news
        await command(seen, "丢掉草稿")
        assert "没有填了一半的表" in seen.news


async def test_what_would_go_is_what_somebody_typed_in_words(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    async with console(desk) as seen:
        seen.screen.open_form(number, "notify")
        await seen.settle()
        rows = {row.question.name: row for row in seen.form.rows}
        proposed = rows["whom"].question.proposed
        assert rows["how"].question.proposed == "phone"
        rows["whom"].field.put(f"{proposed}老王")
        await seen.settle()
        await seen.press("escape")
        await command(seen, "丢掉草稿")
        assert [one.note for one in seen.screen.choose.offered[1:]] == [f"{proposed}老王"]
        await seen.press("1")
        seen.screen.open_form(number, "notify")
        await seen.settle()
        how = next(row for row in seen.form.rows if row.question.name == "how")
        how.target.focus()
        await seen.settle()
        await seen.press("2", "escape")
        await command(seen, "丢掉草稿")
        word = how.question.choices[1][1]
        assert seen.screen.choose.offered[1].note == f"{proposed}老王 {word}", "no codes"


async def test_an_emergency_that_was_put_aside_is_come_back_to_as_it_says(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 电梯困人了")
        await seen.press("f13", "escape")
        assert "Ctrl+N" not in seen.news, "that would be another form"
        told = seen.news.partition("「")[2].partition("」")[0]
        await seen.press("f10")
        await seen.type(told)
        await seen.press("enter")
        assert seen.form.draft_name == "repair/dispatch_now", seen.text
