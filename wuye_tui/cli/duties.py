"""`wuye duties`: who answers for a post now, beginning a duty, going on, and stepping in."""

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import nights, output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.wording import POSTS, word_of
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.refusals import shown
from wuye_tui.words import N_, _, clauses, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.duties import DutyNow


class UnknownPost(UsageError):
    """No checklist is kept for this post."""

    def __init__(self, typed: str, known: list[str]) -> None:
        super().__init__(
            _("没有岗位「{typed}」的清单，可以是：{known}。").format(
                typed=typed, known=listed(known)
            )
        )


_BEGAN = {"start": "", "continued": N_("接着值")}
Post = Annotated[str, typer.Option("--post", help=_("岗位：desk、duty_manager、guards"))]
Key = Annotated[
    str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
]
app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("值班"))


@app.command("now", help=_("现在谁在值班"))
def now(ctx: typer.Context) -> None:
    from wuye_tui.registers import duties

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    rows = duties.now(desk)
    names = _names(desk) if any(d.planned or d.next for d in rows) else {}
    if context.json:
        document = [
            {
                "post": d.post,
                "name": d.name,
                "staff": d.staff,
                "staff_name": d.staff_name,
                "started_at": d.started,
                "planned_end_at": d.planned_end,
                "over": d.over,
                "began": d.began,
                "via": d.via,
                "planned": list(d.planned),
                "next": list(d.next),
            }
            for d in rows
        ]
        output.emit(context.zoned(document, desk.zone), True)
        return
    output.table(
        [
            {
                "post": word_of(POSTS, d.post),
                "word": _(d.word),
                "who": f"{d.staff_name}({d.staff})",
                "since": shown(d.started, desk.zone),
                "until": shown(d.planned_end, desk.zone),
                "note": _notes(d, names),
            }
            for d in rows
        ],
        [
            output.Column(_("岗位"), "post"),
            output.Column(_("班次"), "word"),
            output.Column(_("值班人"), "who"),
            output.Column(_("接班"), "since"),
            output.Column(_("应交班"), "until"),
            output.Column(_("备注"), "note"),
        ],
    )


def _names(desk: "Desk") -> dict[str, str]:
    from wuye_tui.registers.staff import list_staff

    return {person["number"]: person["name"] for person in list_staff(desk, everyone=True)}


def _notes(d: "DutyNow", names: dict[str, str]) -> str:
    """How it stands, who else was planned for it, and who is planned for the next."""
    said = [_("未交班，继续值班") if d.over else _(_BEGAN.get(d.began, d.via))]
    if d.is_stand_in:
        who = listed(names.get(one, one) for one in d.planned)
        said.append(_("排的是 {who}").format(who=who))
    if d.next:
        who = listed(names.get(one, one) for one in d.next)
        said.append(_("下一班 {who}").format(who=who))
    return clauses(filter(None, said))


