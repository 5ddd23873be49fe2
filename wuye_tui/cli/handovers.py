"""`wuye handovers`: a duty that goes from one person to the next (KF-9 to KF-13, ZB-4.8).

The steps are made from the table of the kind; counting, acknowledging and accepting have a form of
their own, and the live list is shown.
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import handover_words, output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.matters import matter_app, report
from wuye_tui.cli.wording import POSTS, state_of, word_of
from wuye_tui.rules.handovers import HANDOVER
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Act, Desk

OWN = ("count", "acknowledge", "accept", "list", "show")
app = matter_app(HANDOVER.kind, without=OWN)
Number = Annotated[str, typer.Argument(help=_("单号"))]
Post = Annotated[
    str, typer.Option("--post", help=_("岗位：desk、duty_manager、guards"), metavar=_("<岗位>"))
]
Key = Annotated[
    str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
]
Seen = Annotated[
    int | None, typer.Option("--seen", min=1, help=_("您看到的最后一步；之后有人动过就不再执行"))
]


@app.command("new", help=_("开始交接：由现在值班的人来开（KF-10）"))
def new(ctx: typer.Context, post: Post = "desk", key: Key = "") -> None:
    from wuye_tui.registers import handovers

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    result = desk.perform("handover.register", lambda act: handovers.begin(act, post), chosen)
    report(context, HANDOVER, result)


@app.command("show", help=_("要交接的：未结的事、钱、工具、清单；写单号是那一张的经过"))
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("单号；不写就看现在这一班的"))] = "",
    post: Post = "desk",
) -> None:
    from wuye_tui.cli.looking import show_matter
    from wuye_tui.registers import handovers

    context: Context = ctx.obj
    if number:
        show_matter(ctx, number)
        post = "" if context.json else handovers.open_at(context.reading(), number)
        if not post:
            return
    desk = context.reading()
    found = handovers.now(desk, post)
    if context.json:
        output.emit(context.zoned(found.as_dict(), desk.zone), True)
    else:
        handover_words.print_now(context, desk, found)


@app.command("list", help=_("最近的交接班：谁交给谁，几点，接班的人迟到几分钟"))
@listing
def list_(ctx: typer.Context, limit: Limit = None) -> Listing:
    from wuye_tui.registers import handovers

    context: Context = ctx.obj
    desk = context.reading()
    rows = handovers.listed(desk, context.most(limit, 50))

    def said(row: handovers.Listed) -> dict[str, Any]:
        return {
            "number": row.number,
            "state": state_of(HANDOVER.kind, row.state),
            "post": word_of(POSTS, row.post),
            "giver": row.giver_name,
            "taker": row.taker_name,
            "given": context.when(row.given, desk.zone) if row.given else "",
            "accepted": context.when(row.accepted, desk.zone) if row.accepted else "",
            "late": row.late or "",
        }

    return Listing(
        _("交接班"),
        [
            output.Column(_("单号"), "number"),
            output.Column(_("岗位"), "post"),
            output.Column(_("状态"), "state"),
            output.Column(_("交班人"), "giver"),
            output.Column(_("接班人"), "taker"),
            output.Column(_("交班"), "given"),
            output.Column(_("接班"), "accepted"),
            output.Column(_("迟到分钟"), "late", right=True),
        ],
        lambda: map(said, rows),
        lambda: context.zoned([row.as_dict() for row in rows], desk.zone),
    )


@app.command("count", help=_("清点工具（KF-11）：每样写 名称=数量，对不上的写明原因"))
def count(
    ctx: typer.Context,
    number: Number,
    counts: Annotated[list[str], typer.Argument(help=_("名称=数量，一样一个"))],
    why: Annotated[str, typer.Option("--count-why", help=_("对不上的原因"))] = "",
    seen: Seen = None,
    key: Key = "",
) -> None:
    given = {"count": counts, **({"count_why": why} if why else {})}
    _take(ctx.obj, number, "count", given, seen, key)


@app.command("clean", help=_("接班人验收清洁（KF-12）；不干净的写 --back 哪里不干净，退回去"))
def clean(
    ctx: typer.Context,
    number: Number,
    back: Annotated[str, typer.Option("--back", help=_("哪里不干净"))] = "",
    seen: Seen = None,
    key: Key = "",
) -> None:
    given = {"dirty": back} if back else {}
    _take(ctx.obj, number, "clean_back" if back else "clean_ok", given, seen, key)


@app.command("acknowledge", help=_("逐项确认（KF-10）：写看过的事项，其余的一起用 --group"))
def acknowledge(
    ctx: typer.Context,
    number: Number,
    items: Annotated[
        list[str] | None, typer.Argument(help=_("事项的号，show 里第一栏；可以写单号"))
    ] = None,
    group: Annotated[
        bool, typer.Option("--group", "--all-group", help=_("其余的一起确认"))
    ] = False,
    seen: Seen = None,
    key: Key = "",
) -> None:
    from wuye_tui.registers import handovers

    def work(act: "Act") -> dict[str, Any]:
        return handovers.acknowledge(act, number, items or (), group, seen)

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    report(context, HANDOVER, desk.perform("handover.acknowledge", work, chosen))


@app.command("accept", help=_("接班签字：接班人用自己的密码，班次从这一秒起归他（KF-12）"))
def accept(
    ctx: typer.Context,
    number: Number,
    taker: Annotated[
        str,
        typer.Option(
            "--taker",
            help=_("接班人，由交班人的电脑办时写；密码取自 WUYE_PIN2 或当场询问"),
            metavar=_("<工号>"),
        ),
    ] = "",
    seen: Seen = None,
    key: Key = "",
) -> None:
    from wuye_tui.registers import handovers

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    at: Desk = context.second(desk, taker) if taker else desk
    report(context, HANDOVER, handovers.accept(at, number, seen=seen, key=chosen))


def _take(
    context: Context, number: str, verb: str, given: dict[str, Any], seen: int | None, key: str
) -> None:
    from wuye_tui.registers import matters

    chosen, desk = key_of(key), context.desk()

    def work(act: "Act") -> dict[str, Any]:
        return matters.take(act, number, verb, seen=seen, **given)

    report(context, HANDOVER, desk.perform(f"handover.{verb}", work, chosen))
