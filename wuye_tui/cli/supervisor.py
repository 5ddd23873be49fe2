"""`wuye supervisor`: the day's records checked and signed, the night's slips, what is overdue."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.days import Day
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.rules.duetime import short_countdown
from wuye_tui.rules.refusals import shown
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.day_records import DayCheck
    from wuye_tui.registers.lateness import Group, Lateness
    from wuye_tui.registers.supervising import NightSlip
    from wuye_tui.registers.workers import Worker

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("主管的工作")
)

Key = Annotated[
    str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
]


@app.command("show", help=_("当日报修记录、等补签的夜间单、没签的日子、超时和人手"))
def show(ctx: typer.Context, day: Day = "") -> None:
    from wuye_tui.cli import supervisor_load
    from wuye_tui.registers import lateness, supervising, workers
    from wuye_tui.registers.day_records import check_of
    from wuye_tui.registers.load import load as loads

    context: Context = ctx.obj
    desk = context.reading()
    check = check_of(desk, supervising.first_day(desk, day))
    night, days = supervising.unsigned(desk), supervising.days_unsigned(desk)
    late, load, each = lateness.lateness(desk), workers.workers(desk), loads(desk)
    if context.json:
        document = {
            "check": _check_dict(check),
            "unsigned_days": [one.isoformat() for one in days],
            "night": [one.as_dict(desk.now()) for one in night],
            "departments": [one.as_dict(_(late.department(one))) for one in late.departments],
            "people": [one.as_dict(late.person(one)) for one in late.people],
            "average_late_seconds": late.average,
            "load": [_load(one, desk) for one in load],
            **supervisor_load.document(each),
        }
        output.emit(context.zoned(document, desk.zone), True)
        return
    _show_check(desk, check)
    if days:
        told = listed(one.isoformat() for one in days)
        output.section(_("还没签字的日子"), [told])
    _show_night(desk, night)
    _show_late(late)
    _show_load(desk, load)
    supervisor_load.show(each)


def _check_dict(check: "DayCheck") -> dict[str, Any]:
    return {
        "day": check.day.isoformat(),
        "number": check.number,
        "since": check.since,
        "upto": check.upto,
        "signed_at": check.signed,
        "signer": check.signer,
        "note": check.note,
        "records": [one.as_dict() for one in check.records],
        "lacking": len(check.lacking),
    }


def _load(one: "Worker", desk: "Desk") -> dict[str, Any]:
    return {
        "staff": one.number,
        "name": one.name,
        "stand": one.stand.value,
        "jobs": len(one.jobs),
        "at_work": len(one.at_work),
        "overdue": len(one.overdue(desk.now())),
    }


def _show_check(desk: "Desk", check: "DayCheck") -> None:
    told = _("{day} 报修记录 {n} 份，{lacking} 份填得不全")
    output.heading(
        told.format(day=check.day.isoformat(), n=len(check.records), lacking=len(check.lacking))
    )
    if check.signed is not None:
        signed = _("{who} 已于 {when} 签字。{note}")
        when = shown(check.signed, desk.zone)
        output.section(
            _("签字"), [signed.format(who=check.signer, when=when, note=check.note).strip()]
        )
    output.table(
        [
            {
                "number": one.number,
                "when": shown(one.recorded, desk.zone),
                "where": one.where,
                "words": masked_words(one.words),
                "state": _(one.state_word),
                "lacks": listed(_(lack.word).rstrip("。.") for lack in one.lacks),
            }
            for one in check.records
        ],
        [
            output.Column(_("单号"), "number"),
            output.Column(_("登记时间"), "when"),
            output.Column(_("地点"), "where", cells=12),
            output.Column(_("内容"), "words", cells=20),
            output.Column(_("状态"), "state"),
            output.Column(_("缺什么"), "lacks", fold=True),
        ],
    )


def _show_night(desk: "Desk", night: "list[NightSlip]") -> None:
    now = desk.now()
    lines = [
        f"{one.number}  {one.where}  {one.taker}  "
        + (_("超时") if one.late(now) else shown(one.due, desk.zone) if one.due else "")
        for one in night
    ]
    output.section(_("等主管补签的夜间单"), lines)


def _show_late(late: "Lateness") -> None:
    output.heading(_("超时，按部门"))
    output.table(
        [_said(one, _(late.department(one))) for one in late.departments], _columns(_("部门"))
    )
    output.heading(_("超时，按人"))
    output.table(
        [_said(one, late.person(one) or _("没派到人")) for one in late.people if one.late],
        _columns(_("姓名")),
    )


def _show_load(desk: "Desk", load: "list[Worker]") -> None:
    from wuye_tui.registers.workers import STAND_WORDS

    lines = [
        _("{name}  {stand}  手上 {n} 张，超时 {late} 张").format(
            name=one.name,
            stand=_(STAND_WORDS[one.stand]),
            n=len(one.jobs),
            late=len(one.overdue(desk.now())),
        )
        for one in load
    ]
    output.section(_("人手"), lines)


def _said(one: "Group", name: str) -> dict[str, str]:
    return {
        "name": name,
        "overdue": str(len(one.running)),
        "longest": short_countdown(one.longest) if one.running else "",
        "late": f"{one.late}/{one.due}",
        "average": short_countdown(one.average) if one.late else "",
        "numbers": " ".join(one.numbers),
    }


def _columns(name: str) -> list[output.Column]:
    return [
        output.Column(name, "name"),
        output.Column(_("现在超时"), "overdue", right=True),
        output.Column(_("最久"), "longest", right=True),
        output.Column(_("本月超时"), "late", right=True),
        output.Column(_("平均超时"), "average", right=True),
        output.Column(_("单号"), "numbers", cells=40),
    ]


People = Annotated[bool, typer.Option("--people", help=_("按人，不按部门"))]


@app.command("overdue", help=_("现在超时的和本月的平均超时，按部门或按人"))
@listing
def overdue(
    ctx: typer.Context,
    people: People = False,
    which: Annotated[
        str, typer.Option("--list", help=_("列出数的是哪些：now 现在超时的，month 本月超时的"))
    ] = "",
) -> Listing:
    from wuye_tui.cli import supervisor_load
    from wuye_tui.registers.lateness import lateness

    context: Context = ctx.obj
    desk = context.reading()
    late = lateness(desk)
    groups = late.people if people else late.departments

    def name(one: "Group") -> str:
        return (late.person(one) or _("没派到人")) if people else _(late.department(one))

    if which:
        now = supervisor_load.chosen(which, {"now": True, "month": False})
        lists = [(name(one), one.numbers if now else one.late_numbers) for one in groups]
        return supervisor_load.behind(context, desk, lists)
    return Listing(
        _("超时"),
        _columns(_("姓名") if people else _("部门")),
        lambda: [_said(one, name(one)) for one in groups],
        lambda: [one.as_dict(name(one)) for one in groups],
    )


@app.command("load", help=_("手上有多少：未结、超时、本周办完，按部门或按人"))
@listing
def load(
    ctx: typer.Context,
    people: People = False,
    which: Annotated[
        str,
        typer.Option(
            "--list", help=_("列出数的是哪些：open 未结，overdue 超时，finished 本周办完")
        ),
    ] = "",
) -> Listing:
    from wuye_tui.cli import supervisor_load
    from wuye_tui.registers import load as loads

    context: Context = ctx.obj
    desk = context.reading()
    found = loads.load(desk)
    groups = supervisor_load.named(found, people)
    if which:
        figure = supervisor_load.chosen(which, {one: one for one in loads.FIGURES})
        lists = [(name, one.behind(figure)) for name, one in groups]
        return supervisor_load.behind(context, desk, lists)
    return Listing(
        _("手上有多少"),
        supervisor_load.columns(people),
        lambda: supervisor_load.in_words(groups),
        lambda: [one.as_dict(name) for name, one in groups],
    )


@app.command("sign", help=_("检查完当日的报修记录，签字（BX-3.3）"))
def sign(
    ctx: typer.Context,
    day: Day = "",
    note: Annotated[str, typer.Option("--note", help=_("检查意见"))] = "",
    key: Key = "",
) -> None:
    from wuye_tui.cli.matters import report
    from wuye_tui.registers import supervising
    from wuye_tui.rules.daychecks import DAYCHECK

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    when = supervising.first_day(desk, day)
    result = desk.perform("daycheck.sign", lambda act: supervising.sign(act, when, note), chosen)
    report(context, DAYCHECK, result)


@app.command("countersign", help=_("夜间值班接的单，工程主管补签：全部，或写明单号（BX-3.1）"))
def countersign(
    ctx: typer.Context,
    numbers: Annotated[list[str] | None, typer.Argument(help=_("单号，可以写几个"))] = None,
    key: Key = "",
) -> None:
    from wuye_tui.registers import supervising

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    result = supervising.countersign(desk, numbers or (), chosen)
    if context.json:
        output.emit(result, True)
        return
    output.emit(list(result["together"]), False)
    output.say(_("补签了 {n} 张。").format(n=len(result["together"])))
