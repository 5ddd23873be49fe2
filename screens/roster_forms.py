"""Swaps and absences from a square of the grid (ZB-4.4): two forms, each the draft of its own
square until the register has it.
"""

import json
from datetime import date
from typing import TYPE_CHECKING, cast

from textual import work

from screens import asking_rosters
from screens.base import console
from screens.commands import FORM, LINE, ROSTER
from screens.rosters import Rosters
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from screens.acting import Way
    from screens.asking import Filled, Sheet
    from screens.asking_rosters import RosterSheet
    from screens.forms import _Opened
    from screens.widgets.step_form import StepForm
    from wuye_tui.desk import Desk, Result
    from wuye_tui.rules.rosters import Cell

KIND = "roster"  # of the forms; the square stands behind colons


class RosterForms(Rosters):
    """F7 and F8 over the grid, and what becomes of their forms."""

    @property
    def has_own_keys(self) -> bool:
        """F7 and F8 are those of the grid."""
        return self.has_roster_keys or super().has_own_keys

    def key_words(self, place: str) -> dict[str, str]:
        """What they do there; nothing over a square without a shift, or a draft."""
        words = super().key_words(place)
        if place == ROSTER:
            has_shift = self._is_published and bool(self.roster_pane.cells)
            words["main"] = _("换班") if has_shift else ""
            words["steps"] = _("缺勤") if has_shift else ""
            if self.roster_pane.row is None:
                words["roster_whose"] = words["roster_where"] = ""
        elif self.is_roster_read:
            words["main"] = words["steps"] = ""
        elif place == FORM and self.roster_form is not None:
            words["steps"] = ""
        return words

    @property
    def _is_published(self) -> bool:
        shown = self.roster_pane.roster
        return shown is not None and not shown.is_draft

    def own_main(self) -> None:
        """F7: a swap."""
        if self.has_roster_keys:
            self._open_of_square("swap")
        else:
            super().own_main()

    def own_steps(self) -> None:
        """F8: an absence."""
        if self.has_roster_keys:
            self._open_of_square("absent")
        else:
            super().own_steps()

    def _open_of_square(self, verb: str) -> None:
        """Of a day with two shifts the form is about the first; an absence is of the whole day."""
        cells, board = self.roster_pane.cells, self.roster_pane.board
        if self.is_roster_read:
            self.say(_("先按 Esc 回到排班，看好是哪一格再按。"), refused=True)
            return
        if not self._is_published or not cells or board is None:
            self.say(_("先把光标放到有班的一格：只有发布了的班能换。"), refused=True)
            return
        self.open_form("", verb, kind=_name(board.kind.code, cells[0]))

    # The form

    @property
    def drafts(self) -> list[str]:
        """The forms half filled in; those of a square are come back to from there."""
        return [name for name in super().drafts if not name.startswith(f"{KIND}:")]

    @property
    def _left_squares(self) -> list[str]:
        return [name for name in console(self).spool if name.startswith(f"{KIND}:")]

    def left_square(self) -> "tuple[str, Cell] | None":
        """The square of the last form that is half filled in."""
        return _square(self._left_squares[-1].rpartition("/")[0]) if self._left_squares else None

    def tell_left(self) -> None:
        """The news name the kind and whose shift it is: they outlast the grid."""
        from screens.offers import step_word

        name, board = self._left_squares[-1], self.roster_pane.board
        code, cell = _square(name.rpartition("/")[0])
        word = next((one.word for one in board.kinds if one.code == code), code) if board else code
        told = _("{kind} {day} {name}：{step}填了一半，打的都在，按 {key} 接着填。").format(
            kind=_(word),
            day=f"{cell.day:%m-%d}",
            name=self._names().get(cell.staff, cell.staff),
            step=step_word(name),
            key="F7" if name.endswith("/swap") else "F8",
        )
        self.say(told)

    @property
    def roster_form(self) -> "StepForm | None":
        """The form that is open, if it is one of a square's."""
        form = self.form
        return form if form is not None and form.draft_name.startswith(f"{KIND}:") else None

    async def _sheet(self, opened: "_Opened") -> "Sheet | None":
        if not opened.kind.startswith(f"{KIND}:"):
            return await super()._sheet(opened)
        code, cell = _square(opened.kind)
        try:
            return await console(self).ask(asking_rosters.sheet, opened.verb, code, cell)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return None

    async def cannot_open(self, opened: "_Opened") -> None:
        """A form of a square is no step that somebody else may have taken."""
        if not opened.kind.startswith(f"{KIND}:"):
            await super().cannot_open(opened)

    def _how_to_go_on(self, form: "StepForm") -> str:
        if not form.draft_name.startswith(f"{KIND}:"):
            return super()._how_to_go_on(form)
        key = "F7" if form.sheet.row.verb == "swap" else "F8"
        told = _("{what}：填的都留着，回到这一格再按 {key} 接着填。")
        return told.format(what=form.sheet.facts["text"], key=key)

    def way_to(self, number: str) -> "Way":
        """The form of a square in sight has no number that could be named."""
        form = self.roster_form
        if form is None or self.panel != "form-box" or self.place == LINE:
            return super().way_to(number)
        return "", _(form.sheet.row.word)

    # What becomes of it

    def on_step_form_save(self, event: "StepForm.Save") -> None:
        """A form of a square is no step of a matter."""
        if not event.form.draft_name.startswith(f"{KIND}:"):
            return
        event.prevent_default()
        event.stop()
        if not event.form.is_saved and not self.must_wait():
            self._agree(event.form, event.filled)

    @work(group="lock")
    async def _agree(self, form: "StepForm", filled: "Filled") -> None:
        """Who gives a shift away has the other agree, by their PIN, unless it is ordered."""
        about, proven = cast("RosterSheet", form.sheet), ""
        if about.row.verb == "swap":
            try:
                asks = await console(self).ask(asking_rosters.needs_other, about.kind)
            except DeskError as error:
                self._refuse(form, error)
                return
            if asks:
                second = await self._other(about, str(filled.given["other"]))
                if second is None:
                    return
                proven = second.staff
        self._write_square(form, about, filled, proven)

    async def _other(self, about: "RosterSheet", taker: str) -> "Desk | None":
        from screens.lock import Lock  # not needed for the first paint

        assert about.cell is not None
        number = about.cell.staff if taker == console(self).desk.staff else taker
        screen = Lock(number, _("换班：对方同意，输密码"), [number])
        return cast("Desk | None", await self.app.push_screen_wait(screen))

    @work(group="save")
    async def _write_square(
        self, form: "StepForm", about: "RosterSheet", filled: "Filled", proven: str
    ) -> None:
        app, draft = console(self), self._kept(form)
        words = json.dumps([dict(filled.given), proven], sort_keys=True)
        if not self._may_send():
            return
        try:
            if await self._saved_before(draft, words):
                return
            key = draft.key_for(words)
            app.spool.put(form.draft_name, draft)
            await app.write_drafts()
            if about.row.verb == "swap":
                done = await app.ask(asking_rosters.swap, about, filled.given, proven, key)
            else:
                done = await app.make(asking_rosters.absent, about, filled.given, key)
        except DeskError as error:
            self._refuse(form, error)
            return
        finally:
            self._sent()
        form.is_saved = True
        app.spool.drop(form.draft_name)
        await self.close_form(form.draft_name).wait()
        await self.reload()
        told, is_open = written_words(about.row.verb, done, self._names())
        self.say(told, refused=is_open)

    def _names(self) -> dict[str, str]:
        shown = self.roster_pane.roster
        return {one.number: one.name for one in shown.people} if shown is not None else {}


