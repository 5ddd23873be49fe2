"""Who sits at the desk: the lock, taking over, the duty; and what was left half typed."""

from textual import work

from screens import asking, asking_acts
from screens.acting import Acting
from screens.base import console
from screens.drafts import LINE, Draft
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _


class Seat(Acting):
    """The person, and their drafts."""

    @work(exclusive=True, group="lock")
    async def show_lock(self, number: str = "") -> None:
        """Shows nothing until somebody has said who they are."""
        from screens.lock import Lock  # not needed for the first paint

        desk = await self.app.push_screen_wait(Lock(number))
        before = console(self).desk.staff
        console(self).sit_down(desk)
        await self.seated()
        if before and before != desk.staff:
            told = _("现在由 {name} 操作；没填完的都还在。").format(name=self.person)
            self.say(told + self.left_by_others())

    def left_by_others(self) -> str:
        """What there is to say, besides, of what others have left half typed."""
        return ""

    async def seated(self) -> None:
        """Somebody has sat down: their name, their rights, the queue."""
        desk = console(self).desk
        try:
            people = await console(self).ask(asking.people)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            people = ()
        here = next((person for person in people if person.number == desk.staff), None)
        self.person, self.title = (here.name, here.title) if here else (desk.staff, "")
        await self.reload()
        if self._picture is not None and self._duty() is None:
            self.say(_("现在没有人值前台的班：按 F10，打「值班」，回车。"), refused=True)

    async def restore(self) -> None:
        """Puts back what was half typed when the console ended; what was saved is said."""
        app = console(self)
        told = [await self._settled(name, app.spool.get(name)) for name in list(app.spool)]
        kept = app.spool.get(LINE)
        if kept.answers.get("words"):
            self.intake.restore(
                str(kept.answers["words"]), kept.caret, str(kept.answers.get("picked", ""))
            )
        self.keep_line()  # with what was typed before the drafts were read
        if self.drafts:
            told.append(_("有 {n} 张表没填完，按 F3 接着填。").format(n=len(self.drafts)))
        if any(told):
            self.say(" ".join(filter(None, told)))
        self._tell_status()

    async def _settled(self, name: str, draft: Draft) -> str:
        """Drops a draft that was saved in the moment the console ended, and says so."""
        try:
            result = await console(self).ask(asking_acts.acknowledged, draft.key)
        except DeskError:
            return ""
        if result is None:
            return ""
        console(self).spool.drop(name)
        number = result.get("number") or result.get("contact") or ""
        return _("上次最后一件已经保存为 {number}。").format(number=number)

    @work(group="duty")
    async def start_duty(self) -> None:
        try:
            await console(self).ask(asking.start_duty)
            check = await console(self).ask(asking.self_check)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        await self.reload()
        self.say_check(_("{name} 开始值班。").format(name=self.person), check)

    def say_check(self, told: str, check: "asking.Spoken | None") -> None:
        """What was done, and the short look at oneself with which a duty begins (KF-15)."""
        words = f"{check.when}：{' '.join(check.say)}" if check else ""
        self.say(f"{told}{words}")
        self.clause = check.clause if check else ""  # F1 shows it

    @work(group="duty")
    async def set_clock(self, typed: str) -> None:
        from screens.moments import read
        from wuye_tui.rules.clock import MovedClock  # not needed for the first paint

        app = console(self)
        try:
            moment = read(typed, app.desk.now(), app.desk.zone)
            app.sit_down(app.desk.at(MovedClock.starting_at(moment)))
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        await self.reload()
        self.say(_("演练时间已改。"))
