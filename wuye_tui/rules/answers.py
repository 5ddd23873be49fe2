"""From what was typed to the facts of a step: the one validation of forms and commands alike.

`take_answers` goes through a row's questions and signatures in their order and returns the facts
to be written, JSON-able throughout: moments as ISO 8601 in UTC, money as int fen.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from wuye_tui.rules import phones
from wuye_tui.rules.clock import parse_moment
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.lifecycle import Ask, Facts, Kind, Row, Sign
from wuye_tui.rules.money import line_total, parse_yuan, yuan
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.patrol_plan import Spot
from wuye_tui.rules.procedures import kind_of
from wuye_tui.rules.refusals import (
    BadAnswer,
    MissingAnswer,
    MissingSignature,
    NotACount,
    OtherDepartment,
    OtherKind,
    SameSigner,
    UnknownAnswer,
    UnknownStaff,
    WrongPerson,
)
from wuye_tui.rules.repair_facts import OFF
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean, code
from wuye_tui.words import _, listed

YES = frozenset({"1", "y", "yes", "true", "on", "是", "有", "已", "√"})
NO = frozenset({"0", "n", "no", "false", "off", "否", "无", "没", ""})
MOST_OF_ONE = 999  # of one item on a slip; more is a slip of the finger
SIGNING = ("sign_how", "refused_why", "witness")
# A hold may last until a day, which then means when the office opens. Whoever waits at home for an
# appointment, or for a worker to come back, must know the hour.
DAY_ENOUGH = frozenset({"until"})
OPENS = time(8, 30)
_SEPARATOR = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")  # Python takes them for blanks
_PARTED = str.maketrans(dict.fromkeys("；,，\n", ";"))


@dataclass(frozen=True)
class TariffItem:
    """What the tariff says of one code; `price` in ten-thousandths of a yuan."""

    code: str
    name: str
    price: int


class Lookups(Protocol):
    """What only the registers can answer; each raises NotFound for what is not there."""

    def staff(self, typed: str) -> str:
        """The staff number of a number or name."""

    def may(self, number: str, right: Right) -> bool:
        """Whether somebody's own hats grant a right."""

    def department(self, code: str) -> Collection[str]:
        """The staff numbers of a department's people; none where the list names nobody of it."""

    def unit(self, typed: str) -> str:
        """The label of a unit in any usual spelling."""

    def tariff(self, typed: str) -> TariffItem:
        """The tariff's item of a code."""

    def spot(self, typed: str) -> Spot:
        """A post, room or place of the patrol plan by its code or name."""

    def matter(self, typed: str) -> str:
        """The number of a matter that whoever acts may see."""


@dataclass(frozen=True)
class Signed:
    """One signature: whose, how, and for a refused one why and who saw it."""

    role: str
    name: str
    how: str  # pin, paper or refused
    staff: str = ""
    why: str = ""
    witness: str = ""


@dataclass(frozen=True)
class Answers:
    """A step's facts as they are written, and its signatures."""

    facts: dict[str, Any]
    personal: frozenset[str]
    signed: tuple[Signed, ...]


def take_answers(
    row: Row,
    before: Facts,
    given: Mapping[str, Any],
    lookups: Lookups,
    zone: tzinfo,
    today: date,
    own: str = "",
    proven: Collection[str] = (),
) -> Answers:
    """The validated facts of a step.

    `before` are the matter's facts, `given` the typed words by question, `own` the staff number of
    whoever is at the keyboard: their own signature counts as given by PIN, as do those of the
    staff numbers in `proven`, who gave theirs for this step. Raises UsageError or
    NotFound for an answer, Refused for a missing signature.
    """
    _refuse_unknown(row, given)
    facts: dict[str, Any] = {}
    personal: set[str] = set()
    for ask in row.ask:
        known = {**before, **facts}
        raw = given.get(ask.name)
        if _is_blank(raw):
            if ask.needed and ask.when(known):
                raise MissingAnswer(ask)
            continue
        if not ask.when(known):
            continue  # not asked in this case: a left-over of the form, not an error
        if ask.kind is Kind.SPOT:
            facts |= _spot(ask, lookups.spot(code(str(raw), Field.NAME, _(ask.word))))
        else:
            facts[ask.name] = _answer(ask, raw, lookups, zone, today)
        if ask.kind is Kind.MATTER and kind_of(facts[ask.name]) not in ask.kinds:
            raise OtherKind(row, ask, facts[ask.name])
        if ask.personal:
            personal.add(ask.name)
    signed = _signatures(row, {**before, **facts}, given, lookups, (own, *proven))
    return Answers(facts, frozenset(personal), signed)


