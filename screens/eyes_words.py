"""An owner's file that was opened, in lines."""

from typing import TYPE_CHECKING, Any

from screens.widgets.painted import Line, line, wrap
from wuye_tui.rules.files import PARTS
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking_eyes import OwnersFile


def file_lines(found: "OwnersFile", cells: int) -> list[Line]:
    """Part by part, one line each."""
    shown = [line((f" {found.unit} {_('业主档案')} {found.number}", "title"), ground="title")]
    for part, rows in found.parts.items():
        shown.append(line((f" {_(PARTS[part])}", "strong")))
        shown += [
            line(f"   {piece}") for one in rows for piece in wrap(_said(one), max(20, cells - 4))
        ]
        if not rows:
            shown.append(line((_("   没有记录。"), "dim")))
    return shown


def _said(one: dict[str, Any]) -> str:
    from wuye_tui.intake.terms import ROLES
    from wuye_tui.registers.fees import TERMS

    roles: dict[str, str] = {str(code): word for code, word in ROLES.words.items()}
    words = {**one}
    if "role" in words:
        words["role"] = _(roles.get(str(words["role"]), str(words["role"])))
    if "code" in words:
        words["code"] = _(dict(TERMS).get(str(words["code"]), str(words["code"])))
    return "  ".join(str(value) for value in words.values() if value)
