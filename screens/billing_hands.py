"""Whose money is half typed at the counter (FW-1.6): it is theirs who typed it, and of that day.

Whoever sits down next begins with an empty counter and is told what the other has left, which waits
for its owner. On the next day late fees are others: then a payment begins anew for its owner too.
"""

from typing import TYPE_CHECKING, Any

from screens.base import console
from screens.billing import KEPT, LISTS
from screens.billing_forms import KIND
from screens.billing_offers import BillingOffers
from screens.commands import BILLING
from screens.drafts import Draft
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from screens.asking_counter import CounterSheet
    from screens.drafts import Spool
    from screens.widgets.step_form import StepForm

LEFT = "left:"  # before the name of a draft that waits for whoever typed it
BY, NAME, DAY = "by", "name", "day"  # of a draft: whose it is, and of which day


class BillingHands(BillingOffers):
    """Drafts of the counter change places when somebody else sits down, or a day begins."""

    def __init__(self) -> None:
        super().__init__()
        self._left_words = ""  # what others have left, as it is told once

    # Whose it is

    def keep_bill(self) -> None:
        """And whose it is."""
        super().keep_bill()
        self._is_mine(self._draft_name, KEPT)

    def _keep_form(self, form: "StepForm") -> None:
        super()._keep_form(form)
        if form.draft_name.startswith(f"{KIND}:"):
            self._is_mine(form.draft_name)

    def _left_out(self, sheet: "CounterSheet", less: Any) -> None:
        super()._left_out(sheet, less)
        self._is_mine(f"{KEPT}:{' '.join(sheet.units)}")

    def _is_mine(self, *names: str) -> None:
        spool = console(self).spool
        for name in names:
            if name in spool and not (draft := spool.get(name)).of:
                draft.of = self._here

    @property
    def _here(self) -> dict[str, str]:
        desk = console(self).desk
        today = desk.now().astimezone(desk.zone).date()
        return {BY: desk.staff, NAME: self.person, DAY: today.isoformat()}

    @property
    def drafts(self) -> list[str]:
        """Without those that wait for somebody else."""
        return [name for name in super().drafts if not name.startswith(LEFT)]

    # Another one, or another day

    async def read_more(self) -> None:
        """Before what is owed is read: for whom."""
        if self._change_hands():
            self.say(self._left_words)
        await super().read_more()

    def _left_over(self) -> tuple[str, ...]:
        """A day may have begun since anybody did anything."""
        if console(self).is_open and self._change_hands():
            self.say(self._left_words)
        return super()._left_over()

    def left_by_others(self) -> str:
        """What others have left half typed, once, for whoever has just sat down."""
        told, self._left_words = self._left_words, ""
        return super().left_by_others() + (f" {told}" if told else "")

    def _change_hands(self) -> bool:
        """Puts aside what is not of this person and day and takes up what is; whether there is
        something to tell.
        """
        here, spool = self._here, console(self).spool
        self._left_words = ""
        if not here[BY]:
            return False
        gone = [name for name in spool if _is_counters(name) and not _is_of(spool.get(name), here)]
        for name in gone:
            of = spool.get(name).of
            _renamed(spool, name, f"{LEFT}{of[BY]}:{of[DAY]}:")
        back = [name for name in spool if name.startswith(f"{LEFT}{here[BY]}:")]
        told = [_told(name, spool.get(name), here) for name in spool if name.startswith(LEFT)]
        for name in back:
            by_day = f"{LEFT}{here[BY]}:{spool.get(name).of[DAY]}:"
            whole = name.removeprefix(by_day)
            if spool.get(name).of[DAY] == here[DAY] or whole.startswith(f"{KIND}:"):
                draft = spool.get(name)
                draft.of = here
                _renamed(spool, name, "", by_day)
            else:
                spool.drop(name)
        if gone or back:
            self._begin_empty()
            self._left_words = " ".join(filter(None, told))
        return bool((gone or back) and self._left_words)

    def _begin_empty(self) -> None:
        """Nobody's account is at hand."""
        pane, form = self.bill_pane, self.counter_form
        self._units, self._board, self.less, self.receipt = (), None, None, ""
        top = self._opened[-1:] if form is not None else []
        others = [one for one in self._opened if not one.kind.startswith(f"{KIND}:")]
        self._opened = [*others, *top]
        if form is not None:
            form.is_touched = False  # it has been put aside already
            self.close_form(form.draft_name)
        if self.panel == "choose" and self.choose.list_id.startswith(LISTS):
            self.close_panel("choose")
        pane.begin_empty()
        self.close_panel(BILLING)  # F6 begins with what was left half typed, if anything


def _is_counters(name: str) -> bool:
    return name == KEPT or name.startswith((f"{KEPT}:", f"{KIND}:"))


def _is_of(draft: Draft, here: dict[str, str]) -> bool:
    """Whether it is of this person and day; one of an older program is whoever's sits here."""
    return not draft.of or all(draft.of[one] == here[one] for one in (BY, DAY))


def _renamed(spool: "Spool", name: str, before: str, without: str = "") -> None:
    draft = spool.get(name)
    spool.drop(name)
    spool.put(before + name.removeprefix(without), draft)


def _told(name: str, draft: Draft, here: dict[str, str]) -> str:
    """What was left half typed, by whom, and what becomes of it; nothing of what is taken up, nor
    where nothing was typed.
    """
    _left, by, day, kind, *rest = name.split(":", 4)
    what = _what(kind, rest, draft)
    if not (rest and what):
        return ""
    unit = rest[0].partition(":")[0]
    if by != here[BY]:
        told = _("{name} 在 {unit} 打了一半：{what}，替 {name} 留着；您从空白开始。")
        return told.format(name=draft.of[NAME], unit=unit, what=what)
    if kind == KIND or day == here[DAY]:
        return ""
    told = _("{day} 您在 {unit} 打了一半：{what}，没有收；今天要重新打。")
    return told.format(day=day, unit=unit, what=what)


def _what(kind: str, rest: list[str], draft: Draft) -> str:
    if kind == KIND:
        from wuye_tui.rules.counter_asks import ROWS  # not needed for the first paint

        verb = rest[0].rpartition("/")[2]
        return _(ROWS[verb].word) if verb in ROWS else _("催缴")
    from wuye_tui.rules.receipts import MEANS_WORDS

    said = draft.answers.get("money") or {}
    money = str(said.get("said") or said.get("given") or "")
    ticked = len(draft.answers.get("ticked", ()))
    parts = [
        _("勾了 {n} 笔").format(n=ticked) if ticked else "",
        f"{money} {_(MEANS_WORDS[said['means']])}" if money else "",
        _("不收违约金") if draft.answers.get("less") else "",
    ]
    return listed(filter(None, parts))
