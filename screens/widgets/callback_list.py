"""The callbacks to be made, next due first; below the chosen one what to say and to ask."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from screens.base import console
from screens.commands import CALLBACKS, bindings
from screens.widgets.listing import Listing
from screens.widgets.painted import Line, entry, fit, line
from screens.wording import clock, is_late, left, short_number
from wuye_tui.rules.text import masked_words
from wuye_tui.words import N_, _, clauses, listed

if TYPE_CHECKING:
    from wuye_tui.registers.callbacks import Past, Spoken, Waiting

LEFT, NUMBER, WHERE, NAME, TRIED = 8, 9, 12, 8, 7  # cells


class CallbackList(Listing["Waiting"]):
    """The list; the keys for steps act on the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CALLBACKS)]
    TITLE = N_("待回访")
    LABEL = N_("打字找")
    HINT = N_("房号、姓名、修了什么、维修工")

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self.spoken: Mapping[str, Spoken] = {}
        self.before: Mapping[str, Sequence[Past]] = {}  # last repairs of the home, by callback

    def name_of(self, item: "Waiting") -> str:
        """A callback by its number."""
        return item.number

    def row(self, item: "Waiting", width: int) -> Line:  # noqa: ARG002 - the line is cut anyway
        """Time left, number, home, who, how often tried, by whom what was repaired."""
        from wuye_tui.rules.callback_figures import COMPLAINTS, VISITS  # not for the first paint

        desk = console(self).desk
        now = desk.now()
        today = now.astimezone(desk.zone).date()
        tried = _("试{n}次").format(n=len(item.tries)) if item.tries else ""
        what = {VISITS: _("定期"), COMPLAINTS: _("投诉")}.get(item.sort, item.worker)
        return line(
            (fit(left(item.due, now), LEFT), "late" if is_late(item.due, now) else ""),
            (fit(" " + short_number(item.number, today), NUMBER + 1), ""),
            (fit(item.where, WHERE) + " ", "strong"),
            (fit(item.name, NAME), ""),
            (fit(tried, TRIED), "soon"),
            (masked_words(" ".join(filter(None, (what, item.words)))), ""),
        )

    def more(self, item: "Waiting", width: int) -> list[Line]:
        """Whom to ring or why not now, what to say and to ask, what was tried and repaired."""
        from wuye_tui.rules.callbacks import quiet  # not needed for the first paint

        desk = console(self).desk
        now = desk.now()
        local = now.astimezone(desk.zone)
        who = " ".join(filter(None, (item.name, item.phone)))
        head = line((f" {short_number(item.number, local.date())} {who}", "title"), ground="title")
        shown = [head]
        if quiet(local.time()):
            shown.append(line((_(" 现在太晚或太早：晚上八点到早上九点不打回访电话。"), "late")))
        spoken = self.spoken.get(item.sort)
        if spoken:
            shown += entry(_(" 说"), " ".join(spoken.say), width, role="strong")
        shown += entry(_(" 问"), _questions(item.sort), width)
        tries = [
            " ".join(filter(None, (clock(one.at, desk.zone, now), one.note))) for one in item.tries
        ]
        if tries:
            shown += entry(_(" 试过"), masked_words(clauses(tries)), width)
        past = [
            f"{clock(one.opened, desk.zone)[:5]} {masked_words(one.words)}"
            for one in self.before.get(item.number, ())
        ]
        return shown + (entry(_(" 修过"), clauses(past), width, role="dim") if past else [])


def _questions(sort: str) -> str:
    from wuye_tui.registers.callbacks import asked

    return clauses(
        f"{_(ask.word)}（{listed(_(word) for _code, word in ask.choices)}）"
        if ask.choices
        else _(ask.word)
        for ask in asked(sort)
    )


def speaks_of(item: "Waiting", typed: str) -> bool:
    """Whether what was typed means the callback."""
    said = f"{item.number} {item.where} {item.name} {item.words} {item.worker}".casefold()
    return all(word in said for word in typed.casefold().split())
