"""The door to paper: each function is one question, or sends one form on its way.

Called in a thread, like everything in `asking`; nothing of it is loaded before somebody prints.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.paper.blocks import Sheet


@dataclass(frozen=True)
class Filled:
    """A form filled in: its name, what it is about, its copies, and what was wrong with the layout
    of the office.
    """

    form: str
    about: str
    title: str
    sheets: "tuple[Sheet, ...]"
    faults: tuple[str, ...] = ()


def filled(desk: "Desk", form: str, about: str) -> Filled:
    """A form about a matter, a day or a post; whoever sits here sees whole numbers of slips."""
    from wuye_tui.paper.forms import known
    from wuye_tui.paper.papers import Papers
    from wuye_tui.words import _

    papers, chosen = Papers(desk, full=True), known(form)
    sheets = tuple(papers.filled(chosen, about))
    faults = tuple(fault.line for fault in papers.layouts.faults)
    return Filled(form, about, _(chosen.title), sheets, faults)


def sent(desk: "Desk", form: Filled) -> tuple[str, int]:
    """Sends a form to the office's printer and says which it was, and which printing of a receipt;
    0 where none is counted. Raises NotPrinted, which names the file that is kept.
    """
    from wuye_tui.paper.printers import outlet

    whither = outlet(desk.settings.printer)
    path, n = _made(desk, form, whither.ending)
    whither.take(path, f"{form.title} {form.about}".strip())
    path.unlink(missing_ok=True)
    return whither.name, n


def kept(desk: "Desk", form: Filled) -> tuple[Path, int]:
    """Writes a form as PDF into the office's folder; which printing of a receipt it is, or 0."""
    return _made(desk, form, ".pdf")


def _made(desk: "Desk", form: Filled, ending: str) -> tuple[Path, int]:
    from wuye_tui.paper import printers
    from wuye_tui.paper.forms import known
    from wuye_tui.paper.papers import Papers
    from wuye_tui.paper.printing import document, file_name
    from wuye_tui.paper.receipts import COUNTED
    from wuye_tui.paper.sizes import needled, paper

    settings, chosen = desk.settings, known(form.form)
    usual = paper(settings.paper)
    made = document(ending, needled(usual) if ending == ".escp" else usual, settings.font)
    papers = Papers(desk, full=True)
    if chosen.of in COUNTED:  # what was read says only that it was looked at
        made.add(next(papers.for_paper(chosen, [form.about])))
    else:
        made.add(form.sheets)
    name = file_name(form.form, form.about, desk.now(), desk.zone, ending)
    n = sum(one.n for one in papers.prints.values())
    return printers.keep(settings.home, name, made.content()), n
