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


def sent(desk: "Desk", form: Filled) -> str:
    """Sends a form to the office's printer and says which it was. Raises NotPrinted, which names
    the file that is kept.
    """
    from wuye_tui.paper.printers import outlet

    whither = outlet(desk.settings.printer)
    path = _made(desk, form, whither.ending)
    whither.take(path, f"{form.title} {form.about}".strip())
    path.unlink(missing_ok=True)
    return whither.name


def kept(desk: "Desk", form: Filled) -> Path:
    """Writes a form as PDF into the office's folder."""
    return _made(desk, form, ".pdf")


def _made(desk: "Desk", form: Filled, ending: str) -> Path:
    from wuye_tui.paper import printers
    from wuye_tui.paper.printing import document, file_name
    from wuye_tui.paper.sizes import needled, paper

    settings = desk.settings
    usual = paper(settings.paper)
    made = document(ending, needled(usual) if ending == ".escp" else usual, settings.font)
    made.add(form.sheets)
    name = file_name(form.form, form.about, desk.now(), desk.zone, ending)
    return printers.keep(settings.home, name, made.content())
