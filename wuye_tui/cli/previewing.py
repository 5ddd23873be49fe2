"""What an import has understood of a file and what it would change, in words, before it is done."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from wuye_tui.intake.layouts import LAYOUTS
from wuye_tui.intake.lines import BadRow
from wuye_tui.intake.terms import (
    CATEGORIES,
    DEPARTMENTS,
    DIRECTORY,
    FLAGS,
    HATS,
    KINDS,
    ROLES,
    STATUSES,
)
from wuye_tui.registers.comparisons import Example
from wuye_tui.registers.imports import Bad, Plan
from wuye_tui.rules.money import yuan
from wuye_tui.words import _, listed

MOST: Final = 20
"""So many remarks about rows are shown; JSON has all of them."""
_ALIKE: Final = 10
"""So many cells that hold the same and are refused for the same reason have a line each."""
_MANY: Final = 50
"""So many that are refused for one reason have a line each, whatever they hold."""
_WORDS: Final[Mapping[tuple[str, str], Mapping[Any, str]]] = {
    ("units", "kind"): KINDS.words,
    ("units", "status"): STATUSES.words,
    ("units", "flags"): FLAGS.words,
    ("people", "role"): ROLES.words,
    ("staff", "department"): DEPARTMENTS.words,
    ("staff", "hats"): HATS.words,
    ("tariff", "category"): CATEGORIES.words,
    ("directory", "kind"): DIRECTORY.words,
}


def preview(plan: Plan[Any]) -> Iterator[str]:
    """One line for each thing that a person should look at before agreeing."""
    intake = plan.intake
    titles = {column.field: _(column.title) for column in LAYOUTS[intake.noun]}
    columns = (
        title if titles[field] == title else f"{titles[field]}({title})"
        for field, title in intake.used
    )
    sheet = _("表「{sheet}」").format(sheet=intake.sheet) if intake.sheet else ""
    yield _("「{file}」{sheet}第 {row} 行是列名，认出：{columns}。").format(
        file=intake.name, sheet=sheet, row=intake.header_row, columns=listed(columns)
    )
    if intake.unknown_columns:
        yield _("没有用到的列：{columns}。").format(columns=listed(intake.unknown_columns))
    if intake.building:
        yield _("楼栋取自「{title}」。").format(title=intake.building)
    if intake.other_sheets:
        yield _("还有表也有这些列，没有读：{sheets}。要导入，请用 --sheet 写明。").format(
            sheets=listed(intake.other_sheets)
        )
    if intake.notes:
        yield _("略过的说明、合计等行：{rows}。").format(rows=_rows(intake.notes))
    if intake.repeated:
        yield _("与上面相同、略过的行：{rows}。").format(rows=_rows(intake.repeated))
    yield from _remarks(plan.told)
    yield from _changes(plan, titles)


def refusals(bad: Sequence[Bad]) -> Iterator[str]:
    """One line for each bad cell; one for all where many cells hold the same, where the registers
    have one reason against many, or where very many of one column are refused for one reason.
    """
    alike: dict[Hashable, list[Bad]] = {}
    for one in bad:
        alike.setdefault(_fault(one), []).append(one)
    single: dict[Hashable, list[Bad]] = {}
    for one in bad:
        if len(alike[_fault(one)]) <= _ALIKE:
            single.setdefault((one.column, one.reason), []).append(one)
    for one in bad:
        same, rest = alike[_fault(one)], single.get((one.column, one.reason), [])
        if len(same) <= _ALIKE and len(rest) <= _MANY:
            yield one.line
            continue
        together = same if len(same) > _ALIKE else rest
        if one is together[0]:
            yield _in_one(together)


def _in_one(together: Sequence[Bad]) -> str:
    first = together[0]
    return _("第 {rows} 行 {column}「{value}」等 {count} 行：{reason}").format(
        rows=_rows((each.row_number for each in together), len(together)),
        column=first.column, value=first.value, count=len(together), reason=first.reason,
    )  # fmt: skip


def _fault(one: Bad) -> Hashable:
    return one.column, one.reason, one.value if isinstance(one, BadRow) else ""


def _remarks(told: Sequence[Bad]) -> Iterator[str]:
    """The first remarks; those that say the same of many rows of one column in one line."""
    alike: dict[Hashable, list[Bad]] = {}
    for one in told:
        alike.setdefault((one.column, one.reason), []).append(one)
    lines = list[str]()
    for one in told:
        same = alike[one.column, one.reason]
        if len(same) <= _ALIKE:
            lines.append(one.line)
        elif one is same[0]:
            lines.append(_in_one(same))
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield _("还有 {count} 条这样的提示，加 --json 可以看全。").format(count=len(lines) - MOST)


def _changes(plan: Plan[Any], titles: Mapping[str, str]) -> Iterator[str]:
    bad = len({row.row_number for row in plan.bad})
    yield _("将新增 {new}，更新 {changed}，不变 {unchanged}，坏行 {bad}。").format(
        new=plan.new, changed=plan.changed, unchanged=plan.unchanged, bad=bad
    )
    for one in plan.found.fresh:
        said = f" {_said(plan.intake.noun, one, one.new)}" if one.field else ""
        yield _("  第 {row} 行 {who}：新增").format(row=one.row_number, who=one.who + said)
    for one in plan.found.examples:
        yield _("  第 {row} 行 {who} {column}：{old} -> {new}").format(
            row=one.row_number,
            who=one.who,
            column=plan.intake.columns.get(one.field) or titles[one.field],
            old=_said(plan.intake.noun, one, one.old),
            new=_said(plan.intake.noun, one, one.new),
        )
    if plan.new > len(plan.found.fresh) > 0 or plan.changed > len(plan.found.examples) > 0:
        yield _("  以上只是几个例子。")


def _said(noun: str, one: Example, value: Any) -> str:
    words = _WORDS.get((noun, one.field), {})
    if value in (None, "", []):
        return _("(空)")
    if isinstance(value, list):
        return listed(_(words[each]) if each in words else str(each) for each in value)
    if value in words:
        return _(words[value])
    shown: dict[str, Callable[[Any], str]] = {
        "area": lambda centi: f"{centi / 100:.2f}",
        "price": yuan,
    }
    return shown[one.field](value) if one.field in shown else _plain(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _rows(numbers: Iterable[int], most: int = MOST) -> str:
    """3、5-9: rows as a person counts them, the first of them where there are many."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number, number])
    told = [str(low) if low == high else f"{low}-{high}" for low, high in spans]
    return listed([*told[:most], ".."] if len(told) > most else told)