def _is_blank(raw: Any) -> bool:
    """Blanks alone answer nothing, and would pass for a name; a separator is no blank."""
    if isinstance(raw, str):
        return not raw.strip() and not _SEPARATOR.search(raw)
    return raw is None or raw == ()


def _refuse_unknown(row: Row, given: Mapping[str, Any]) -> None:
    known = {ask.name for ask in row.ask} | {sign.role for sign in row.signs} | set(SIGNING)
    for name in given:
        if name not in known:
            raise UnknownAnswer(row, name)


def _answer(ask: Ask, raw: Any, lookups: Lookups, zone: tzinfo, today: date) -> Any:
    word = _(ask.word)
    match ask.kind:
        case Kind.TEXT:
            return clean(str(raw), Field.SUMMARY, word)
        case Kind.WORDS:
            return clean(str(raw), Field.WORDS, word)
        case Kind.NAME:
            return clean(str(raw), Field.NAME, word)
        case Kind.PHONE:
            return phones.given(str(raw), word)
        case Kind.CHOICE:
            return _choice(ask, str(raw))
        case Kind.FLAG:
            return _flag(ask, raw)
        case Kind.MONEY:
            return parse_yuan(yuan(raw) if type(raw) is int else str(raw))
        case Kind.MINUTES:
            return _minutes(ask, str(raw))
        case Kind.MOMENT:
            opens = OPENS if ask.name in DAY_ENOUGH else None
            return parse_moment(str(raw), zone, today, opens=opens).isoformat()
        case Kind.STAFF:
            return _somebody(ask, code(str(raw), Field.NAME, word), lookups)
        case Kind.UNIT:
            return lookups.unit(str(raw))
        case Kind.TARIFF:
            typed = code(str(raw), Field.CODE, word)
            return OFF if typed.lower() == OFF else lookups.tariff(typed).code
        case Kind.LINES:
            return _lines(ask, raw, lookups)
        case Kind.COUNTS:
            return _counts(ask, raw)
        case Kind.KEYS:
            return _keys(ask, raw)
        case Kind.SIGNER:
            return clean(str(raw), Field.NAME, word)
        case Kind.MATTER:
            return lookups.matter(code(str(raw), Field.NUMBER, word))
        case Kind.SPOT:
            return lookups.spot(str(raw)).name


def _spot(ask: Ask, spot: Spot) -> dict[str, Any]:
    """A spot by the name it has today; by its code it is found whatever it is called later."""
    return {
        ask.name: spot.name,
        f"{ask.name}_code": spot.code,
        f"{ask.name}_sort": spot.sort,
        f"{ask.name}_reads": bool(spot.readings),
    }


def _somebody(ask: Ask, typed: str, lookups: Lookups) -> str:
    number = lookups.staff(typed)
    if ask.right and not lookups.may(number, ask.right):
        raise WrongPerson(ask.word, typed, ask.right)
    return number


def _choice(ask: Ask, typed: str) -> str:
    for choice, word in ask.choices:
        if typed in (choice, word, _(word)):
            return choice
    wanted = listed(f"{choice} {_(word)}" for choice, word in ask.choices)
    raise BadAnswer(ask, typed, _("可以是：{choices}").format(choices=wanted))


def _flag(ask: Ask, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    typed = str(raw).strip().lower()
    if typed in YES:
        return True
    if typed in NO:
        return False
    raise BadAnswer(ask, str(raw), _("请写 yes 或 no"))


def _minutes(ask: Ask, typed: str) -> int:
    plain = code(typed, Field.CODE, _(ask.word))
    if not plain.isascii() or not plain.isdigit() or not 0 < int(plain) <= 100_000:
        raise BadAnswer(ask, typed, _("请写分钟数，例如 30"))
    return int(plain)


def _lines(ask: Ask, raw: Any, lookups: Lookups) -> list[dict[str, Any]]:
    """Charge lines: `SX-01`, `SX-01*2`, or `角阀=25.00` for what the tariff does not list."""
    several = isinstance(raw, list | tuple)
    typed = list(raw) if several else str(raw).replace("；", ";").split(";")
    return [_line(ask, str(part).strip(), lookups) for part in typed if str(part).strip()]


def _parts(raw: Any) -> list[str]:
    """What was typed as a list, or as one text with semicolons or commas."""
    several = raw if isinstance(raw, list | tuple) else str(raw).translate(_PARTED).split(";")
    return [part for one in several if (part := str(one).strip())]


def _counts(ask: Ask, raw: Any) -> dict[str, int]:
    """`对讲机=6`, one after the other; a form may give them ready."""
    given = raw.items() if isinstance(raw, Mapping) else (_counted(ask, one) for one in _parts(raw))
    found: dict[str, int] = {}
    for name, many in given:
        named = clean(str(name), Field.TITLE, _(ask.word))
        typed = code(str(many), Field.CODE, _(ask.word))
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 6):
            raise NotACount(ask, named, typed)
        found[named] = int(typed)
    return found


