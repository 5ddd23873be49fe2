"""What one figure of the summary has counted: one line each, and the opinion in full below."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from screens.base import console
from screens.commands import COUNTED, bindings
from screens.widgets.listing import Listing
from screens.widgets.painted import Line, entry, fit, line
from screens.wording import clock
from wuye_tui.rules.text import masked_words
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.callback_summary import Line as Counted

NUMBER, WHERE, NAME, WORKER, OUTCOME = 16, 12, 8, 8, 14  # cells


class CountedList(Listing["Counted"]):
    """The list behind a figure; Enter opens the slip."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COUNTED)]
    TITLE = N_("月报里的单")
    LABEL = N_("打字找")
    HINT = N_("房号、姓名、维修工、内容、意见")

    def name_of(self, item: "Counted") -> str:
        """One by its number."""
        return item.number

    def row(self, item: "Counted", width: int) -> Line:  # noqa: ARG002 - the line is cut anyway
        """Number, home, who, worker, how it ended, what was said."""
        from wuye_tui.rules import callback_words as words  # not needed for the first paint

        said = words.satisfaction(item.satisfaction)
        given = words.opinion(item.opinion, item.opinion_given, item.erased)
        return line(
            (fit(item.number, NUMBER), "strong"),
            (fit(item.where, WHERE) + " ", ""),
            (fit(item.name, NAME), ""),
            (fit(item.worker, WORKER), ""),
            (fit(words.outcome(item.outcome, item.late), OUTCOME), "late" if item.late else ""),
            (masked_words(" ".join(filter(None, (said, given or item.words)))), ""),
        )

    def more(self, item: "Counted", width: int) -> list[Line]:
        """When it was due and when it ended, what it was about, the opinion, what follows."""
        from wuye_tui.rules import callback_words as words

        zone = console(self).desk.zone
        due = _("到期 {at}").format(at=clock(item.due, zone)) if item.due else ""
        ended = _("结束 {at}").format(at=clock(item.at, zone)) if item.at else ""
        head = " ".join(filter(None, (item.number, due, ended)))
        shown = [line((f" {head}", "title"), ground="title")]
        about = masked_words(" ".join(filter(None, (item.about, item.words))))
        shown += entry(_(" 内容"), about, width) if about else []
        said = words.opinion(item.opinion, item.opinion_given, item.erased)
        shown += entry(_(" 意见"), masked_words(said), width, role="strong") if said else []
        return shown + (entry(_(" 另开"), item.linked, width) if item.linked else [])


def speaks_of(item: "Counted", typed: str) -> bool:
    """Whether what was typed means it."""
    said = " ".join(
        (item.number, item.where, item.name, item.words, item.worker, item.opinion, item.linked)
    )
    return all(word in said.casefold() for word in typed.casefold().split())
