"""Forms filled in: what the registers have to say, in the layout of the office.

Nothing here is written, but how often a receipt or a refund was printed. Whoever prints a slip has
proved who they are and sees its telephone as on the screen (`full`); of the register of calls whole
numbers are an act with a reason.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from wuye_tui.desk import Desk
from wuye_tui.paper import receipts, telling, watch
from wuye_tui.paper.blocks import Sheet
from wuye_tui.paper.books import Books
from wuye_tui.paper.forms import BY_NAME, Form, NotThisForm, Of
from wuye_tui.paper.layouts import Layouts
from wuye_tui.paper.telling import Terms
from wuye_tui.registers import views
from wuye_tui.registers.receipt_prints import Print, counted
from wuye_tui.registers.receipts import plain
from wuye_tui.registers.staff import list_staff
from wuye_tui.registers.steps import plain_number
from wuye_tui.registers.tariff import list_tariff
from wuye_tui.rules.errors import DeskError, UsageError
from wuye_tui.words import PAPER, _, listed, speaking

CARBON: Final = "carbon"
"""All copies at one stroke, on paper that writes through: one page names them all."""
AT_ONCE: Final = 100
"""Matters that are read together and held until each is on paper."""


class NoSuchCopy(UsageError):
    """A form has no such copy."""

    def __init__(self, form: Form, typed: str) -> None:
        known = [*(str(n + 1) for n in range(len(form.copies))), CARBON]
        told = _("「{form}」没有第「{typed}」联，可以写：{known}。")
        super().__init__(told.format(form=_(form.title), typed=typed, known=listed(known)))


class Papers:
    """The forms of one desk, filled in one after the other.

    `full` shows whole telephone numbers on slips; a `reason` shows them in the register of calls,
    which is an act.
    """

    def __init__(self, desk: Desk, full: bool = False, reason: str = "") -> None:
        self.desk, self.full, self.reason = desk, full, reason
        self.layouts = Layouts(desk.reference)
        self.prints: dict[str, Print] = {}

    def filled(self, form: Form, about: str = "", copies: Sequence[str] = ()) -> list[Sheet]:
        """The copies of a form about a matter, a call, a day or a post; with `copies` only those,
        "1" the first. Raises UnknownMatter, UnknownContact, NotThisForm, NoSuchCopy, and BadLayout
        where the program's own layout is wrong.
        """
        return next(self.each(form, [about], copies))

    def each(
        self, form: Form, about: Sequence[str], copies: Sequence[str] = ()
    ) -> Iterator[list[Sheet]]:
        """The same of many, in their order; so many are read at once that few questions are asked,
        and few enough that memory holds them.
        """
        for facts in self.facts(form, about, copies):
            sheets = self.layouts.filled(form.name, facts)
            yield receipts.stamped(sheets, facts.get(receipts.MARKS, ()))

    def for_paper(
        self, form: Form, about: Sequence[str], copies: Sequence[str] = (), key: str = ""
    ) -> Iterator[list[Sheet]]:
        """The same for a printer or a file: the one way in which receipts and refunds go to paper.

        Each of these is counted as printed, in one act, as soon as all of them could be filled in;
        `prints` then says which printing each is, whatever becomes of the paper. Raises NotAllowed
        besides.
        """
        if form.of in receipts.COUNTED:
            about = list(dict.fromkeys(map(plain, about)))
            for _sheets in self.each(form, about, copies):
                pass  # whatever is wrong is refused before anything is counted
            self.prints = counted(self.desk, about, key)
        return self.each(form, about, copies)

    def facts(
        self, form: Form, about: Sequence[str], copies: Sequence[str] = ()
    ) -> Iterator[dict[str, Any]]:
        """All that the layout of a form may say of each, in the language of paper, as the layouts
        are; raises the same, in the language of the desk.
        """
        named(form, copies)
        with speaking(PAPER):
            head = self._head(form, copies)
        many, found = 0, self._facts(form, about)
        while True:
            try:
                with speaking(PAPER):  # not over a `yield`: what is said between is not on paper
                    facts = next(found, None)
            except DeskError:
                for _refused in self._facts(form, about[many:]):
                    pass
                raise
            if facts is None:
                return
            many += 1
            yield {**head, **facts}

    @cached_property
    def terms(self) -> Terms:
        """With what codes are put into words."""
        items = {item["code"]: item["name"] for item in list_tariff(self.desk)}
        staff = {one["number"]: one["name"] for one in list_staff(self.desk, everyone=True)}
        return Terms(self.desk.zone, staff, items, self.full)

    @cached_property
    def _books(self) -> Books:
        return Books(self.desk, self.terms, self.reason)

    def _head(self, form: Form, copies: Sequence[str]) -> dict[str, Any]:
        return {
            **head(form),
            "copies": named(form, copies),
            "office": self.desk.office.name,
            "training": _("演练") if self.desk.office.training else "",
            "printed": self.terms.moment(self.desk.now()),
            "printed_by": self.terms.person(self.desk.staff),
        }

    def _facts(self, form: Form, about: Sequence[str]) -> Iterator[dict[str, Any]]:
        match form.of:
            case Of.MATTER:
                return self._matters(form, about)
            case Of.CALL:
                return map(self._books.call, about)
            case Of.DUTY:
                return map(self._books.duty, about)
            case Of.RECEIPT:
                return (
                    receipts.receipt(self.desk, self.terms, self._seen, one, self._printing(one))
                    for one in about
                )
            case Of.REFUND:
                return (
                    receipts.refund(self.desk, self.terms, one, self._printing(one))
                    for one in about
                )
            case Of.NIGHT:
                return map(self._books.night, about)
            case Of.LOG:
                return (watch.told(self.desk, self.terms, one) for one in about)
        return map(self._books.day, about)

    def _printing(self, number: str) -> Print | None:
        return self.prints.get(plain(number))

    def _matters(self, form: Form, numbers: Sequence[str]) -> Iterator[dict[str, Any]]:
        for start in range(0, len(numbers), AT_ONCE):
            part = numbers[start : start + AT_ONCE]
            seen = self._seen(part)
            family = telling.Family(seen.values(), self._seen, self.terms)
            for number in part:
                view = seen[plain_number(number)]
                if not form.suits(view.kind):
                    raise NotThisForm(form, view.number, view.kind)
                yield telling.told(view, self.terms, family.of(view))

    def _seen(self, numbers: Sequence[str]) -> dict[str, views.MatterView]:
        # Nobody's next steps are wanted on paper, and reckoning them takes as long as the rest.
        return views.show_several(self.desk, numbers, self.terms.names)


def head(form: Form) -> dict[str, Any]:
    """What every layout may say of its form, before anything is known."""
    names = ("office", "training", "printed", "printed_by")
    return {**dict.fromkeys(names, ""), "title": _(form.title), "code": form.code, "copies": []}


def sample(name: str) -> dict[str, Any]:
    """The facts that a layout is tried with: all of them there, and empty."""
    form = BY_NAME[name]
    match form.of:
        case Of.MATTER:
            facts = telling.blank()
        case Of.LOG:
            facts = watch.blank()
        case Of.RECEIPT:
            facts = {**dict.fromkeys(receipts.RECEIPT, ""), "lines": []}
        case Of.REFUND:
            facts = {**dict.fromkeys(receipts.REFUND, ""), "lines": []}
        case _:
            facts = Books.blank()
    return {**facts, **head(form), "copies": named(form, ())}


def named(form: Form, copies: Sequence[str]) -> list[dict[str, Any]]:
    """The copies that are printed, each by its number `n` and its `words`; 0 is all at one stroke.
    Raises NoSuchCopy.
    """
    words = [_(name) for name in form.copies] or [""]
    every = [{"n": n, "words": word} for n, word in enumerate(words, 1)]
    if not copies:
        return every
    if list(copies) == [CARBON]:
        return [{"n": 0, "words": "  ".join(words)}]
    for typed in copies:
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(words)):
            raise NoSuchCopy(form, typed)
    return [every[int(typed) - 1] for typed in copies]
