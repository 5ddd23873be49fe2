"""What there is to choose from: the steps of a slip, and everything that the palette knows."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from gettext import NullTranslations
from typing import TYPE_CHECKING

from screens.commands import DESK, in_palette
from screens.widgets.choose import Option
from screens.wording import short_number
from wuye_tui import words
from wuye_tui.rules import counter_asks, roster_asks
from wuye_tui.rules.procedures import PROCEDURES, kind_of
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from screens.asking import Slip
    from wuye_tui.registers.queue import QueueRow
    from wuye_tui.rules.lifecycle import Row


def steps(slip: "Slip | None") -> list[Option]:
    """The steps of the slip that are open now."""
    if slip is None:
        return []
    final = slip.view.cycle.final
    return [
        Option(
            f"step:{slip.view.number}/{row.verb}",
            _(row.word),
            _note(row, final),
            row.clause,
            in_both(row.word),
        )
        for row in slip.steps
    ]


def withheld(slip: "Slip") -> list[Option]:
    """The steps that are not open now, with the reason: for whoever looks for one of them."""
    return [
        Option(f"withheld:{row.verb}", _(row.word), _(guard.word), guard.clause, in_both(row.word))
        for row, guard in slip.view.withheld
    ]


def _note(row: "Row", final: frozenset[str]) -> str:
    if not row.moves:
        return _("不改变状态")
    return _("这张单就此结束") if row.to in final else ""


_SHARED = {
    "day": N_("今天的"), "duty": N_("现在这一班"), "night": N_("最近一夜"), "log": N_("今天的"),
}  # fmt: skip
"""What a form of no matter is about where nothing is said, by `Of`."""


def forms(number: str = "", kind: str = "") -> list[Option]:
    """The forms that can be printed: those of the matter in hand, then the registers of today."""
    from wuye_tui.paper.forms import FORMS, forms_for  # only where something is printed

    own = forms_for(kind) if number else []
    shared = [form for form in FORMS if form.of in _SHARED]
    return [
        Option(
            f"form:{form.name}/{number if form in own else ''}",
            _(form.title),
            number if form in own else _(_SHARED[form.of]),
            form.code.rpartition("/")[2] or form.clause,
            f"{in_both(form.title)} {form.code}",
        )
        for form in (*own, *shared)
    ]


def steps_title(slip: "Slip") -> str:
    """What is asked above the steps; or who is waited for, when none of them leads on."""
    view = slip.view
    state = _(view.cycle.state_word(view.situation.state))
    if slip.awaited and not any(row.moves for row in view.following):
        told = _("{number} {state}，等「{step}」；现在可以：")
        return told.format(number=view.number, state=state, step=_(slip.awaited.word))
    return _("{number} {state}，走哪一步？").format(number=view.number, state=state)


def step_word(name: str) -> str:
    """What the form of a draft is for, by the draft's name."""
    number, _slash, verb = name.partition("/")
    cycle = PROCEDURES.get(kind_of(number) or number)
    if cycle:
        return _(cycle.rows_named(verb)[0].word)
    # The counter, the rosters and the directory have forms that are of no matter.
    row = counter_asks.ROWS.get(verb) or roster_asks.ROWS.get(verb)
    return _(row.word) if row else _("填了一半的表")


def in_both(word: str) -> str:
    """A word of a table in Chinese and in English: it is found by either, whichever is shown."""
    return f"{word} {english(word)}"


def english(word: str) -> str:
    """The English of a word, whatever language is in force."""
    return _catalogue().gettext(word)


@cache
def _catalogue() -> NullTranslations:
    return words.catalogue("en")


def half_filled(name: str, rows: "Sequence[QueueRow]", today: date) -> Option:
    """A form half filled in: first the step and the number, then what the matter is about."""
    number = name.partition("/")[0]
    row = next((row for row in rows if row.number == number), None)
    step = step_word(name)
    words = f"{step} {short_number(number, today)}" if "-" in number else step
    about = f"{row.where} {row.words}".strip() if row else ""
    note = _("接着填：{about}").format(about=about) if about else _("填了一半的表")
    also = _("接着填 {step} {number}").format(step=step, number=number)
    return Option(f"draft:{name}", words, note, also=also)


def everything(slip: "Slip | None", drafts: Iterable[Option], training: bool) -> list[Option]:
    """The palette: forms half filled in, commands, and the steps of the slip."""
    found = [*drafts]
    found += [
        Option(
            f"cmd:{c.id}",
            _(c.word),
            _(c.help),
            c.key if DESK in c.where else "",  # elsewhere the key does something else
            in_both(c.word),
        )
        for c in in_palette()
    ]
    if training:
        word = N_("设定演练时间")
        found.append(Option("cmd:clock", _(word), _("只有演练库可以"), also=in_both(word)))
    return [*found, *steps(slip)]
