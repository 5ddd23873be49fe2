"""`wuye rosters`: drawn up, checked, published; swapped, mended; shown and pinned to the wall."""

from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import (
    output,
    roster_bench,
    roster_files,
    roster_leaves,
    roster_swaps,
    roster_wishes,
)
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Key
from wuye_tui.cli.listing import WRITTEN, Force, Limit, Listing, listing
from wuye_tui.cli.roster_words import (
    Kind,
    OneMonth,
    Rules,
    doubts,
    kind_word,
    month_of_roster,
    rules_of,
    some,
    who_words,
)
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Act, Result
    from wuye_tui.rostering.explaining import NoRoster
    from wuye_tui.rules.rosters import Asked, Drawn

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("排班：生成、核对、发布，换班、请假、补缺，看、导出"),
)
Number = Annotated[str, typer.Argument(help=_("排班的编号，例如 PB-20261125-001"))]


@app.command("generate", help=_("生成一个月的排班，存成草稿；排不出时说明为什么、还能请谁"))
def generate(
    ctx: typer.Context,
    kind: Kind,
    month: OneMonth,
    rules: Rules = None,
    seconds: Annotated[
        int, typer.Option("--seconds", min=1, max=86_400, help=_("最多算多少秒"))
    ] = 30,
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=2**31 - 1, help=_("种子；一样的种子排出一样的班"))
    ] = 1,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help=_("用几个核"))] = 2,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help=_("存成文件：.xlsx、.pdf、.ics 或 .csv"))
    ] = None,
    publish: Annotated[bool, typer.Option("--publish", help=_("排好就发布"))] = False,
    force: Force = False,
    key: Key = "",
) -> None:
    from wuye_tui.registers import rosters
    from wuye_tui.registers.roster_rights import admit
    from wuye_tui.rostering import drawing
    from wuye_tui.rostering.explaining import NoRoster

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    meant = rules_of(desk, kind, rules)
    admit(desk, meant, _("排班"))  # or it would be said after all the work
    if out is not None:
        roster_files.refuse_file(out, force)
    asked = rosters.asked(desk, meant, month_of_roster(desk, month))

    def told(objective: int, bound: int, spent: float) -> None:
        words = _("{spent} 秒，目前 {objective}，最好也不会少于 {bound}")
        said = words.format(spent=int(spent), objective=objective, bound=bound)
        output.progress(said, min(spent / seconds, 0.99))

    try:
        drawn = drawing.draw(asked, seconds, seed, workers, told, rosters.others(desk, meant))
    except NoRoster as none:
        _explain(context, none)
        raise
    except KeyboardInterrupt:  # there was nothing yet
        output.say(_("还没有排出一份就停了，什么都没有存。"))
        raise
    finally:
        output.progress("", 1)

    is_trial = meant != desk.reference.rosters[meant.code]

    def work(act: "Act") -> "Result":
        made = rosters.keep(act, asked, drawn)
        return {**made, **(rosters.publish(act, str(made["number"])) if publish else {})}

    done = {**desk.perform("rosters.generate", work, chosen), **_figures(asked, drawn)}
    said = _generated(asked, drawn, done, is_trial)
    output.answer(done, context.json, "\n".join([*said, *doubts(desk, meant, asked.month)]))
    if out is not None:
        shown = rosters.shown(desk, meant, asked.month, str(done["number"]))
        shown = replace(shown, kind=meant)
        roster_files.write(context, desk, shown, out, force)
        output.say(_(WRITTEN).format(path=out))


def _figures(asked: "Asked", drawn: "Drawn") -> dict[str, Any]:
    from wuye_tui.rules.roster_changes import changes
    from wuye_tui.rules.roster_wishes import unheard

    changed, deaf = changes(asked, drawn.cells), unheard(asked, drawn.cells)
    return {
        "cells": len(drawn.cells), "objective": drawn.objective, "bound": drawn.bound,
        "gap": round(drawn.gap, 4), "stopped": drawn.stopped, "seed": drawn.seed,
        "notes": list(drawn.notes), "given": len(changed.given), "taken": len(changed.taken),
        "changed_staff": list(changed.staff),
        "unheard": [{"staff": one.staff, "day": one.day.isoformat()} for one in deaf],
    }  # fmt: skip


def _generated(
    asked: "Asked", drawn: "Drawn", done: dict[str, Any], drawn_by_others: bool
) -> list[str]:
    """How good it is, how good any can be, and how evenly it shares what nobody likes."""
    from wuye_tui.rules.roster_checks import spread

    told = _("{month} {kind}排好了，{n} 个班。（{number}）")
    said = told.format(
        month=asked.month, kind=_(asked.kind.word), n=len(drawn.cells), number=done["number"]
    )
    told = _("评分 {objective}（越少越好），最好也不会少于 {bound}，相差 {gap}。")
    # What is not nothing is not told as 0.0%.
    gap = f"{max(drawn.gap, 0.001) if drawn.stopped else drawn.gap:.1%}"
    lines = [said, told.format(objective=drawn.objective, bound=drawn.bound, gap=gap)]
    lines += drawn.notes
    if drawn.stopped:
        lines.append(_("没有算完就停了，这是目前最好的一份；加长 --seconds 可能更好。"))
    apart = spread(asked, drawn.cells)
    told = _("条件相同的人，算上以往，夜班最多差 {nights}，周末假日最多差 {weekends}。")
    lines.append(told.format(nights=apart["nights"].apart, weekends=apart["weekends"].apart))
    lines += _heard(asked, drawn)
    if drawn_by_others:
        lines.append(_("是按别的规矩试排的，只能看，不能发布。"))
    elif version := done.get("version"):
        lines.append(_("已发布，是第 {version} 版。").format(version=version))
    else:
        told = _("还是草稿：wuye rosters check {number} 核对，wuye rosters publish {number} 发布")
        lines.append(told.format(number=done["number"]))
    return lines


