"""24 hours of the training office by keyboard: morning, noon, afternoon, night, and the morning
after, with every duty handed over and nothing of the night skipped (KF-4 to KF-13).
"""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlmodel import col

from tests.demo.test_month import lived
from tests.factories import rows_of
from tests.screens.consoles import Console, console
from wuye_tui.demo.life import Life
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, duties, handovers, night_record, nights
from wuye_tui.registers.checking import check
from wuye_tui.store.tables import Contact, Duty, Matter

DAY = date(2026, 11, 18)
BEGINS = "2026-11-18T08:05:00+08:00"
MOST = 200  # rows of a list; more is a list that never ends


class Hands:
    """Somebody at the keyboard of the office, through a day."""

    def __init__(self, life: Life, seen: Console) -> None:
        self.life, self.seen = life, seen

    @property
    def desk(self) -> Desk:
        return self.life.desk

    @property
    def holder(self) -> str:
        return next(one.staff for one in duties.now(self.desk) if one.post == "desk")

    async def at(self, moment: time, day: date = DAY) -> None:
        """The clock goes on to that time."""
        self.life.clock.set(datetime.combine(day, moment, self.desk.zone))
        await self.seen.beat()

    async def says(self, words: str) -> None:
        """A call: what was said is typed into the line."""
        await self.to_line()
        await self.seen.type(words)
        await self.seen.press("enter")
        if self.seen.screen.panel != "choose" and self.seen.screen.intake.words:
            await self.seen.press("enter")  # it is another one than the slip that is shown
        is_asked = self.seen.screen.panel == "choose"
        assert is_asked or not self.seen.screen.intake.words, self.seen.text

    async def to_line(self) -> None:
        """F2, unless the caret is there already: it would show the register then."""
        if self.seen.screen.place != "line":
            await self.seen.press("f2")

    async def opens_call(self, number: str) -> None:
        """A call of the register: what the night has left stands on top."""
        await self.to_line()
        if self.seen.screen.panel != "calls":
            await self.seen.press("f2")
        await self.seen.press("down", "home")
        calls = self.seen.screen.calls
        for _row in range(MOST):
            if calls.call == number:
                break
            await self.seen.press("down")
        await self.seen.press("enter")

    async def counts(self) -> None:
        """The giver's part: all tools are there, and the money as it should be."""
        await self.seen.press("f4")
        pane = self.seen.screen.handover_pane
        for row in [one.key for one in pane._places]:
            if row == "tools":
                await self.seen.press("home", "space")
            elif row == "cash":
                for _row in range(MOST):
                    if pane.chosen is not None and pane.chosen.key == "cash":
                        break
                    await self.seen.press("down")
                cash = handovers.now(self.desk).cash or 0
                await self.seen.press(*str(cash // 100), "full_stop", *f"{cash % 100:02d}")
        await self.seen.press("f8")

    async def looks(self) -> None:
        """The relief's part: every item that has to be looked at is ticked."""
        pane = self.seen.screen.handover_pane
        await self.seen.press("home")
        for _row in range(MOST):
            here = pane.chosen
            assert here is not None
            if here.ticks and not pane.is_ticked(here.key):
                await self.seen.press("space")
            elif here.key == "clean":  # the last of them
                return
            else:
                await self.seen.press("down")
        raise AssertionError(self.seen.text)

    async def hands_over(self, to: str) -> str:
        """The desk goes from whoever holds it to somebody else; returns the record's number."""
        giver = self.holder
        assert giver != to
        for _beat in range(6):  # the clockwork opens what is due
            await self.seen.beat()
        await self.counts()
        number = handovers.now(self.desk).number
        assert "已签字交出" in self.seen.news, self.seen.news
        await self.looks()
        await self.seen.press("f7")
        await self.seen.type(to)
        await self.seen.press("enter")
        assert self.holder == to, self.seen.news
        assert self.seen.app.desk.staff == to
        return number


def of_the_day(desk: Desk, begins: datetime) -> list[Duty]:
    kept = (col(Duty.post) == "desk") & (col(Duty.started) >= begins)
    return sorted(rows_of(desk, Duty, kept), key=lambda duty: duty.started)


@pytest.mark.clause("KF-4", "KF-5", "KF-8", "KF-10", "KF-12")
async def test_24_hours_are_played_by_keyboard_and_everything_is_handed_over(
    tmp_path: Path,
) -> None:
    life = lived(tmp_path, 1, BEGINS)
    desk, roster = life.desk, life.roster
    begins, night = desk.now(), roster.night(DAY)
    clerk, noon = roster.clerk(DAY), roster.noon(DAY)
    before = next(one.staff for one in duties.now(desk) if one.post == "desk")
    records, kept = [], contacts.left(desk)
    async with console(desk.as_staff(before)) as seen:
        hands = Hands(life, seen)
        # The morning: whoever held the night hands over.
        await hands.at(time(8, 28))
        records.append(await hands.hands_over(clerk))
        await hands.at(time(9, 10))
        await hands.says("3-1-502 厨房水龙头坏了 下午3点")
        await hands.says("大堂灯不亮 5栋")
        await hands.at(time(11, 56))
        records.append(await hands.hands_over(noon))
        await hands.at(time(12, 20))
        await hands.says("2-1-204 问物业费怎么交")
        await hands.at(time(13, 27))
        records.append(await hands.hands_over(clerk))
        await hands.at(time(16, 5))
        await hands.says("1-1-201 卫生间地漏堵了")
        await hands.at(time(17, 26))
        records.append(await hands.hands_over(night))
        # The night: three large choices.
        assert "我出去干活" in seen.text
        await hands.at(time(20, 40))
        await seen.press("1")
        await hands.says("4-1-301 水龙头坏了关不上")
        await seen.press("1", "enter")  # I go; the telephone rings at my own number
        job = nights.own_jobs(desk.as_staff(night))[-1]
        await hands.at(time(21, 15))
        await seen.press("f5", "1")  # back
        await hands.at(time(22, 30))
        await hands.says("6-1-301 楼上太吵了睡不着")
        await seen.press("1")  # the guards are told
        await hands.at(time(22, 50))
        (told,) = [row.number for row in contacts.left(desk) if row.told]
        await hands.opens_call(told)
        await seen.press("1")  # they have settled it
        await hands.at(time(23, 40))
        await hands.says("3-1-402 地板翘起来了")
        assert "这个来电怎么办" in seen.text
        await seen.type("明天")
        await seen.press("enter")  # arranged for the morning
        others = {row.number for row in kept}
        (left,) = [row.number for row in contacts.left(desk) if row.number not in others]
        # The morning after: the record, the list, the two signatures, and what was left.
        found = night_record.record(desk)
        assert [row.number for row in found.left] == [left]
        assert job in {one.number for one in found.jobs}
        after = DAY + timedelta(days=1)
        await hands.at(time(8, 29), after)
        records.append(await hands.hands_over(roster.clerk(after)))
        await hands.at(time(8, 40), after)
        await hands.opens_call(left)
        assert "地板翘起来了" in seen.screen.intake.words
        await seen.press("enter", "enter")
        assert left not in {row.number for row in contacts.left(desk)}
    held = of_the_day(desk, begins)
    assert [duty.staff for duty in held] == [clerk, noon, clerk, night, roster.clerk(after)]
    for one, other in pairwise(held):
        assert one.ended == other.started
    assert len(set(records)) == 5
    calls = rows_of(desk, Contact, col(Contact.rang) >= begins)
    ids = {duty.id for duty in held}
    assert calls
    assert all(call.duty in ids for call in calls)
    accepted = rows_of(desk, Matter, col(Matter.number).in_(records))
    assert {one.state for one in accepted} == {"accepted"}
    assert check(desk).findings == []
    desk.engine.dispose()
