"""The night at the desk on the command line: its record, who was told, and leaving for a job."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import masked_phone, masked_words
from wuye_tui.words import _

Key = Annotated[str, typer.Option("--key", help=_("这次操作的 UUID"))]


def record(
    ctx: typer.Context,
    day: Annotated[str, typer.Option("--day", help=_("夜班开始的那一天，2026-11-19"))] = "",
) -> None:
    """The night duty record (KF-7): of the night that runs or the last one, or of a day."""
    from wuye_tui.paper.books import day_of
    from wuye_tui.paper.forms import BY_NAME
    from wuye_tui.paper.papers import Papers
    from wuye_tui.paper.plain import text_of
    from wuye_tui.registers import night_record

    context: Context = ctx.obj
    desk = context.reading()
    if not context.json:
        sheets = Papers(desk).filled(BY_NAME["night"], day)
        output.emit(text_of(sheets).rstrip("\n"), False)
        return
    found = night_record.record(desk, day_of(day, desk.zone) if day else None)
    calls = [
        {
            "number": row.number,
            "at": row.rang,
            "unit": row.unit,
            "category": row.counted_as,
            "words": masked_words(row.words),
            "outcome": row.outcome,
            "told": row.told or row.settled,
            "left": row.is_left,
            "matters": list(row.matters),
        }
        for row in reversed(found.calls)
    ]
    document: dict[str, Any] = {
        "staff": found.staff,
        "staff_name": found.name,
        "started_at": found.since,
        "ended_at": found.until,
        "calls": calls,
        "left": [row.number for row in found.left],
        "jobs": [
            {
                "number": job.number,
                "where": job.where,
                "words": masked_words(job.words),
                "taken_at": job.taken,
                "arrived_at": job.arrived,
                "finished_at": job.finished,
            }
            for job in found.jobs
        ],
        "away": [
            {
                "since": one.since,
                "until": one.until,
                "phone": masked_phone(one.phone),
                "matter": one.matter,
            }
            for one in found.outs
        ],
        "held": [{"number": one.number, "amount_fen": one.fen, "by": one.by} for one in found.held],
    }
    output.emit(context.zoned(document, desk.zone), True)


def away(
    ctx: typer.Context,
    phone: Annotated[str, typer.Argument(help=_("值班电话转到的号码"))],
    job: Annotated[str, typer.Option("--job", help=_("去办哪一张单；还没人接的，同时接单"))] = "",
    key: Key = "",
) -> None:
    """The desk is left for a job; its telephone rings elsewhere meanwhile (KF-4)."""
    from wuye_tui.registers import nights

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    work = (
        (lambda act: nights.set_out(act, phone, job))
        if job
        else (lambda act: nights.leave_desk(act, phone))
    )
    done = desk.perform("duty.away", work, chosen)
    told = _("已记下：电话转到 {phone}。").format(phone=phone)
    output.emit(done if context.json else told, context.json)


def back(ctx: typer.Context, key: Key = "") -> None:
    """Back at the desk."""
    from wuye_tui.registers import nights

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    done = desk.perform("duty.back", nights.come_back, chosen)
    output.emit(done if context.json else _("已记下：回到前台。"), context.json)


def settled(
    ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("编号"))], key: Key = ""
) -> None:
    """Whoever was told of a call has settled it (KF-7)."""
    from wuye_tui.registers import nights

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    done = desk.perform("call.settled", lambda act: nights.settle(act, number), chosen)
    output.emit(done if context.json else done["contact"], context.json)


def told_to(ctx: typer.Context) -> None:
    """Who is told at once at night, with their telephone."""
    from wuye_tui.registers import nights

    context: Context = ctx.obj
    known = bool(context.settings().staff)  # whoever acts has proved it with a PIN
    desk = context.desk() if known else context.reading()
    phones = nights.numbers(desk)
    if not (known and desk.actor().may(Right.SEE_NUMBER)):
        phones = {to: masked_phone(phone) for to, phone in phones.items()}
    rows = [
        {**asdict(one), "words": list(one.words), "phone": phones.get(one.to, "")}
        for one in desk.reference.night
    ]
    if context.json:
        output.emit(rows, True)
        return
    output.table(
        rows,
        [
            output.Column(_("代号"), "to"),
            output.Column(_("告诉谁"), "word"),
            output.Column(_("电话"), "phone"),
        ],
    )
