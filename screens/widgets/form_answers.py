"""What is filled in on a form: its rows, which of them are asked now, and their answers."""

from collections.abc import Sequence
from typing import Any

from textual.containers import Vertical

from screens.asking import Sheet
from screens.form_words import spelled
from screens.sheet import WHOM, Question, asked_now, questions
from screens.widgets.answers import ChoiceAnswer
from screens.widgets.form_fields import PinAnswer
from screens.widgets.form_row import FormRow


class Answering(Vertical):
    """The questions of a step and what has been answered."""

    def __init__(self, sheet: Sheet, own: str) -> None:
        super().__init__(id="form")
        self.sheet = sheet
        self.card: Sequence[str] = ()  # whom the lines of the emergency's card name
        self._questions = questions(sheet, own)

    @property
    def rows(self) -> list[FormRow]:
        """Every row, asked now or not."""
        return list(self.query(FormRow))

    @property
    def asked(self) -> list[FormRow]:
        """The rows that are asked now."""
        names = {question.name for question in self._asked()}
        return [row for row in self.rows if row.question.name in names]

    @property
    def emergency(self) -> str:
        """The kind of emergency that is chosen; empty where the step does not ask for it."""
        asked = (row.field for row in self.rows if row.question.name == "emergency")
        return next((str(one.answer) for one in asked if isinstance(one, ChoiceAnswer)), "")

    def answers(self) -> dict[str, Any]:
        """Every answer by its question's name, those not asked now included."""
        rows = (row for row in self.rows if not row.question.proves)
        return {row.question.name: row.field.answer for row in rows}

    @property
    def proofs(self) -> list[tuple[str, str]]:
        """Who has given a PIN for what they sign, and the PIN."""
        pins = [row.field for row in self.asked if isinstance(row.field, PinAnswer)]
        return list(dict.fromkeys((one.signer, one.value) for one in pins if one.value))

    def _asked(self) -> list[Question]:
        return asked_now(self._questions, self.sheet.facts, self.answers())

    def _row(self, question: Question) -> Any:
        """The line of a question."""
        return next(row for row in self.rows if row.question is question)

    def _named(self, row: FormRow) -> str:
        return spelled(str(row.field.answer), self.card)

    def _spell_out(self, using: str = "") -> None:
        """Numbers of the card become the names that they stand for, once the field is left."""
        for row in self.rows:
            if row.question.name == WHOM != using and (names := self._named(row)):
                row.field.put(names)
