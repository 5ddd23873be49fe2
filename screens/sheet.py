"""A step's form as questions, made from its row alone: what it asks, who signs, when, and by whom.

Nothing here draws. `questions` makes them, `filled` turns the answers into what is saved.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from screens.asking import Filled, Sheet
from screens.moments import read
from wuye_tui.rules.clock import parse_past
from wuye_tui.rules.lifecycle import Ask, Facts, Kind, Row, Sign, always
from wuye_tui.rules.repair_asks import PAPER
from wuye_tui.rules.repair_guards import NOTHING_GIVEN
from wuye_tui.rules.rights import Right, holders
from wuye_tui.words import N_, _

Answers = Mapping[str, Any]
HAPPENED, DOER, SIGN_HOW = "_happened", "_doer", "sign_how"
PIN = "_pin:"  # before the role of the signature that it proves
REFUSED = "refused"
_UNITS = {Kind.MONEY: N_("多少元"), Kind.MINUTES: N_("多少分钟")}
_WRITTEN = (Kind.TEXT, Kind.WORDS, Kind.NAME, Kind.PHONE, Kind.UNIT)
WHOM = "whom"  # who was told of it
SIGN_WAYS = (("paper", N_("签了")), (REFUSED, N_("拒签")))


@dataclass(frozen=True)
class Question:
    """One line of a form. `proposed` is what it starts with, `hint` what an empty field says."""

    name: str
    kind: Kind
    word: str
    needed: bool = True
    when: Callable[[Facts], bool] = always
    choices: tuple[tuple[str, str], ...] = ()
    proposed: Any = ""
    hint: str = ""
    right: Right | None = None  # what whoever is named must be allowed to do
    wanted: bool = False  # the form stops here, though it may stay empty
    or_else: str = ""  # the name of the question whose answer serves as well

    @property
    def proves(self) -> str:
        """The role of the signature whose PIN this asks for; empty for any other question.

        What is typed there is no answer: it is in no draft and in nothing that is saved.
        """
        return self.name.removeprefix(PIN) if self.name.startswith(PIN) else ""


def questions(sheet: Sheet, own: str) -> tuple[Question, ...]:
    """Every question of the step, in order. `own` is the staff number of whoever types."""
    row = sheet.row
    asked = [_from_ask(ask, sheet) for ask in row.ask]
    later = [_if_earlier(one) for one in asked if row.backdate and one.name == PAPER.name]
    asked = [one for one in asked if not (later and one.name == PAPER.name)]
    how, why = _refusing(row)
    signed = [one for sign in row.signs for one in _signature(sign, sheet, own)]
    return (*asked, *how, *signed, *why, *_circumstances(sheet, own), *later)


def _if_earlier(question: Question) -> Question:
    """A question that only concerns what is entered later: put once an earlier time is given."""
    return replace(question, needed=True, proposed="", when=lambda f: bool(f.get(HAPPENED)))


def _from_ask(ask: Ask, sheet: Sheet) -> Question:
    return Question(
        ask.name,
        ask.kind,
        ask.word,
        ask.needed,
        ask.when,
        ask.choices,
        _proposed(ask, sheet),
        _hint(ask, sheet),
        right=ask.right,
        wanted=ask.wanted,
        or_else=ask.or_else,
    )


def _hint(ask: Ask, sheet: Sheet) -> str:
    """What an empty field says: what a number counts, and whether the field may stay empty."""
    if ask.or_else:
        other = next(one for one in sheet.row.ask if one.name == ask.or_else)
        return _("或者填「{word}」").format(word=_(other.word))
    if ask.name == WHOM and any(one.name == "emergency" for one in sheet.row.ask):
        return _("打给了谁，或卡片上的号码，如 1 或 13")
    unit = _(_UNITS.get(ask.kind, ""))
    if changes(sheet.row):
        return _("空着就不改")
    if ask.needed:
        return unit
    return _("{unit}，可以空着").format(unit=unit) if unit else _("可以空着")


def changes(row: Row) -> bool:
    """Whether the step changes what is written down already, as much of it as somebody likes."""
    return NOTHING_GIVEN in row.guards


def _proposed(ask: Ask, sheet: Sheet) -> Any:
    facts = sheet.facts
    if changes(sheet.row) and ask.kind in _WRITTEN:
        return str(facts.get(ask.name) or "")  # nobody types a sentence again for one word of it
    if ask.kind is Kind.FLAG:
        return "" if ask.needed else False
    if ask.kind is Kind.LINES:
        code = str(facts.get("tariff", ""))
        # The item for whatever is not known yet costs nothing once something was repaired.
        return [code] if any(i.code == code and not i.stands_in for i in sheet.priced) else []
    return ask.proposed(facts)


def _signature(sign: Sign, sheet: Sheet, own: str) -> list[Question]:
    """The signature, and the PIN of whoever signs, if it is somebody else who has one."""
    asked = _from_sign(sign, sheet, own)
    if not sign.staff or not sheet.secured:
        return [asked]

    def proves(facts: Facts) -> bool:
        return asked.when(facts) and facts.get(sign.role) in sheet.secured

    return [asked, Question(PIN + sign.role, Kind.TEXT, N_("签字人密码"), False, proves)]


def _from_sign(sign: Sign, sheet: Sheet, own: str) -> Question:
    def when(facts: Facts) -> bool:
        return sign.when(facts) and not (sign.may_refuse and facts.get(SIGN_HOW) == REFUSED)

    kind = Kind.STAFF if sign.staff else Kind.SIGNER
    name = _signer(sign, sheet, own)
    return Question(sign.role, kind, sign.word, True, when, (), name, right=sign.right)


def _signer(sign: Sign, sheet: Sheet, own: str) -> str:
    """Who will sign most likely: the resident; the worker whose job it is; whoever types, if they
    may; the only one who may.
    """
    if not sign.staff:
        return str(sheet.facts.get("caller", ""))
    able = [person.number for person in sheet.able(sign.right)] if sign.right else []
    worker = str(sheet.facts.get("worker", ""))
    if worker in able and sign.right is Right.REPAIR and not sign.own:
        return worker
    if own in able:
        return own
    return able[0] if len(able) == 1 else ""


def _refusing(row: Row) -> tuple[list[Question], list[Question]]:
    """Whether it was signed, asked before the signature; and if not, why and who saw it."""
    sign = next((sign for sign in row.signs if sign.may_refuse), None)
    if sign is None:
        return [], []
    applies = sign.when

    def refused(facts: Facts) -> bool:
        return applies(facts) and facts.get(SIGN_HOW) == REFUSED

    how = Question(SIGN_HOW, Kind.CHOICE, N_("签字情况"), True, applies, SIGN_WAYS, "paper")
    why = Question("refused_why", Kind.WORDS, N_("拒签原因"), True, refused)
    return [how], [why, Question("witness", Kind.NAME, N_("见证人"), True, refused)]


def _circumstances(sheet: Sheet, own: str) -> list[Question]:
    row, found = sheet.row, []
    if row.backdate:
        hint = _("空着就是现在；最多补记 {n} 小时").format(n=row.backdate // 3600)
        found.append(Question(HAPPENED, Kind.MOMENT, N_("实际时间"), False, hint=hint))
    if row.relay:
        known, likely = _told_of(sheet, own)
        hint = _("替别人记的，写是谁办的") if known else _("写是谁办的")
        found.append(
            Question(
                DOER, Kind.STAFF, N_("办理人"), not known, proposed=likely, hint=hint, right=row.who
            )
        )
    return found


def _told_of(sheet: Sheet, own: str) -> tuple[bool, str]:
    """Whether it goes without saying who takes the step: whoever types, signs, or was sent. If
    not, who it will have been: the one person of the post that comes first for it.
    """
    row = sheet.row
    able = {person.number for person in sheet.able(row.who)}
    signs = any(sign.staff for sign in row.signs)
    if own in able or signs or sheet.facts.get("worker") in able:
        return True, ""
    post = holders(row.who)[0]
    likely = [person.number for person in sheet.colleagues if post in person.hats]
    return False, likely[0] if len(likely) == 1 else ""


def asked_now(every: tuple[Question, ...], facts: Facts, answers: Answers) -> list[Question]:
    """The questions that are put, given what is known and what has been answered."""
    known = {**facts, SIGN_HOW: answers.get(SIGN_HOW, "")}
    found = []
    for question in every:
        if question.when(known):
            found.append(question)
            if not is_empty(answers.get(question.name)):
                known[question.name] = answers[question.name]
    return found


def is_empty(answer: Any) -> bool:
    """Whether a question has no answer yet; 否 is one."""
    return answer is None or answer == "" or answer == []


def missing(asked: list[Question], answers: Answers) -> list[Question]:
    """The questions that still need an answer."""
    empty = {one.name for one in asked if is_empty(answers.get(one.name))}
    return [
        one
        for one in asked
        if one.name in empty
        and (one.needed or (one.wanted and (not one.or_else or one.or_else in empty)))
    ]


def next_open(
    asked: list[Question], answers: Answers, passed: Collection[str], since: str = ""
) -> Question | None:
    """The question that Enter goes to from the question named `since`, or when the form opens; None
    when nothing more has to be answered.

    It is the next that needs an answer, or an empty one of the step's own before that: what is
    typed next must not land behind the field that it was meant for. Behind the last that is needed
    it goes on to save.
    """
    names = [one.name for one in asked]
    place = names.index(since) + 1 if since in names else 0
    lacking = [one for one in missing(asked, answers) if one.name not in passed]
    order = [*asked[place:], *asked[: max(0, place - 1)]]
    target = next((one for one in order if one in lacking), None)
    if target is None or target not in asked[place:] or not place:
        return target
    between = asked[place : asked.index(target)]
    return next((one for one in unfilled(between, asked, answers)), target)


def unfilled(some: list[Question], asked: list[Question], answers: Answers) -> list[Question]:
    """Those of the step's own questions that stand empty and may: no circumstance, no PIN, nothing
    that another answer stands for.
    """
    served = {one.or_else for one in asked if not is_empty(answers.get(one.name))}
    return [
        one
        for one in some
        if not one.needed
        and one.name not in (HAPPENED, DOER)
        and one.name not in served
        and not one.proves
        and is_empty(answers.get(one.name))
    ]


def filled(
    row: Row, asked: list[Question], answers: Answers, now: datetime, zone: tzinfo
) -> Filled:
    """The answers as they are saved. Raises UsageError for a moment that cannot be read."""
    given: dict[str, Any] = {}
    for question in asked:
        answer = answers.get(question.name)
        if is_empty(answer) or question.name in (HAPPENED, DOER):
            continue
        if changes(row) and answer == question.proposed:
            continue
        if question.kind is Kind.MOMENT:
            answer = read(str(answer), now, zone).isoformat()
        given[question.name] = answer
    when = str(answers.get(HAPPENED) or "")
    longest = timedelta(seconds=row.backdate)
    return Filled(
        given, parse_past(when, zone, now, longest) if when else None, str(answers.get(DOER) or "")
    )
