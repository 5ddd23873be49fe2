"""Which field a question of a form gets, and what there is to pick in it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.asking import Sheet
from screens.lock import PinInput
from screens.sheet import Question
from screens.widgets.answers import ChoiceAnswer, TextAnswer
from screens.widgets.charge_lines import LinesAnswer
from screens.widgets.form_row import AnswerField
from screens.widgets.picks import Pick, PickAnswer
from screens.wording import price
from wuye_tui.rules.lifecycle import Kind
from wuye_tui.rules.text import Field
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.console import Colleague

_YES_NO = ((True, N_("是")), (False, N_("否")))
_LIMITS = {
    Kind.TEXT: Field.SUMMARY,
    Kind.WORDS: Field.WORDS,
    Kind.NAME: Field.NAME,
    Kind.SIGNER: Field.NAME,
    Kind.PHONE: Field.PHONE,
    Kind.UNIT: Field.ROOM,
    Kind.COUNTS: Field.WORDS,
    Kind.KEYS: Field.WORDS,
}


class PinAnswer(PinInput, TextAnswer):
    """A PIN that proves a signature."""

    def __init__(self) -> None:
        super().__init__(password=True, field=Field.CODE)
        self.signer = ""  # whose it is


def field_for(question: Question, sheet: Sheet) -> AnswerField:
    """The field; it knows nothing of the answers before."""
    if question.proves:
        return PinAnswer()
    match question.kind:
        case Kind.CHOICE:
            return ChoiceAnswer(question.choices)
        case Kind.FLAG:
            return ChoiceAnswer(_YES_NO)
        case Kind.STAFF:
            few = _("这里只列今天有权办这一步的人，没有的请换个字") if question.right else ""
            return PickAnswer(_people(question, sheet), question.hint, few)
        case Kind.TARIFF:
            off = Pick("off", _("off 标准外"), _("由工程主管评审报价"), "bzw")
            return PickAnswer([*_tariff(sheet), off], question.hint)
        case Kind.LINES:
            return LinesAnswer(_tariff(sheet), question.hint)
    limit = _LIMITS.get(question.kind, Field.CODE)
    return TextAnswer(field=limit, placeholder=question.hint)


def _people(question: Question, sheet: Sheet) -> Sequence[Pick]:
    """By number and name, and by pinyin and initials, as people are found everywhere."""

    def note(person: "Colleague") -> str:
        work = _("手上{n}张").format(n=person.jobs)
        return sheet.notes.get(person.number) or " ".join(filter(None, (person.post, work)))

    return [
        Pick(person.number, f"{person.number} {person.name}", note(person), person.keys)
        for person in sheet.named(question.name, question.right)
    ]


def _tariff(sheet: Sheet) -> list[Pick]:
    return [
        Pick(item.code, f"{item.code} {item.name}", price(item), item.keywords, item.price)
        for item in sheet.items
    ]