def _counted(ask: Ask, typed: str) -> tuple[str, str]:
    name, equals, many = typed.replace("＝", "=").rpartition("=")
    if not (equals and name.strip()):
        raise BadAnswer(ask, typed, _("请写 名称=数量，例如 对讲机=6"))
    return name, many


def _keys(ask: Ask, raw: Any) -> list[str]:
    parts = _parts(raw if isinstance(raw, list | tuple) else str(raw).replace(" ", ","))
    return list(dict.fromkeys(code(part, Field.TITLE, _(ask.word)) for part in parts))


def _listed(named: str, lookups: Lookups) -> bool:
    """Whether somebody means an item of the tariff: its price is not theirs to say."""
    try:
        lookups.tariff(code(named, Field.NUMBER))
    except DeskError:
        return False
    return True


def _line(ask: Ask, typed: str, lookups: Lookups) -> dict[str, Any]:
    what, equals, amount = typed.rpartition("=")
    if equals:
        named = clean(what, Field.TITLE, _(ask.word))
        if not named or _listed(named, lookups):
            raise BadAnswer(ask, typed, _("标准外的写成 名称=金额，标准内的写 SX-01 或 SX-01*2"))
        return {"code": "", "what": named, "quantity": "1", "fen": parse_yuan(amount)}
    item_code, _star, count = code(typed, Field.NUMBER, _(ask.word)).partition("*")
    item = lookups.tariff(item_code.strip())
    try:
        quantity = Decimal(count.strip() or "1")
    except InvalidOperation as no_number:
        raise BadAnswer(ask, typed, _("数量写成 SX-01*2")) from no_number
    if not quantity.is_finite() or not 0 < quantity <= MOST_OF_ONE:
        raise BadAnswer(ask, typed, _("数量要大于 0，最多 999，请核对"))
    fen = line_total(item.price, quantity)
    return {"code": item.code, "what": item.name, "quantity": str(quantity), "fen": fen}


def _signatures(
    row: Row, facts: Facts, given: Mapping[str, Any], lookups: Lookups, proven: Sequence[str]
) -> tuple[Signed, ...]:
    signed = tuple(
        _signature(row, sign, facts, given, lookups, proven)
        for sign in row.signs
        if sign.when(facts)
    )
    signers = [signature.staff for signature in signed if signature.staff]
    if len(set(signers)) < len(signers):
        raise SameSigner(row)
    return signed


def _signature(
    row: Row,
    sign: Sign,
    facts: Facts,
    given: Mapping[str, Any],
    lookups: Lookups,
    proven: Sequence[str],
) -> Signed:
    typed = clean(
        str(given.get(sign.role) or (proven[0] if sign.own else "")), Field.NAME, _(sign.word)
    )
    how = str(given.get("sign_how") or "paper")
    if sign.may_refuse and (how == "refused" or given.get("refused_why")):
        why = clean(str(given.get("refused_why") or ""), Field.REASON)
        witness = clean(str(given.get("witness") or ""), Field.NAME)
        if not (why and witness):
            raise MissingSignature(row, sign)
        return Signed(sign.role, typed, "refused", why=why, witness=witness)
    if not typed:
        raise MissingSignature(row, sign)
    if not sign.staff:
        return Signed(sign.role, typed, "paper")
    department = str(facts.get(sign.of, "")) if sign.of else ""
    theirs = lookups.department(department) if department else ()
    try:
        number = lookups.staff(typed)
    except UnknownStaff:
        if not department or theirs:
            raise
        return Signed(sign.role, typed, "paper")  # a department of which nobody is on the list
    if theirs and number not in theirs:
        word = dict(DEPARTMENTS).get(department, department)
        raise OtherDepartment(sign.word, typed, word, theirs, row.clause)
    if sign.right and not lookups.may(number, sign.right):
        raise WrongPerson(sign.word, typed, sign.right, row.clause)
    return Signed(sign.role, typed, "pin" if number in proven else "paper", staff=number)
