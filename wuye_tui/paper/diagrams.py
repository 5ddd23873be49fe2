"""The parts of `docs/` that are made from the tables: every procedure, and the words of all terms.

`python -m wuye_tui.paper.diagrams` writes them in a checkout; a test says when they are behind.
In the tables of terms the words come from the program and the meanings are written by hand: they
are kept, row by row, from the page that is there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wuye_tui.rules import duetime as due
from wuye_tui.rules import orders
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.callback_figures import ABOUT_GROUPS, FIGURES, GROUPS
from wuye_tui.rules.lifecycle import NEW, Ask, Deadline, Effect, Guard, Lifecycle, Row, Sign, always
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.rights import HAT_WORDS, holders
from wuye_tui.store import tables

BEGIN = "<!-- made by python -m wuye_tui.paper.diagrams -->"
END = "<!-- end -->"
STEP_HEADS = ("verb", "word", "from -> to", "who", "clause", "must give", "signs", "back", "undo")
CLOCK_HEADS = (
    *("name", "word", "clause", "starts with", "lives in", "length"),
    *("applies", "paused by", "ended by", "level"),
)
LEVELS = ("the desk", "the supervisor", "the manager")
CODED = ("code", "word", "meaning")
CITED = ("code", "word", "clause", "meaning")


@dataclass(frozen=True)
class Section:
    """A table of terms: its first column is the code, its last `kept` columns stand by hand."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kept: int = 1


def main() -> None:
    """Writes the made parts into this checkout's `docs/`. OSError where there is none."""
    docs = Path(__file__).parents[2] / "docs"
    for name in ("procedures.md", "terms.md"):
        page = (docs / name).read_text("utf-8")
        (docs / name).write_text(renewed(name, page), "utf-8")


def renewed(name: str, page: str) -> str:
    """A page of `docs/` with what lies between its markers made anew; ValueError without them."""
    before, rest = page.split(BEGIN)
    _old, after = rest.split(END)
    made = terms_tables(page) if name == "terms.md" else procedure_pages()
    return f"{before}{BEGIN}\n\n{made}\n{END}{after}"


def procedure_pages() -> str:
    """Every kind of matter, one after the other, and what a month of callbacks is summed up in."""
    return "\n".join([*map(procedure_page, PROCEDURES.values()), figures_page()])


def figures_page() -> str:
    """Each figure of the monthly summary of callbacks with its definition, as Markdown."""
    rows = [
        (f"`{one.code}`", one.word, f"share of `{one.of}`" if one.of else one.what, one.about)
        for one in FIGURES
    ]
    return (
        "## The monthly summary of callbacks (BX-18, FW-3.1, NB-2)\n\n"
        + _table(("figure", "word", "counts", "definition"), rows)
        + f"\n{ABOUT_GROUPS} {'、'.join(word for _by, word in GROUPS)}。\n"
    )


def procedure_page(cycle: Lifecycle) -> str:
    """One kind of matter as Markdown: diagram, steps, rights, refusals, deadlines."""
    return "\n".join(
        [
            f"## {cycle.kind} {cycle.word} ({cycle.prefix})\n",
            f"```mermaid\n{state_diagram(cycle)}\n```\n",
            f"### Steps of {cycle.kind}\n",
            _table(STEP_HEADS, map(_step_cells, cycle.rows)),
            f"### Rights of {cycle.kind}\n",
            _table(("right", "hats"), _rights(cycle)),
            f"### Refusals of {cycle.kind}\n",
            _table(("clause", "at", "what it says"), _refusals(cycle)),
            f"### Deadlines of {cycle.kind}\n",
            _table(CLOCK_HEADS, map(_clock_cells, cycle.deadlines)),
        ]
    )


def state_diagram(cycle: Lifecycle) -> str:
    """The steps that move a matter, as a mermaid state diagram."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in (row for row in cycle.rows if row.moves):
        for state in (NEW, *(code for code, _word in cycle.states)):
            if state in cycle.span(row.frm):
                arrows.setdefault((state, row.to), []).append(row.word)
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{word} {code}" as {code}' for code, word in cycle.states]
    for (before, after), words in arrows.items():
        start = "[*]" if before == NEW else before
        lines.append(f"    {start} --> {after}: {'、'.join(dict.fromkeys(words))}")
    lines += [f"    {code} --> [*]" for code, _word in cycle.states if code in cycle.final]
    return "\n".join(lines)


def terms_tables(page: str = "") -> str:
    """The tables of terms as Markdown; what was written by hand is kept from `page`."""
    by_hand = written_by_hand(page)
    return "\n".join(_terms(section, by_hand) for section in sections())


def sections() -> tuple[Section, ...]:
    """Every table of terms, from the program's own tables."""
    cycles = PROCEDURES.values()
    kinds = tuple((cycle.kind, cycle.word, cycle.prefix) for cycle in cycles)
    classes = (getattr(tables, name) for name in tables.__all__ if not name.isupper())
    database = ((str(one.__tablename__),) for one in classes)
    return (
        Section("Kinds of matter", ("code", "word", "number", "meaning"), kinds),
        *(section for cycle in cycles for section in _cycle_sections(cycle)),
        Section("Charge classes", CODED, is_.CHARGES),
        Section("Hold reasons", CODED, is_.HOLDS),
        Section("Emergencies", CODED, is_.EMERGENCIES),
        Section("Departments", CODED, orders.DEPARTMENTS),
        Section("Hats", CODED, tuple((hat.value, word) for hat, word in HAT_WORDS.items())),
        Section("Effects", CODED, tuple((effect.value,) for effect in Effect), kept=2),
        Section("Tables of the database", CODED, tuple(sorted(database)), kept=2),
    )


