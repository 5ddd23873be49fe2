"""The duty manager's patrol at the console (ZB-4.3): one key begins it and asks where somebody
stands; a place in order is two digits, a finding becomes a task order by one key behind its words.
"""

from typing import TYPE_CHECKING

from textual import work

from screens import asking_log
from screens.base import console
from screens.commands import LOG
from screens.looking import Looked, Looking
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from screens.widgets.choose import Choose
    from screens.widgets.entries import EntriesPane
    from screens.widgets.log_pane import LogPane
    from wuye_tui.desk import Result
    from wuye_tui.registers.log_board import Running
    from wuye_tui.rules.patrol_plan import Spot

WHERE, ALL = "patrol_where", "patrol_all"  # the lists to choose from
NEAR = 7  # places that one digit leads to
FINISH, FINDING, CANCEL, OTHER = "finish", "finding", "cancel", "other"


class Patrolling(Looking):
    """F9, and what it asks; Space, at what was put right."""

    def on_log_pane_patrol(self, event: "LogPane.Patrol") -> None:
        """By its key."""
        event.stop()
        self.action_patrol()

    @work(exclusive=True, group="patrol")
    async def action_patrol(self) -> None:
        """Begins a patrol; while one lasts, asks where somebody stands."""
        self._day = None
        if not await self.read_log():
            return
        assert self.board is not None
        if self.board.running is not None:
            self._ask_where(self.board.running)
        elif self.board.holds:
            await self._begin()
        else:
            self.open_form("", "register", kind="patrol")

    async def _begin(self) -> None:
        from wuye_tui.desk import new_key

        if not self._may_send():
            return
        try:
            result = await console(self).ask(asking_log.begin_patrol, new_key())
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        finally:
            self._sent()
        await self.done(result)
        told = _("{number} 巡查开始了：到了一处按 F9。误按的，按 F9 选「其他」里的取消。")
        self.say(told.format(number=result["number"]))

    def _ask_where(self, running: "Running") -> None:
        from screens.widgets.choose import Option

        assert self.board is not None
        fresh = {spot.code for spot in self.board.log.patrol.unvisited}
        options = [
            Option(
                f"spot:{spot.code}",
                spot.name,
                _("还没到") if spot.code in fresh else self._seen_at(spot),
                spot.clause,
            )
            for spot in self.board.spots[:NEAR]
        ]
        options.append(Option(f"walk:{OTHER}", _("其他"), _("别的地方、别的问题、取消巡查")))
        options.append(Option(f"walk:{FINISH}", _("结束巡查"), self._so_far()))
        title = _("{number} 巡查中，到了哪里？").format(number=self.in_short(running.number))
        nothing = _("这里没有列出：按 Enter 到全部里找。")
        self.open_panel("choose", self.choose.field)
        self.choose.offer(WHERE, title, options, numbers=True, nothing=nothing)

    def _seen_at(self, spot: "Spot") -> str:
        from wuye_tui.rules.patrol_time import DUE

        told = self.telling()
        seen = next((p.seen for p in told.board.log.patrol.posts if p.spot.code == spot.code), None)
        if seen is not None:
            return _("{time} 到过").format(time=told.at(seen.at))
        rounds = [one for one in told.board.log.patrol.rounds if one.spot.code == spot.code]
        due = next((one for one in rounds if one.stands == DUE), None)
        return _("{time} 的一次").format(time=told.at(due.at)) if due else ""

    def _so_far(self) -> str:
        from wuye_tui.registers.patrols import spent

        told = self.telling()
        return _("今天已巡 {time}").format(time=spent(told.board.patrolled(told.now)))

    def _ask_of_all(self, typed: str = "") -> None:
        from screens.widgets.choose import Option

        assert self.board is not None
        options = [Option(f"spot:{one.code}", one.name, "", one.clause) for one in self.board.spots]
        options.append(Option(f"walk:{FINDING}", _("别处发现问题"), _("不签到，只开任务单")))
        options.append(Option(f"walk:{CANCEL}", _("取消这次巡查"), _("写明为什么")))
        self.open_panel("choose", self.choose.field)
        self.choose.offer(ALL, _("到了哪里，或者要办什么？"), options)
        self.choose.field.value = typed
        self.choose.field.cursor_position = len(typed)

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """Where somebody stands, or what becomes of the patrol."""
        kind, _colon, name = event.id.partition(":")
        running = self.board.running if self.board is not None else None
        if running is None or event.list not in (WHERE, ALL):
            return
        if not event.id or name == OTHER:
            self._ask_of_all(event.typed if not event.id else "")
        elif kind == "spot":
            self._look_at_spot(next(one for one in self.board.spots if one.code == name))  # type: ignore[union-attr]
        elif name == FINISH:
            self.decided(running.number, FINISH, {}, running.last, self._told_of_end)
        else:
            self.open_form(running.number, name)

    def _told_of_end(self, _result: "Result") -> str:
        assert self.board is not None
        lacks = self.board.log.patrol.lacks()
        told = _("巡查结束，{so_far}。").format(so_far=self._so_far())
        return told + (_("还缺：{lacks}").format(lacks=listed(lacks)) if lacks else "")

    def _look_at_spot(self, spot: "Spot") -> None:
        """What is read in a room has a field of its own: there it is the whole form."""
        from wuye_tui.rules.patrol_plan import ROOM

        assert self.board is not None
        assert self.board.running is not None
        running, spool = self.board.running, console(self).spool
        known = {"spot": spot.name, "sound": False}
        looked = Looked(running.number, running.last, "visit", "found", known, spot.name, spot)
        draft = spool.get(looked.name) if looked.name in spool else None
        if draft is not None and draft.answers.get("spot") not in ("", None, spot.name, spot.code):
            told = _("「{spot}」的签到填了一半：先保存，或按 F10 打「丢掉草稿」。")
            self.say(told.format(spot=draft.answers["spot"]))
            self.go_on(looked.name)
        elif spot.sort == ROOM:
            self.open_form(running.number, "visit", {"spot": spot.name})
        else:
            self.open_look(looked)

    # Looked at again

    def on_log_pane_again(self, event: "LogPane.Again") -> None:
        """Space."""
        event.stop()
        if not self._again(event.entry.key):
            self.say(_("空格是复查整改用的：先选中一件待复查的。"), refused=True)

    def on_entries_pane_opened(self, event: "EntriesPane.Opened") -> None:
        """Enter on what is to be looked at again."""
        if event.pane == LOG and self._again(event.entry.key):
            event.prevent_default().stop()

    def _again(self, key: str) -> bool:
        from screens.log_tasks import RECHECK

        kind, _colon, number = key.partition(":")
        tasks = self.board.log.to_recheck if self.board is not None and kind == RECHECK else ()
        task = next((one for one in tasks if one.number == number), None)
        if task is not None:
            self.look_again(task)
        return task is not None

    def action_rechecks(self) -> None:
        """The log, at the first thing that is to be looked at again."""
        from screens.log_tasks import RECHECK

        super().open_log(f"{RECHECK}:")
