"""Emergencies, one key each: the card stands there before the first field (NB-3, SB-4, FW-M.2.1).

What the line says already goes into the form, so that nobody types it twice. With an empty line
the key of another kind corrects the kind of the form that is in sight; in every other case it is
another emergency, and a form that was left half filled in must not send help to the wrong door.
"""

from typing import Any

from textual import work

from screens import asking_calls
from screens.base import console
from screens.drafts import Draft
from screens.forms import NEW
from screens.pointing import Pointing
from screens.wording import emergency_word, sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

SEND = "dispatch_now"
KIND = "emergency"
NAME = f"{NEW}/{SEND}"
_SAID = ("unit", "place", "text", "caller", "phone", "whom")  # of a form, in the order of a line


class Alarms(Pointing):
    """The call is made first, by the card; what it was about is written down under it."""

    def action_alarm(self, kind: str) -> None:
        """The key of this kind."""
        if console(self).is_open:
            self._alarm(kind)

    @work(group="form")
    async def _alarm(self, kind: str) -> None:
        app, words = console(self), self.intake.words.strip()
        in_sight = self.form is not None and self.form.draft_name == NAME and not words
        meant: dict[str, Any] = {"text": emergency_word(kind)}
        if words:
            try:
                if await app.ask(asking_calls.speaks_of_another, words, kind):
                    self._line_aside()
                else:
                    meant |= await app.ask(asking_calls.by_fields, words, self.intake.picked, SEND)
                    self.intake.taken(words)
                    self.keep_line()
            except DeskError as error:  # the line keeps its words; the card must not wait for them
                self.say(sentence(error), clause=error.clause, refused=True)
        if self.form is not None and self.form.draft_name == NAME:
            await self.close_form().wait()
        told = _("「{what}」：先照卡片打电话，再填这张表。").format(what=emergency_word(kind))
        if NAME in app.spool:
            before = app.spool.get(NAME).answers
            if in_sight or (not words and before.get(KIND) == kind):
                meant = dict(before)
            elif self._emergency_aside(before):
                told += _("上一张没存的放着：F10「接着打」。")
        app.spool.put(NAME, Draft({**meant, KIND: kind}))
        self.say(told)
        self.open_form("", SEND)

    def _emergency_aside(self, before: dict[str, Any]) -> bool:
        """What somebody filled in of the other one is a line again, that can be gone on with;
        whether there was anything.
        """
        console(self).spool.drop(NAME)
        own = {**before, "text": _other_than(before.get("text"), before.get(KIND))}
        said = " ".join(str(own[name]) for name in _SAID if own.get(name))
        if said:
            self.put_aside(Draft({"words": said}, caret=len(said)))
        return bool(said)


def _other_than(text: Any, kind: Any) -> Any:
    """The words of a form, unless they are those that its kind has put there."""
    return "" if kind and text == emergency_word(str(kind)) else text
