"""Slips to PDF: from the registers to the file, beside the library alone writing the same words."""

import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select

from tests.bench.page import Figure, Figures
from tests.bench.timing import ROOT, beside
from tests.desks import THURSDAY, found_office, settings_for
from tests.factories import a_repair
from wuye_tui.desk import Desk
from wuye_tui.paper import fonts
from wuye_tui.paper.blocks import Sheet
from wuye_tui.paper.forms import known
from wuye_tui.paper.pages import pages_of
from wuye_tui.paper.papers import Papers
from wuye_tui.paper.pdf import Pdf
from wuye_tui.paper.sizes import paper
from wuye_tui.registers import printed
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import insert, table_of
from wuye_tui.store.tables import (
    DeadlineRow,
    Matter,
    Private,
    Receipt,
    Signature,
    StepRow,
    VisitRow,
)

SLIPS = 1000
FEW = 100
TYPED = 50  # slips that are really walked to their end; the others are their copies in bulk
TIMES = 5
_STORED = (Matter, StepRow, Private, Signature, DeadlineRow, VisitRow, Receipt)
_NAMED = ("id", "number", "parent", "matter", "owner", "source")
SLIP, A4 = known("slip"), paper("a4")
# What the parent held counts in what the system says of a child, but not in its own status.
_MEASURED = """
import sys
from pathlib import Path
from wuye_tui.cli.main import run
status = run(sys.argv[1:])
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
sys.exit(status)
"""
Words = list[tuple[float, float, str]]


def figures(folder: Path) -> Figures:
    """A thousand slips in three copies: time beside the library's, memory beside a hundred's."""
    desk = found_office(settings_for(folder / "office"), StoppedClock(THURSDAY))
    typed = [
        a_repair(desk, upto="closed", text=f"厨房水龙头漏水，第{n}户，下午三点以后家里有人")
        for n in range(TYPED)
    ]
    desk.perform("fill", lambda act: _copied(act, SLIPS // TYPED), system=True)
    asked = printed.numbers(desk, SLIP.kinds, None, None)
    assert len(asked) == SLIPS >= len(typed)
    papers = Papers(desk, full=True)
    facts = list(papers.facts(SLIP, asked))
    filled = [papers.layouts.filled(SLIP.name, one) for one in facts]
    written = [words for sheets in filled for sheet in sheets for words in _words(sheet)]

    def set_again() -> None:
        """What is known of each, filled in, set and drawn."""
        document, layouts = Pdf(A4, fonts.chosen()), Papers(desk).layouts
        for one in facts:
            document.add(layouts.filled(SLIP.name, one))
        document.content()

    def from_the_registers() -> None:
        document, anew = Pdf(A4, fonts.chosen()), Papers(desk, full=True)
        for sheets in anew.each(SLIP, asked):
            document.add(sheets)
        document.content()

    what = f"{SLIPS:,} slips, {len(written):,} pages, to PDF"
    alone = "the library, same words and font"
    ours, floor = beside(from_the_registers, lambda: _alone(written), TIMES)
    yield Figure(what, _s(ours), _s(floor), "<= 1.5x", alone, "s")
    ours, floor = beside(set_again, lambda: _alone(written), TIMES)
    yield Figure("the same without reading them", _s(ours), _s(floor), "", alone, "s")
    memory = [_memory(desk, asked[:n], folder / f"{n}.pdf") for n in (FEW, SLIPS)]
    yield Figure(f"memory of it, {SLIPS:,} slips", memory[1], memory[0], "<= 1.1x",
                 f"the same of {FEW}", "MB")  # fmt: skip
    desk.engine.dispose()


def _copied(act: Act, times: int) -> Result:
    """Every matter there is so many times in all, each copy under numbers of its own."""
    for kind in _STORED:
        table = table_of(kind)
        rows = act.session.execute(select(table).where(table.c.site == act.site)).mappings().all()
        named = [name for name in _NAMED if name in table.c]
        for n in range(1, times):
            again = ({name: row[name] and f"{row[name]}-{n}" for name in named} for row in rows)
            insert(
                act.session, kind, [{**row, **one} for row, one in zip(rows, again, strict=True)]
            )
    return {}


def _s(times: list[float]) -> float:
    return median(times) / 1000


def _words(sheet: Sheet) -> list[Words]:
    """The words of each page of a sheet, each with its place in millimetres."""
    room = (A4.height - 2 * A4.top) / A4.pitch
    return [
        [
            (A4.side + piece.at * A4.cell, A4.top + at * A4.pitch, piece.words)
            for at, line in page.lines
            for piece in line.pieces
        ]
        for page in pages_of(sheet, A4.across, room)
    ]


def _alone(pages: list[Words]) -> None:
    """The same words at the same places, with no rule and nothing set."""
    from fpdf import FPDF

    font = fonts.chosen()
    pdf: Any = FPDF(unit="mm", format=(A4.width, A4.height))
    pdf.set_auto_page_break(False)
    pdf.add_font("f", fname=font.path, collection_font_number=font.index)
    for page in pages:
        pdf.add_page()
        pdf.set_font("f", size=10)
        for x, y, words in page:
            pdf.text(x, y, words)
    pdf.output()


def _memory(desk: Desk, numbers: list[str], path: Path) -> float:
    """The most that the command has held, in MB."""
    line = ["forms", "print", "slip", *numbers, "-o", str(path), "--home", str(desk.settings.home)]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *line, "--now", THURSDAY.isoformat()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1]) / 1024
