"""The directory at the console: the numbers at hand, tried, changed, added and taken out."""

import json
from typing import TYPE_CHECKING, Any, cast

from textual import work
from textual.widget import Widget

from screens import asking_finding
from screens.base import console
from screens.calls import Calls
from screens.commands import NUMBERS
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.asking import Filled, Sheet
    from screens.forms import _Opened
    from screens.widgets.number_list import NumberList
    from screens.widgets.step_form import StepForm
    from wuye_tui.registers.directory import Entry

KIND = "directory"  # of its forms; the name of the entry stands behind a colon


class Numbers(Calls):
    """The list of numbers, and the two forms that change it."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[Entry] = ()

    def panels(self) -> list[Widget]:
        """The list."""
        from screens.widgets.number_list import NumberList  # not needed for the first paint

        return [*super().panels(), NumberList(id=NUMBERS)]

    @property
    def numbers(self) -> "NumberList":
        """The list of the directory."""
        found: Any = self.query_one(f"#{NUMBERS}")
        return cast("NumberList", found)

    @property
    def drafts(self) -> list[str]:
        """The forms half filled in; those of the directory are come back to from its list."""
        return [name for name in super().drafts if not name.startswith(KIND)]

    async def read_more(self) -> None:
        """The list, while it is seen, follows every act of anybody."""
        await super().read_more()
        if self.is_up(NUMBERS):
            await self._read_numbers()

    def action_directory(self) -> None:
        """The numbers at hand."""
        self.show_numbers("")

    def show_numbers(self, typed: str) -> None:
        """The numbers that these words mean."""
        self.open_panel(NUMBERS, self.numbers.field)
        self.numbers.field.value = typed
        self._open_numbers()

    @work(exclusive=True, group="numbers")
    async def _open_numbers(self) -> None:
        await self._read_numbers()

    async def _read_numbers(self) -> None:
        try:
            self._entries = await console(self).ask(asking_finding.numbers)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        self.list_numbers()

    def list_numbers(self, first: bool = False) -> None:
        """Lists those that what was typed means."""
        typed = self.numbers.typed
        entries = [one for one in self._entries if one.matches(typed)]
        empty = _("通讯录还是空的：请管理员用 wuye directory import 导入，或按 Ctrl+N 加。")
        nothing = _("通讯录里没有「{words}」，按 Ctrl+N 加。").format(words=typed)
        self.numbers.offer(entries, nothing if self._entries else empty, first=first)

    def on_number_list_tried(self) -> None:
        """F9: it was tried just now."""
        entry = self.numbers.chosen
        if entry is not None:
            self._write_tried(entry.name)

    @work(group="tried")
    async def _write_tried(self, name: str) -> None:
        try:
            done = await console(self).ask(asking_finding.tried, name)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        await self._read_numbers()
        told = _("{name} {phone} 已核对，记在您名下。")
        self.say(told.format(name=done["name"], phone=done["phone"]))

    # The forms

    def on_number_list_edit(self) -> None:
        """Enter: the entry of the cursor is to be changed."""
        entry = self.numbers.chosen
        if entry is not None:
            self.open_form("", "put", kind=f"{KIND}:{entry.name}")

    def action_new(self) -> None:
        """Ctrl+N in the directory: another number, under the name that is typed."""
        if self.place == NUMBERS:
            typed = self.numbers.typed if not self.numbers.items else ""
            self.open_form("", "put", {"name": typed} if typed else {}, kind=KIND)
        else:
            super().action_new()

    def action_strike(self) -> None:
        """The entry of the cursor is not to be called any more."""
        entry = self.numbers.chosen if self.panel == NUMBERS else None
        if entry is None:
            self.say(_("先在通讯录里选中要删的电话，再按 F10 打「删电话」。"), refused=True)
        else:
            self.open_form("", "remove", kind=f"{KIND}:{entry.name}")

    async def _sheet(self, opened: "_Opened") -> "Sheet | None":
        kind, _colon, name = opened.kind.partition(":")
        if kind != KIND:
            return await super()._sheet(opened)
        try:
            return await console(self).ask(asking_finding.entry_sheet, name, opened.verb)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return None

    def _how_to_go_on(self, form: "StepForm") -> str:
        if not form.draft_name.startswith(KIND):
            return super()._how_to_go_on(form)
        return _("填的都留着：在通讯录里再打开一次接着填。")

    def on_step_form_save(self, event: "StepForm.Save") -> None:
        """A form of the directory is no step of a matter."""
        if event.form.draft_name.startswith(KIND):
            event.prevent_default()
            event.stop()
            if not event.form.is_saved and self._may_send():
                self._write_number(event.form, event.filled)

    @work(group="save")
    async def _write_number(self, form: "StepForm", filled: "Filled") -> None:
        app, draft = console(self), self._kept(form)
        words = json.dumps(dict(filled.given), sort_keys=True)
        try:
            key = draft.key_for(words)
            app.spool.put(form.draft_name, draft)
            await app.write_drafts()
            asked = form.sheet, form.seen, filled.given, key
            done = await app.ask(asking_finding.write_number, *asked)
        except DeskError as error:
            form.seen = form.sheet.seen  # whoever has been told that it changed may save over it
            self._refuse(form, error)
            return
        finally:
            self._sent()
        form.is_saved = True
        app.spool.drop(form.draft_name)
        self.close_form(form.draft_name)
        await self._read_numbers()
        told = _("{name} 已从通讯录拿掉。")
        if form.sheet.row.verb == "put":
            told = _("{name} {phone} 已写进通讯录，打通后按 F9 核对。")
        self.say(told.format(**done))
