"""Several numbers in one cell: what there is room for is kept, the rest is told."""

from wuye_tui.intake import cells
from wuye_tui.intake.grid import is_blank
from wuye_tui.intake.lines import Line, Read
from wuye_tui.intake.reasons import Needed
from wuye_tui.words import _


def every(line: Line, name: str, read: Read[tuple[list[str], bool]]) -> list[str]:
    """Every number in the cell; other words there are told."""
    none: list[str] = []
    if name not in line.header.places:
        return none
    found, other = line.take(name, read, (none, False))
    if other and len(found) == 1:
        line.tell(name, _("只记了号码，其余的字没有记下。"))
    return found


def one_phone(line: Line) -> str:
    """The first telephone of the cell; that there are more is told."""
    found = every(line, "phone", cells.phones)
    if len(found) > 1:
        line.tell("phone", _("这一格有几个号码，只记了第一个。"))
    return found[0] if found else ""


def two_phones(line: Line) -> tuple[str, str]:
    """The telephones of an office, which has room for two; that there are more is told."""
    if is_blank(line.value("phone")):
        line.refuse("phone", Needed())
    first, second = every(line, "phone", cells.any_phones), every(line, "second", cells.any_phones)
    found = list(dict.fromkeys((*first, *second)))
    if len(found) > 2:
        line.tell("phone", _("号码多于两个，只记了前两个。"))
    return found[0] if found else "", found[1] if len(found) > 1 else ""
