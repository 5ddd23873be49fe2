"""The card of an emergency: whom to call in which order, what to ask and say, what never to do.

It stands above the work as soon as an emergency is heard of, before the first field. Where there
is no room for all of it, whom to call comes first, the other parts keep their beginnings, and the
help shows the whole.
"""

from typing import TYPE_CHECKING, Any

from screens.commands import keyed
from screens.widgets.painted import Line, Painted, Span, fit, flow, line
from wuye_tui.reference import building_of
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from wuye_tui.reference import Call, Card

LABEL = 8  # cells
WHOLE = 99  # lines; more than any card has
FRAME = 7  # lines of the screen that are never the card's: status, line, news, keys
_CALL, _ASK = N_("先打"), N_("先问")
_NEVER, _SAY, _PLACES = N_("绝不"), N_("反复说"), N_("在哪里")
_Part = tuple[str, list[list[Span]]]


class CardPane(Painted):
    """The card that is in force, as high as the screen can spare."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.card: Card | None = None
        self.where = ""

    def tell(self, card: "Card | None", where: str = "") -> None:
        """Shows this card, or none; of what is where, what holds there."""
        self.card, self.where = card, where
        self.display = card is not None
        most = max(5, (self.screen.size.height - FRAME) * 11 // 20)
        width = self.size.width or self.screen.size.width
        self.show(card_lines(card, width, most, where) if card else ())

    def on_resize(self) -> None:
        """Another width breaks the parts elsewhere."""
        self.tell(self.card, self.where)


def card_lines(card: "Card", width: int, most: int, where: str = "") -> list[Line]:
    """The card on at most so many lines; with a unit or a place, what is where for its building."""
    cells = max(LABEL, width - LABEL - 1)
    parts = _parts(card, where, all_of_it=most >= WHOLE)
    flowed = [(label, flow(pieces, cells, WHOLE)) for label, pieces in parts]
    rooms = _shared([len(lines) for _label, lines in flowed], most - 1)
    whole = all(len(lines) == room for (_label, lines), room in zip(flowed, rooms, strict=True))
    more = "" if whole else keyed(_("  全卡按 F1"))
    head = (f" {_(card.word)} {card.clause}  ", "title"), (_("先打电话，后填表"), "late"), more
    shown = [line(*head, ground="title")]
    for (label, lines), room in zip(flowed, rooms, strict=True):
        for n, one in enumerate(lines[:room]):
            name = (fit(f" {_(label)}" if n == 0 else "", LABEL), "key")
            shown.append(Line((name, *one.spans), one.ground))
    return shown


def _shared(needed: list[int], room: int) -> list[int]:
    """How many lines each part gets: the first all it needs, if that leaves one for each of the
    others; then one more each in turn.
    """
    given = [max(1, min(needed[0], room - len(needed) + 1)), *[1] * (len(needed) - 1)]
    room -= sum(given)
    while room > 0 and given != needed:
        for n, wanted in enumerate(needed):
            if given[n] < wanted and room > 0:
                given[n] += 1
                room -= 1
    return given


def _parts(card: "Card", where: str, all_of_it: bool) -> list[_Part]:
    said = [f"{part}。" for part in card.say.split("。") if part]
    often = [_("每 {n} 分钟：").format(n=card.minutes)] if card.minutes and said else []
    places = _places(card, where, all_of_it)
    parts: list[_Part] = [
        (_CALL, [_call(n, one) for n, one in enumerate(card.call, 1)]),
        (_NEVER, [[(words, "late")] for words in card.never]),
        (_ASK, [[(words, "")] for words in card.ask]),
        (_SAY, [[(words, "")] for words in [*often, *said]]),
        (_PLACES, [[(words, "")] for words in places]),
    ]
    return [(label, pieces) for label, pieces in parts if pieces]


def _places(card: "Card", where: str, all_of_it: bool) -> list[str]:
    """What is where; and, on the whole card, what the office has not written down yet, so that it
    does before it needs it.
    """
    known, unknown = [], []
    building = building_of(where)
    for one in card.places_at(building):
        of = _("各栋") if len(one.building.split()) > 1 else ""
        if one.building and not of:
            of = _("{building}栋").format(building=one.building)
        known += [f"{'' if building else of}{one.what}：{one.at}"] if one.at else []
        unknown += [] if one.at else [one.what]
    if unknown and all_of_it:
        told = _("{what}：还没填，请管理员写进 emergencies.toml")
        known.append(told.format(what=listed(unknown)))
    return known


def _call(n: int, one: "Call") -> list[Span]:
    """Whom to call; by which number, or where the number stands."""
    where = one.number or (_("(查通讯录)") if one.entry else "")
    role = "strong" if n == 1 else ""
    return [(f"{n} ", "key"), (one.who, role), (f" {where}" if where else "", "strong")]
