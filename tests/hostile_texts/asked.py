"""Every question and every signature of every procedure, answered with every string."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tests.hostile import ALL_ACTING, ALL_AWKWARD, EVERY
from tests.hostile_texts.awkward import tidy
from tests.hostile_texts.looking import Figures, acting
from wuye_tui.desk import Desk
from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.answers import take_answers
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.lifecycle import Ask, Kind, Row, always
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.text import BadText, TooLong, visible
from wuye_tui.words import _

# What is kept as it was typed; the other kinds are codes, numbers and moments.
LITERAL = (Kind.TEXT, Kind.WORDS, Kind.NAME, Kind.SIGNER)
LONGEST = 20_000  # of the longest strings one or two are enough for each kind of question


def questions() -> Iterator[tuple[str, Row, Ask]]:
    """Every question with its place, its row cut down to it alone; one for each wording."""
    seen = set()
    for kind, cycle in PROCEDURES.items():
        for row in cycle.rows:
            for ask in row.ask:
                alone = replace(ask, when=always, needed=False, right=None)
                key = (ask.kind, ask.word, ask.choices, kind, row.verb, ask.name)
                if key not in seen:
                    seen.add(key)
                    yield f"{kind} {row.verb} {ask.name}", replace(row, ask=(alone,), signs=()), ask


def signatures() -> Iterator[tuple[str, Row, str]]:
    """Every signature with its place, its row cut down to it alone."""
    for kind, cycle in PROCEDURES.items():
        for row in cycle.rows:
            for sign in row.signs:
                alone = replace(sign, when=always, right=None, own=False)
                yield (
                    f"{kind} {row.verb} {sign.role}",
                    replace(row, ask=(), signs=(alone,)),
                    sign.role,
                )


def ask_everything(desk: Desk, strings: Mapping[str, str] = EVERY) -> Figures:
    """Each string as the answer of each question: refused in a sentence, or kept."""
    figures, seen = Figures(strings=len(strings)), set[str]()
    today = desk.now().astimezone(desk.zone).date()
    with desk.read() as session:
        registry = Registry(session, desk.site)

        def answer(row: Row, given: Mapping[str, Any]) -> Any:
            return take_answers(row, {}, given, registry, desk.zone, today)

        for place, row, ask in questions():
            figures.places_in += 1
            first = ask.kind not in seen
            seen.add(ask.kind)
            for name, text in _of(strings, first):
                where = f"{place} ({ask.kind}) {name}"
                if (
                    facts := _tried(
                        figures,
                        where,
                        lambda r=row, a=ask.name, t=text: answer(r, {a: t}).facts,
                        _(ask.word),
                    )
                ) is not None:
                    _compare(figures, where, ask, name, text, facts)
        for place, row, role in signatures():
            figures.places_in += 1
            for name, text in _of(strings, first=False):
                where = f"{place} (signature) {name}"
                signed = _tried(
                    figures, where, lambda r=row, o=role, t=text: answer(r, {o: t}).signed
                )
                if signed is not None:
                    _compare(
                        figures,
                        where,
                        None,
                        name,
                        text,
                        {"signed": signed[0].name if signed else ""},
                    )
                refused = {role: "陈立", "refused_why": text, "witness": text}
                _tried(figures, f"{where}, refused", lambda r=row, g=refused: answer(r, g))
    return figures


def _of(strings: Mapping[str, str], first: bool) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in strings.items() if first or len(text) <= LONGEST)


def _tried(figures: Figures, where: str, answer: Any, word: str = "") -> Any:
    figures.tried += 1
    try:
        return answer()
    except DeskError as refusal:
        # A front end spells out what acts; here it is the sentence's own shape that is looked at.
        named = (word,) if word and isinstance(refusal, BadText | TooLong) else ()
        figures.sentence(visible(refusal.line), where, named)
    except Exception as crash:
        figures.note("crashes", f"{where}: {type(crash).__name__}")
    return None


def _compare(
    figures: Figures, where: str, ask: Ask | None, name: str, text: str, facts: Mapping[str, Any]
) -> None:
    """What was taken has nothing that acts, and words are there letter for letter."""
    figures.kept += 1
    said = json.dumps(facts, ensure_ascii=False, default=str)
    if acting(said.replace("\\n", "")) or (
        name in ALL_ACTING and ask and ask.kind in LITERAL and text.strip()
    ):
        figures.note("escape_bytes", f"{where} was taken")
    if ask is None or ask.kind in LITERAL:
        value = next(iter(facts.values()), "")
        expected = tidy(text) if name in ALL_AWKWARD else text
        if value != expected and not (ask is None and value and value.strip()):
            figures.note("vanished", f"{where}: {value!r:.60}")