def _heard(asked: "Asked", drawn: "Drawn") -> list[str]:
    """Whose shifts it changes that were published, and which wishes it does not hear."""
    from wuye_tui.rules.roster_changes import changes
    from wuye_tui.rules.roster_wishes import told as told_of
    from wuye_tui.rules.roster_wishes import unheard

    often = Counter(one.name for one in asked.people)
    names = {
        one.number: one.name if often[one.name] == 1 else f"{one.name}({one.number})"
        for one in asked.people
    }
    changed, deaf = changes(asked, drawn.cells), unheard(asked, drawn.cells)
    lines = []
    if asked.published:
        told = _("和已发布的比：新排给 {given} 个班，拿掉 {taken} 个班，要告诉 {n} 人：{who}。")
        if not changed.staff:
            told = _("和已发布的一样，谁的班都没有动。")
        who = some(names.get(number, number) for number in changed.staff)
        lines.append(
            told.format(
                given=len(changed.given), taken=len(changed.taken), n=len(changed.staff), who=who
            )
        )
    if deaf:
        told = _("没有照顾到的 {n} 处：{what}。")
        what = some(told_of(asked.kind, one, names.get(one.staff, one.staff)) for one in deaf)
        lines.append(told.format(n=len(deaf), what=what))
    elif asked.wishes:
        lines.append(_("{n} 个愿望都照顾到了。").format(n=len(asked.wishes)))
    return lines


def _explain(context: Context, none: "NoRoster") -> None:
    """What clashes, in words, and whose leave or which head count makes it so."""
    output.progress("", 1)
    if context.json:
        clashes = [
            {
                "rule": one.rule, "words": one.words, "staff": list(one.staff),
                "days": [day.isoformat() for day in one.days],
            }
            for one in none.clashes
        ]  # fmt: skip
        others = [{"staff": one.number, "name": one.name} for one in none.others]
        output.emit({"clashes": clashes, "others": others}, True)
        return
    output.section(_("为什么排不出"), (one.words for one in none.clashes))


def _unfinished(stopped: bool) -> str:
    """What is said of a roster that was not finished, behind how it came about."""
    return _("（没有算完）") if stopped else ""


@app.command("list", help=_("排班：草稿、已发布的、被取代的"))
@listing
def list_(ctx: typer.Context, limit: Limit = None) -> Listing:
    from wuye_tui.registers import rosters

    context: Context = ctx.obj
    desk = context.reading()
    found = rosters.list_rosters(desk, context.most(limit, 50))

    def said(one: rosters.Listed) -> dict[str, Any]:
        return {
            **one.as_dict(),
            "kind": kind_word(desk, one.kind),
            "state": _(rosters.STATES[one.state]),
            "basis": _(rosters.BASES.get(one.basis, one.basis)) + _unfinished(one.stopped),
            "when": context.when(one.published or one.at, desk.zone),
            "version": one.version or "",
        }

    return Listing(
        _("排班"),
        [
            output.Column(_("编号"), "number"),
            output.Column(_("月份"), "month"),
            output.Column(_("种类"), "kind"),
            output.Column(_("状态"), "state"),
            output.Column(_("第几版"), "version", right=True),
            output.Column(_("怎样来的"), "basis"),
            output.Column(_("时间"), "when"),
            output.Column(_("谁"), "by_name"),
        ],
        lambda: map(said, found),
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
        [
            output.Column(_("评分"), "objective", right=True),
            output.Column(_("最好"), "bound", right=True),
        ],
    )


@app.command("publish", help=_("发布一份草稿；核对出一处不合规矩就不发布"))
def publish(ctx: typer.Context, number: Number, key: Key = "") -> None:
    from wuye_tui.registers import rosters
    from wuye_tui.rules.roster_refusals import RosterIsBroken

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    try:
        done = desk.perform("rosters.publish", partial(rosters.publish, typed=number), chosen)
    except RosterIsBroken as broken:
        output.section(_("不合规矩的地方"), broken.sentences)
        raise
    told = _("{month} {kind}排班已发布，是第 {version} 版。（{number}）")
    word = kind_word(desk, str(done["kind"]))
    lines = [told.format(**{**done, "kind": word})]
    if done["stopped"]:
        lines.append(_("这一份没有算完就停了，也许还有好得多的。"))
    if done["changed_staff"]:
        who = some(who_words(desk, number) for number in done["changed_staff"])
        told = _("和上一版比，{n} 人的班有变动，要告诉他们：{who}。")
        lines.append(told.format(n=len(done["changed_staff"]), who=who))
    meant = desk.reference.rosters[str(done["kind"])]
    lines += doubts(desk, meant, month_of_roster(desk, str(done["month"])))
    output.answer(done, context.json, "\n".join(lines))


roster_files.add_to(app)
roster_swaps.add_to(app)
roster_leaves.add_to(app)
roster_wishes.add_to(app)
roster_bench.add_to(app)
