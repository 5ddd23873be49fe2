"""Forms on their way out: shown, written into a file, or sent to a printer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import WRITTEN
from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.paper.forms import Form
    from wuye_tui.paper.papers import Papers
    from wuye_tui.paper.printers import Outlet
    from wuye_tui.paper.printing import Document

USUAL: Final = "usual"
"""The printer that the office has written down, or the system's own."""


class NoFile(UsageError):
    """Printer's commands are nothing for a screen."""

    def __init__(self) -> None:
        super().__init__(_("--escp 是给打印机的，请再写 --printer、--device 或 -o 文件.escp。"))


def put_out(
    context: Context,
    papers: "Papers",
    whither: "Whither",
    form: "Form",
    about: list[str],
    copies: Sequence[str] = (),
    key: str = "",
) -> None:
    """Sets forms, and shows, writes or sends them. Which printing of a receipt it is, is told
    before the paper comes out: so it is known also where none comes.
    """
    made = whither.document(papers.desk)
    if whither.is_looked_at:
        filled = papers.each(form, about, copies)
    else:
        filled = papers.for_paper(form, about, copies, key)
    for one in papers.prints.values():
        again = _("{number} 第 {n} 次打印，纸上写明重打。")
        told = again if one.n > 1 else _("{number} 第一次打印。")
        output.say(told.format(number=one.number, n=one.n))
    for n, sheets in enumerate(filled, 1):
        made.add(sheets)
        output.progress(_("正在排版"), n / len(about))
    for fault in papers.layouts.faults:
        output.say(_("{fault}这次用程序带的版面。").format(fault=fault.line))
    _deliver(context, papers, whither, made, form, about)


@dataclass(frozen=True)
class Whither:
    """Where a form goes, and so what it is made as. `name` is a printer's or a device's."""

    out: Path | None
    force: bool
    name: str
    is_device: bool
    escp: bool
    paper: str

    @property
    def is_looked_at(self) -> bool:
        """Whether it is shown only, and nothing goes to paper."""
        return self.out is None and not self.name

    def outlet(self, usual: str) -> "Outlet | None":
        """The printer or the device; None where nothing is sent."""
        from wuye_tui.paper.printers import Outlet, outlet

        if self.is_device:
            return Outlet(self.name, True, True)
        named = usual if self.name == USUAL else self.name
        return outlet(named, self.escp) if self.name else None

    def ending(self, usual: str) -> str:
        """What the file ends with; text where there is none. Raises UnknownEnding."""
        from wuye_tui.paper.files import UnknownEnding
        from wuye_tui.paper.printing import ENDINGS

        sent = self.outlet(usual)
        if self.out is None:
            return sent.ending if sent else ".escp" if self.escp else ".txt"
        ending = self.out.suffix.lower()
        if ending not in ENDINGS or (sent and ending != sent.ending):
            raise UnknownEnding(self.out, (sent.ending,) if sent else ENDINGS)
        return ending

    def document(self, desk: "Desk") -> "Document":
        """An empty file of that kind."""
        from wuye_tui.paper.files import refuse_existing
        from wuye_tui.paper.printing import document
        from wuye_tui.paper.sizes import needled, paper

        if self.out is not None:
            refuse_existing(self.out, self.force)
        settings = desk.settings
        ending = self.ending(settings.printer)
        usual = paper(self.paper or settings.paper)
        chosen = needled(usual) if ending == ".escp" and not self.paper else usual
        return document(ending, chosen, settings.font)


def _deliver(
    context: Context,
    papers: "Papers",
    whither: Whither,
    made: "Document",
    form: "Form",
    about: list[str],
) -> None:
    """Writes it, sends it, shows it. What cannot be sent is kept in the office's folder."""
    from wuye_tui.paper import files, printers
    from wuye_tui.paper.printing import Text, file_name

    desk = papers.desk
    told: dict[str, Any] = {"form": form.name, "numbers": about, "pages": made.pages}
    if papers.prints:
        told["prints"] = {one.number: one.n for one in papers.prints.values()}
    outlet = whither.outlet(desk.settings.printer)
    if whither.out is None and outlet is None:
        if not isinstance(made, Text):
            raise NoFile
        words = made.words()
        output.emit({**told, "text": words} if context.json else words.rstrip("\n"), context.json)
        return
    path = whither.out
    if path is not None:
        files.whole(path, made.content(), whither.force)
    else:
        ending = whither.ending(desk.settings.printer)
        name = file_name(form.name, about[0], desk.now(), desk.zone, ending)
        path = printers.keep(desk.settings.home, name, made.content())
    if outlet is not None:
        outlet.take(path)
        if whither.out is None:
            path.unlink(missing_ok=True)
    if context.json:
        kept = path if path.exists() else None
        output.emit({**told, "file": kept, "sent_to": whither.name}, True)
    elif outlet is not None:
        sent = outlet.name or _("默认打印机")
        output.say(_("已送到 {whither}，共 {n} 页。").format(whither=sent, n=made.pages))
    else:
        output.say(_(WRITTEN).format(path=path))