def written_by_hand(page: str) -> dict[tuple[str, str], list[str]]:
    """The cells of every row of a table of terms, by the table's title and the row's code."""
    found: dict[tuple[str, str], list[str]] = {}
    title = ""
    for line in page.splitlines():
        if line.startswith("### "):
            title = line.removeprefix("### ")
        elif line.startswith("| `"):
            code, *cells = (cell.strip() for cell in line[1:-1].split("|"))
            found[title, code.strip("`")] = cells
    return found


def _cycle_sections(cycle: Lifecycle) -> tuple[Section, ...]:
    verbs = {(row.verb, row.word, row.clause): None for row in cycle.rows}
    clocks = tuple((rule.name, rule.word, rule.clause) for rule in cycle.deadlines)
    return (
        Section(f"States of {cycle.kind}", CODED, cycle.states),
        Section(f"Verbs of {cycle.kind}", CITED, tuple(verbs)),
        Section(f"Outcomes of {cycle.kind}", CODED, cycle.outcomes),
        Section(f"Deadlines of {cycle.kind}", CITED, clocks),
    )


def _terms(section: Section, by_hand: dict[tuple[str, str], list[str]]) -> str:
    rows = []
    for code, *made in section.rows:
        kept = by_hand.get((section.title, code), [""] * section.kept)[-section.kept :]
        rows.append((f"`{code}`", *made, *kept))
    return f"### {section.title}\n\n{_table(section.heads, rows)}"


def _step_cells(row: Row) -> tuple[str, ...]:
    return (
        f"`{row.verb}`",
        row.word,
        f"{row.frm} -> {row.to}" + (f" ({row.outcome})" if row.outcome else ""),
        "the program" if row.auto else row.who.value + (" +" if row.relay else ""),
        row.clause,
        ", ".join(map(_ask_words, row.ask)) or "-",
        ", ".join(map(_sign_words, row.signs)) or "-",
        _seconds(row.backdate) if row.backdate else "-",
        "yes" if row.undo and not row.auto else "no",
    )


def _ask_words(ask: Ask) -> str:
    words = f"{ask.word} `{ask.name}`" + _condition(ask.when)
    return words if ask.needed else f"[{words}]"


def _sign_words(sign: Sign) -> str:
    refused = " or a reason and a witness" if sign.may_refuse else ""
    return sign.word + _condition(sign.when) + refused


def _condition(when: Callable[..., bool]) -> str:
    """A condition's name is its wording; one without a name applies where it does."""
    if when is always:
        return ""
    name = getattr(when, "__name__", "")
    return f" (if {name.replace('_', ' ')})" if name.isidentifier() else " (where it applies)"


def _rights(cycle: Lifecycle) -> list[tuple[str, str]]:
    rights = dict.fromkeys(row.who for row in cycle.rows if not row.auto)
    return [(right.value, "、".join(HAT_WORDS[hat] for hat in holders(right))) for right in rights]


def _refusals(cycle: Lifecycle) -> list[tuple[str, str, str]]:
    verbs: dict[Guard, list[str]] = {}
    for row in cycle.rows:
        for guard in row.guards:
            verbs.setdefault(guard, []).append(row.verb)
    return [
        (guard.clause, _codes(at), guard.word.replace("{what}", ".."))
        for guard, at in verbs.items()
    ]


def _clock_cells(rule: Deadline) -> tuple[str, ...]:
    return (
        f"`{rule.name}`",
        rule.word,
        rule.clause,
        _codes(rule.after),
        rule.runs_in,
        _length(rule.length),
        _condition(rule.when).strip(" ()") or "always",
        "、".join(word for code, word in is_.HOLDS if code in rule.paused_by) or "-",
        _codes(rule.ended_by) or "-",
        LEVELS[rule.level],
    )


def _length(length: due.Length) -> str:
    match length:
        case due.Wall(seconds):
            return _seconds(seconds)
        case due.WorkingDays(days):
            return f"{days} working days"
        case due.Before(field, 0):
            return f"at `{field}`"
        case due.Before(field, seconds):
            return f"{_seconds(seconds)} before `{field}`"
        case due.NextMorning(at):
            return f"next working day, {at:%H:%M}"
        case due.WeekEnd(at):
            return f"next Sunday, {at:%H:%M}"
        case due.Daytime(seconds, since, until):
            quiet = f"between {since:%H:%M} and {until:%H:%M}"
            return f"{_seconds(seconds)}; when that lies {quiet}, the {since:%H:%M} before"


def _seconds(seconds: int) -> str:
    for unit, word in ((due.DAY, "days"), (due.HOUR, "h"), (due.MINUTE, "min")):
        if seconds % unit == 0 and not unit == seconds == due.DAY:  # a clause says 24 hours
            return f"{seconds // unit} {word}"
    return f"{seconds} s"


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in dict.fromkeys(codes))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
