"""What there is to choose from: the steps of a slip, and everything that the palette knows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from screens.commands import in_palette
from screens.widgets.choose import Option
from wuye_tui.rules.procedures import PROCEDURES, kind_of
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking import Slip
    from wuye_tui.rules.lifecycle import Row


def steps(slip: "Slip | None") -> list[Option]:
    """The steps of the slip that are open now."""
    if slip is None:
        return []
    final = slip.view.cycle.final
    return [
        Option(f"step:{slip.view.number}/{row.verb}", _(row.word), _note(row, final), row.clause)
        for row in slip.steps
    ]


def _note(row: "Row", final: frozenset[str]) -> str:
    if not row.moves:
        return _("不改变状态")
    return _("这张单就此结束") if row.to in final else ""


def steps_title(slip: "Slip") -> str:
    """What is asked above the steps; or who is waited for, when none of them leads on."""
    view = slip.view
    state = _(view.cycle.state_word(view.situation.state))
    if slip.awaited and not any(row.moves for row in view.following):
        told = _("{number} {state}，等「{step}」；现在可以：")
        return told.format(number=view.number, state=state, step=_(slip.awaited.word))
    return _("{number} {state}，走哪一步？").format(number=view.number, state=state)


def _draft(name: str) -> str:
    """A form half filled in: which step of which matter."""
    number, _slash, verb = name.partition("/")
    cycle = PROCEDURES[kind_of(number) or number]
    step = _(cycle.rows_named(verb)[0].word)
    return _("接着填 {step} {number}").format(step=step, number=number if "-" in number else "")


def everything(slip: "Slip | None", drafts: Iterable[str], training: bool) -> list[Option]:
    """The palette: forms half filled in, commands, and the steps of the slip."""
    found = [
        Option(f"draft:{name}", _draft(name), _("填了一半的表")) for name in drafts if "/" in name
    ]
    found += [
        Option(f"cmd:{c.id}", _(c.word), _(c.help), c.key if c.keys else "") for c in in_palette()
    ]
    if training:
        found.append(Option("cmd:clock", _("设定演练时间"), _("只有演练库可以")))
    return [*found, *steps(slip)]
