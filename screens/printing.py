"""Forms at the console: chosen, read on the screen first, then sent to a printer or kept as PDF."""

from typing import TYPE_CHECKING, Any, cast

from textual import work
from textual.widget import Widget

from screens import asking_paper
from screens.base import console
from screens.commands import PAPER
from screens.numbers import Numbers
from screens.widgets.painted import Line, line
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking_paper import Filled
    from screens.widgets.choose import Option
    from screens.widgets.paper_pane import PaperPane

FORMS = "form"  # of the list to choose from; the form and what it is about stand behind a colon


class Printing(Numbers):
    """The list of forms, and the form that was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._form: Filled | None = None

    def panels(self) -> list[Widget]:
        """The form."""
        from screens.widgets.paper_pane import PaperPane  # not needed for the first paint

        return [*super().panels(), PaperPane(id=PAPER)]

    @property
    def paper(self) -> "PaperPane":
        """The form that is read."""
        found: Any = self.query_one(f"#{PAPER}")
        return cast("PaperPane", found)

    @property
    def paper_about(self) -> str:
        """The number of the matter that the form is about; empty for a register."""
        form = self._form
        from wuye_tui.rules.procedures import kind_of  # not needed for the first paint

        return form.about if form is not None and kind_of(form.about) else ""

    def action_print(self) -> None:
        """Which form? Those of the slip in hand first, then the registers of today."""
        from screens.offers import forms  # not needed for the first paint

        slip = self.slip
        options: list[Option] = forms(slip.view.number, slip.view.kind) if slip else forms()
        self.open_panel("choose", self.choose.field)
        self.choose.offer(FORMS, _("打印什么？先在屏幕上看。"), options, numbers=True)

    def show_form(self, name: str) -> None:
        """A form was chosen."""
        form, _slash, about = name.partition("/")
        self._fill(form, about)

    @work(exclusive=True, group="paper")
    async def _fill(self, form: str, about: str) -> None:
        try:
            found = await console(self).ask(asking_paper.filled, form, about)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        self._form = found
        self.paper.print(self._lines, anew=True)
        self.open_panel(PAPER, self.paper)
        for fault in found.faults:
            self.say(_("{fault}这次用程序带的版面。").format(fault=fault), refused=True)

    def _lines(self, width: int) -> list[Line]:
        from wuye_tui.paper.plain import ACROSS, lines_of

        shown: list[Line] = []
        for n, sheet in enumerate(self._form.sheets if self._form else ()):
            if n:
                shown += [line(""), line("=" * min(width, ACROSS), ground="title")]
            shown += map(line, lines_of(sheet, min(width, ACROSS)))
        return shown

    def on_paper_pane_send(self) -> None:
        """F9."""
        if self._form is not None:
            self.say(_("正在送打印机.."))
            self._send(self._form)

    def on_paper_pane_keep(self) -> None:
        """Ctrl+S."""
        if self._form is not None:
            self.say(_("正在排版.."))
            self._keep(self._form)

    @work(group="paper")
    async def _send(self, form: "Filled") -> None:
        try:
            printer, n = await console(self).make(asking_paper.sent, form)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        whither = printer or _("默认打印机")
        told = _("{form} {about} 已送到 {whither}。")
        self.say(told.format(form=form.title, about=form.about, whither=whither) + _which(n))

    @work(group="paper")
    async def _keep(self, form: "Filled") -> None:
        try:
            path, n = await console(self).make(asking_paper.kept, form)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        self.say(_("已存成 {path}").format(path=path) + _which(n))


def _which(n: int) -> str:
    """Which printing of a receipt it was; nothing of the first, and of what nobody counts."""
    return _("（第 {n} 次打印，纸上写明重打）").format(n=n) if n > 1 else ""
