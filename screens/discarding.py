"""Half-filled forms that nobody wants any more: of a step that has been overtaken, or any other.

What somebody typed is thrown away by them alone, after they have seen what it is.
"""

from typing import TYPE_CHECKING

from screens import asking_dispatch
from screens.asking_dispatch import JOINED
from screens.base import console
from screens.forms import TYPED
from screens.patrolling import Patrolling
from screens.wording import clock, short_number
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking_dispatch import Overtaken
    from screens.drafts import Draft
    from screens.forms import _Opened
    from screens.widgets.choose import Choose, Option

DISCARD = "discard"


class Discarding(Patrolling):
    """Throwing drafts away."""

    async def cannot_open(self, opened: "_Opened") -> None:
        """A draft whose step is not open: where somebody was quicker, it may go."""
        if opened.name not in console(self).spool:
            return
        numbers = opened.number.split(JOINED)
        try:
            found = await console(self).ask(asking_dispatch.overtaken, numbers, opened.verb)
        except DeskError:
            return  # why the form cannot be opened has been said
        if found is not None:
            self._ask(self._who_was_quicker(found, opened.number), [opened.name])

    def _who_was_quicker(self, found: "Overtaken", number: str) -> str:
        desk = console(self).desk
        today = desk.now().astimezone(desk.zone).date()
        short = " ".join(short_number(one, today) for one in number.split(JOINED))
        told = _("{number} 走不了「{step}」了：{who} {when}「{what}」，现在是「{state}」")
        return told.format(
            number=short,
            step=_(found.step),
            who=found.who,
            when=clock(found.at, desk.zone, desk.now()),
            what=_(found.what),
            state=_(found.state),
        )

    def action_discard(self) -> None:
        """Throws away what is in the form; without one it asks which of the drafts."""
        form = self.form
        if self.must_wait():  # what is being saved may be what would be thrown away
            return
        if form is not None:
            console(self).spool.drop(form.draft_name)
            form.is_touched = False
            self.close_form()
            self.say(_("这张表里填的已经丢掉。"))
        elif self.drafts:
            here = self.draft_of(self.queue.number)
            names = sorted(self.drafts, key=lambda name: name != here)
            self._ask(_("丢掉哪一张填了一半的表？"), names)
        else:
            self.say(_("没有填了一半的表。"), refused=True)

    def _ask(self, title: str, names: list[str]) -> None:
        from screens.widgets.choose import Option

        keep = Option(f"{DISCARD}:", _("先留着"), _("填的都还在"))
        options = [keep, *(self._option(name) for name in names)]
        self.open_panel("choose", self.choose.field)
        self.choose.offer(DISCARD, title, options, numbers=True)

    def _option(self, name: str) -> "Option":
        from screens.offers import step_word
        from screens.widgets.choose import Option

        desk = console(self).desk
        today = desk.now().astimezone(desk.zone).date()
        of = name.partition("/")[0]
        short = " ".join(short_number(one, today) for one in of.split(JOINED) if "-" in one)
        words = _("丢掉 {step} {number}").format(step=step_word(name), number=short).rstrip()
        return Option(f"{DISCARD}:{name}", words, typed_words(console(self).spool.get(name)))

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """Keep it, or throw it away."""
        kind, _colon, name = event.id.partition(":")
        if kind != DISCARD:
            return
        if not name:
            self.say(_("填的都留着：按 F10，打「丢掉草稿」可以丢掉。"))
            return
        console(self).spool.drop(name)
        self._tell_status()
        self.tell_keys()
        self._paint_slip()
        self.say(_("填了一半的表已经丢掉。"))


def typed_words(draft: "Draft") -> str:
    """What somebody typed into a form, in one line; all that it holds, where that is not known."""
    if TYPED in draft.answers:
        return str(draft.answers[TYPED])
    held = (one for name, one in draft.answers.items() if not name.startswith("_"))
    return " ".join(one for one in held if isinstance(one, str) and one)