def written_words(verb: str, done: "Result", names: dict[str, str]) -> tuple[str, bool]:
    """What was done, in a sentence, and whether a shift is still without anybody."""
    number = str(done.get("number", ""))
    if verb == "swap":
        told = _("{number} 换班已记下，发布为第 {version} 版。")
        return told.format(number=number, version=done.get("version", "")), False
    if done.get("open"):
        why = str(done["open"][0]["why"])
        return _("{number} 已请假；班还空着：{why}").format(number=number, why=why), True
    on = [one for made in done.get("mended", ()) for one in made.get("on", ())]
    if not on:
        return _("{number} 已请假，没有班要补。").format(number=number), False
    who = listed(f"{one['day'][5:]} {names.get(one['staff'], one['staff'])}" for one in on)
    return _("{number} 已请假，替班：{who}；新的一版已发布。").format(number=number, who=who), False


def _name(code: str, cell: "Cell") -> str:
    """The kind of a form: the square that it is about."""
    return ":".join((KIND, code, f"{cell.day:%Y%m%d}", cell.shift, cell.staff, cell.post))


def _square(name: str) -> "tuple[str, Cell]":
    from wuye_tui.rules.rosters import Cell

    _kind, code, day, shift, staff, post = name.split(":", 5)
    return code, Cell(date.fromisoformat(day), shift, post, staff)