@app.command("start", help=_("接班：岗位没有人时，或自己接着值；有人值班的先交接（KF-12）"))
def start(
    ctx: typer.Context,
    post: Post = "desk",
    staff: Annotated[str, typer.Option("--staff", help=_("值班人，工号或姓名；不写是自己"))] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import duties

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    _began(context, desk, duties.begin(desk, post, staff, chosen))


@app.command("continue", help=_("接着值下一班：同一个人，不用交接"))
def continue_(ctx: typer.Context, post: Post = "desk", key: Key = "") -> None:
    from wuye_tui.registers import duties

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    work = partial(duties.go_on, desk=desk, post=post)
    _began(context, desk, desk.perform("duty.continue", work, chosen, relieving=True))


@app.command("force", help=_("顶班：值班的人没法交班时，主管级以上的人接过来，写明原因"))
def force(
    ctx: typer.Context,
    why: Annotated[str, typer.Option("--why", help=_("为什么没法交班"))] = "",
    post: Post = "desk",
    staff: Annotated[str, typer.Option("--staff", help=_("谁来顶班，工号或姓名；不写是自己"))] = "",
    key: Key = "",
) -> None:
    from wuye_tui.cli.matters import report
    from wuye_tui.registers import handovers
    from wuye_tui.rules.handovers import HANDOVER

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    work = partial(handovers.step_in, post=post, why=why, staff=staff)
    report(context, HANDOVER, desk.perform("handover.force", work, chosen, relieving=True))


def _began(context: Context, desk: "Desk", done: dict[str, Any]) -> None:
    if context.json:
        output.emit(done, True)
        return
    word = _words(desk).get((done["post"], done["name"]), done["name"])
    output.emit(_("{staff} 已接班（{name}）。").format(staff=done["staff"], name=word), False)


@app.command("list", help=_("最近的值班"))
@listing
def list_(ctx: typer.Context, limit: Limit = None) -> Listing:
    from wuye_tui.registers import duties
    from wuye_tui.registers.staff import list_staff

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    rows: list[dict[str, Any]] = [
        {
            "post": d.post,
            "name": d.name,
            "staff": d.staff,
            "started_at": d.started,
            "ended_at": d.ended,
            "planned_end_at": d.planned_end,
            "began": d.began,
            "via": d.via,
        }
        for d in duties.history(desk, context.most(limit, 50))
    ]
    words = _words(desk)
    people = {person["number"]: person["name"] for person in list_staff(desk)}

    def said(row: dict[str, Any]) -> dict[str, str]:
        return {
            "post": word_of(POSTS, row["post"]),
            "name": words.get((row["post"], row["name"]), row["name"]),
            "who": f"{people.get(row['staff'], '')}({row['staff']})",
            "since": context.when(row["started_at"], desk.zone),
            "until": context.when(row["ended_at"], desk.zone) if row["ended_at"] else "",
        }

    return Listing(
        _("值班"),
        [
            output.Column(_("岗位"), "post"),
            output.Column(_("班次"), "name"),
            output.Column(_("值班人"), "who"),
            output.Column(_("接班"), "since"),
            output.Column(_("交班"), "until"),
        ],
        lambda: map(said, rows),
        lambda: context.zoned(rows, desk.zone),
    )


@app.command("checklist", help=_("交接时逐项点清的东西和工具"))
@listing
def checklist(
    ctx: typer.Context,
    post: Annotated[
        str, typer.Option("--post", help=_("岗位，例如 desk、night"), metavar=_("<岗位>"))
    ] = "",
) -> Listing:
    from wuye_tui.reference import Reference

    context: Context = ctx.obj
    found = Reference(context.settings().home).checklists
    items = {name: items for name, items in found.items.items() if post in ("", name)}
    if post and not items:
        raise UnknownPost(post, list(found.items))
    rows: list[dict[str, Any]] = [
        {"post": word_of(POSTS, name), "item": item, "count": None, "note": ""}
        for name, own in items.items()
        for item in own
    ]
    rows += [
        {"post": _("工具"), "item": tool.name, "count": tool.count, "note": tool.note}
        for tool in found.tools
    ]
    return Listing(
        _("交接清单"),
        [
            output.Column(_("岗位"), "post"),
            output.Column(_("事项"), "item", fold=True),
            output.Column(_("应有"), "count", right=True),
            output.Column(_("备注"), "note"),
        ],
        lambda: rows,
        lambda: {"items": items, "tools": [asdict(tool) for tool in found.tools]},
    )


app.command("record", help=_("夜班值班记录：来电、干的活、出去的时间、代收的现金"))(nights.record)
app.command("away", help=_("出去干活：值班电话转到哪个号码"))(nights.away)
app.command("back", help=_("回到前台"))(nights.back)


def _words(desk: "Desk") -> dict[tuple[str, str], str]:
    """What the duties of the office's own table are called."""
    return {(plan.post, plan.name): _(plan.word) for plan in desk.reference.duties}
