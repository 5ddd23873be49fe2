"""What `wuye supervisor` says of who has how much, and the list behind each of its figures."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Listing
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.refusals import shown
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.load import Counted, Load, Loads

Meant = TypeVar("Meant")


class UnknownList(UsageError):
    """No figure is called like this."""

    def __init__(self, typed: str, known: Iterable[str]) -> None:
        super().__init__(
            _("--list 后面写 {known} 里的一个，没有「{typed}」。").format(
                typed=typed[:40], known=listed(known)
            )
        )


def chosen(typed: str, known: Mapping[str, Meant]) -> Meant:
    """What a list is called. Raises UnknownList."""
    if typed not in known:
        raise UnknownList(typed, known)
    return known[typed]


def named(found: "Loads", people: bool) -> "list[tuple[str, Load]]":
    """The groups of one table with their names."""
    if people:
        return [(found.person(one) or _("没派到人"), one) for one in found.people]
    return [(_(found.department(one)), one) for one in found.departments]


def document(found: "Loads") -> dict[str, Any]:
    """Both tables as programs get them."""
    return {
        "load_since": found.since,
        "load_departments": [one.as_dict(name) for name, one in named(found, False)],
        "load_people": [one.as_dict(name) for name, one in named(found, True)],
    }


def show(found: "Loads") -> None:
    """Both tables, one after the other."""
    output.heading(_("手上有多少，按部门"))
    output.table(in_words(named(found, False)), columns(False))
    output.heading(_("手上有多少，按人"))
    output.table(in_words(named(found, True)), columns(True))


def columns(people: bool) -> list[output.Column]:
    """Whose, then each figure."""
    from wuye_tui.registers.load import FIGURES

    figures = [output.Column(_(word), name, right=True) for name, word in FIGURES.items()]
    return [output.Column(_("姓名") if people else _("部门"), "name"), *figures]


def in_words(groups: "Sequence[tuple[str, Load]]") -> list[dict[str, str]]:
    """The figures of each group."""
    from wuye_tui.registers.load import FIGURES

    return [
        {"name": name, **{figure: str(len(one.behind(figure))) for figure in FIGURES}}
        for name, one in groups
    ]


def behind(context: Context, desk: "Desk", lists: Sequence[tuple[str, Sequence[str]]]) -> Listing:
    """What the figures have counted, one matter a line under the name of its group."""
    from wuye_tui.registers.load import lines

    every = list(dict.fromkeys(number for _name, numbers in lists for number in numbers))
    known = {one.number: one for one in lines(desk, every)}
    rows = [(name, known[number]) for name, some in lists for number in some if number in known]

    def said(name: str, one: "Counted") -> dict[str, str]:
        return {
            "group": name,
            "number": one.number,
            "where": one.where,
            "words": masked_words(one.words),
            "state": _(one.state_word),
            "worker": one.who,
            "due": shown(one.due, desk.zone) if one.due else "",
        }

    return Listing(
        _("数的是哪些"),
        [
            output.Column(_("属于"), "group"),
            output.Column(_("单号"), "number"),
            output.Column(_("地点"), "where", cells=12),
            output.Column(_("内容"), "words", cells=20),
            output.Column(_("状态"), "state"),
            output.Column(_("谁"), "worker"),
            output.Column(_("到期"), "due"),
        ],
        lambda: [said(name, one) for name, one in rows],
        lambda: context.zoned([{"group": name, **one.as_dict()} for name, one in rows], desk.zone),
    )
