"""Emergencies, one key each: the card stands there before the first field (NB-3, SB-4, FW-M.2.1).

What the line says already goes into the form, so that nobody types it twice. A second key means
another emergency than the one that was meant: the form keeps what was filled in.
"""

from typing import Any

from textual import work

from screens import asking_calls
from screens.base import console
from screens.calls import Calls
from screens.forms import NEW
from screens.wording import emergency_word, sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

SEND = "dispatch_now"
KIND = "emergency"


class Alarms(Calls):
    """The call is made first, by the card; what it was about is written down under it."""

    def action_alarm(self, kind: str) -> None:
        """The key of this kind."""
        if console(self).is_open:
            self._alarm(kind)

    @work(group="line")
    async def _alarm(self, kind: str) -> None:
        app, name = console(self), f"{NEW}/{SEND}"
        meant: dict[str, Any] = {"text": emergency_word(kind)}
        if name in app.spool:
            if self.form is not None and self.form.draft_name == name:
                await self.close_form().wait()
            meant |= app.spool.get(name).answers
        elif words := self.intake.words.strip():
            try:
                meant |= await app.ask(asking_calls.by_fields, words, self.intake.picked, SEND)
            except DeskError as error:  # the line keeps its words; the card must not wait for them
                self.say(sentence(error), clause=error.clause, refused=True)
            else:
                self.intake.taken(words)
                self.keep_line()
        draft = app.spool.get(name)
        draft.answers = {**meant, KIND: kind}
        app.spool.put(name, draft)
        self.say(_("「{what}」：先照卡片打电话，再填这张表。").format(what=emergency_word(kind)))
        self.open_form("", SEND)
