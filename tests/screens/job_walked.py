"""The job off the tariff, by keys alone, from the call to the archive; and what each step cost.

A key is beyond the words if it neither types an answer nor ends one: the digit of a choice is an
answer, and Enter, or the F7 that saves, ends what was typed or proposed before it. A field that is
passed empty costs its key, and so does every key between the steps.
"""

from dataclasses import dataclass, field
from datetime import datetime

from tests.desks import THURSDAY
from tests.screens.consoles import Console, console, on_duty
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

STORY = (
    "阳台推拉门轨道变形", "报价", "260.00", "陈立", "轨道变形", "滑轮", "周末不在家", "李强",
    "SJ-2026-000001", "推拉顺畅", "没人接", "师傅很细心", "已消档", "归档",
)  # fmt: skip
"""What the printed record has to tell."""


@dataclass
class Walk:
    """What was pressed: beyond the words for every step by its name, and between the steps."""

    clock: StoppedClock
    steps: list[tuple[str, int]] = field(default_factory=list)
    between: int = 0
    said: list[str] = field(default_factory=list)  # the news after every step

    def it_is(self, day: int, hour: int, minute: int = 0) -> None:
        """A time of a day in November."""
        self.clock.set(datetime(2026, 11, day, hour, minute, tzinfo=THURSDAY.tzinfo))

    async def go(self, seen: Console, *keys: str, words: str = "") -> None:
        """On the way from one step to the next; the words are ended by Enter."""
        await seen.press(*keys)
        if words:
            await seen.type(words)
            await seen.press("enter")
        self.between += len(keys)

    async def step(
        self, seen: Console, name: str, *answers: str, key: str = "f7", listed: str = ""
    ) -> None:
        """A step with its answers: words, "#3" for the third of a choice, "" to pass a field.
        `listed` are the words that find it where `key` leads to a list of steps.
        """
        begun, ended = seen.keys, 0
        await seen.press(key)
        if listed:
            await seen.type(listed)
            await seen.press("enter")
            ended += 1
        for n, answer in enumerate(answers, 1):
            if answer.startswith("#"):
                await seen.press(answer[1:])
                ended += 1
                continue
            if answer:
                await seen.type(answer)
            if n < len(answers):
                await seen.press("enter")
                ended += bool(answer)
        await seen.press("f7")  # ends the last answer, or what is proposed
        self._done(seen, name, seen.keys - begun - ended - 1)

    def _done(self, seen: Console, name: str, beyond: int) -> None:
        assert seen.screen.form is None, seen.text
        self.said.append(seen.news)
        self.steps.append((name, beyond))


async def walk(desk: Desk, clock: StoppedClock) -> Walk:
    """The job as it was lived, each person at their own console."""
    done = Walk(clock)
    async with console(on_duty(desk)) as seen:
        await _ordered(done, seen)
        await _worked(done, seen)
    async with console(desk.as_staff("SF01")) as seen:
        await done.go(seen, "f3", "down")
        await done.step(seen, "收款", "#3")
    async with console(desk.as_staff("KF05")) as seen:
        await _answered(done, seen)
    return done


async def _ordered(done: Walk, seen: Console) -> None:
    """From the call to the worker; the rule that comes first is met once."""
    await seen.type("3-1-502 阳台推拉门轨道变形")
    await seen.press("enter")
    await done.step(seen, "开派工单", "标准外")
    await done.step(seen, "通知工程部")
    await done.step(seen, "领单", "李强")
    await done.go(seen, "f8", words="派工")
    done.said.append(seen.news)
    await done.step(seen, "报价", "260")
    await done.step(seen, "业主同意报价", listed="同意")
    await done.step(seen, "派工", "李强")


async def _worked(done: Walk, seen: Console) -> None:
    """A part is missing; nobody is at home over the weekend; the second visit ends it."""
    agreed = ("#1", "轨道变形", "", "40", "#1")
    await done.step(seen, "到场")
    await done.step(seen, "同意维修", *agreed)
    await done.step(seen, "离场待办", "滑轮", "采购", "明天15点", key="f8", listed="离场")
    done.it_is(20, 14)
    await seen.beat()
    await done.step(seen, "挂起", "#4", "11-23 9点", "周末不在家", key="f8", listed="挂起")
    done.it_is(23, 9, 5)
    await seen.beat()
    await done.step(seen, "恢复", key="f8", listed="恢复")
    await done.step(seen, "到场")
    await done.step(seen, "同意维修", *agreed)
    done.it_is(23, 10, 20)
    await seen.beat()
    await done.step(seen, "完工", "修推拉门轨道=260", "", "#1")
    await done.step(seen, "回单", "7")


async def _answered(done: Walk, seen: Console) -> None:
    """Verified, called back at the second try, closed."""
    await done.go(seen, "f3", "down")
    await done.step(seen, "核实", "推拉顺畅")
    await done.go(seen, "f10", "3")
    await done.step(seen, "没联系上", "没人接", key="f8", listed="没联系上")
    done.it_is(24, 9, 30)
    await seen.beat()
    await done.step(seen, "已回访", "#1", "师傅很细心")
    await done.go(seen, "escape")
    await done.step(seen, "消档")
