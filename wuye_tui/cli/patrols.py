"""`wuye patrols`: made from the table of its kind, and how the day's patrol stands (ZB-4.3)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.days import Day, duty_day_of
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.matters import matter_app
from wuye_tui.rules.entries import SIGN_STATES
from wuye_tui.rules.patrol_plan import Spot
from wuye_tui.rules.refusals import shown
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.patrols import PatrolDay

app = matter_app("patrol")
STANDS = {"made": N_("已巡"), "missed": N_("漏巡"), "due": N_("该巡了"), "coming": N_("还没到")}
SPOT_SORTS = {"post": N_("岗位"), "room": N_("机房"), "place": N_("标识部位")}


@app.command("day", help=_("一天巡查了多久、哪些岗位还没到、哪些机房该巡（ZB-4.3、SB-1、SB-2）"))
def day_(ctx: typer.Context, day: Day = "") -> None:
    from wuye_tui.registers.patrols import patrol_day

    context: Context = ctx.obj
    desk = context.reading()
    found = patrol_day(desk, duty_day_of(desk, day))
    if context.json:
        output.emit(context.zoned(found.as_dict(), desk.zone), True)
        return
    show(desk, found)


def show(desk: "Desk", found: "PatrolDay") -> None:
    """The patrol of a day, for people."""
    from wuye_tui.registers.patrols import spent

    told = _("{day} 巡查 {done}，应有 {needed}")
    output.heading(
        told.format(
            day=found.day.isoformat(), done=spent(found.seconds), needed=spent(found.needed)
        )
    )
    output.section(_("还缺"), list(found.lacks()))
    output.table(
        [
            {
                "name": one.spot.name,
                "at": shown(one.seen.at, desk.zone) if one.seen else "",
                "by": one.seen.by_name if one.seen else "",
                "number": one.seen.number if one.seen else "",
            }
            for one in found.posts
        ],
        [
            output.Column(_("岗位"), "name"),
            output.Column(_("签到"), "at"),
            output.Column(_("检查人"), "by"),
            output.Column(_("单号"), "number"),
        ],
    )
    output.table(
        [
            {
                "name": one.spot.name,
                "at": shown(one.at, desk.zone),
                "made": shown(one.made, desk.zone) if one.made else "",
                "stands": _(STANDS[one.stands]),
                "clause": one.spot.clause,
            }
            for one in found.rounds
        ],
        [
            output.Column(_("机房"), "name"),
            output.Column(_("应巡"), "at"),
            output.Column(_("巡到"), "made"),
            output.Column(_("情况"), "stands"),
            output.Column(_("条款"), "clause"),
        ],
    )


@app.command("plan", help=_("要巡的岗位、机房，和各处应有的标识（BZ-4.1）"))
@listing
def plan(ctx: typer.Context) -> Listing:
    from wuye_tui.reference import Reference

    context: Context = ctx.obj
    spots = Reference(context.settings().home).patrol.spots
    return Listing(
        _("巡查表"),
        [
            output.Column(_("代码"), "code"),
            output.Column(_("名称"), "name", fold=True),
            output.Column(_("类别"), "sort"),
            output.Column(_("条款"), "clause"),
            output.Column(_("内容"), "what", fold=True),
        ],
        lambda: _said(spots),
        lambda: [_as_dict(one) for one in spots],
    )


@app.command("signs", help=_("各处应有的标识，最近一次检查怎样（BZ-4.1）"))
@listing
def signs(ctx: typer.Context) -> Listing:
    from wuye_tui.registers.sign_checks import sign_checks

    context: Context = ctx.obj
    desk = context.reading()
    found = sign_checks(desk)
    states = dict(SIGN_STATES)
    return Listing(
        _("标识"),
        [
            output.Column(_("地点"), "name", fold=True),
            output.Column(_("标识"), "sign", fold=True),
            output.Column(_("检查时间"), "at"),
            output.Column(_("标识怎样"), "state"),
            output.Column(_("单号"), "number"),
        ],
        lambda: (
            {
                "name": one.place.name,
                "sign": one.sign,
                "at": context.when(one.at, desk.zone) if one.at else _("没查过"),
                "state": _(states[one.state]) if one.state in states else "",
                "number": one.number,
            }
            for one in found
        ),
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
    )


def _said(spots: tuple[Spot, ...]) -> Iterator[dict[str, Any]]:
    for one in spots:
        times = [f"{at:%H:%M}" for at in one.times]
        yield {
            "code": one.code,
            "name": one.name,
            "sort": _(SPOT_SORTS[one.sort]),
            "clause": one.clause,
            "what": listed([*one.signs, *times, *one.readings]),
        }


def _as_dict(one: Spot) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "sort": one.sort,
        "trade": one.trade,
        "clause": one.clause,
        "times": [f"{at:%H:%M}" for at in one.times],
        "within_minutes": one.within,
        "readings": list(one.readings),
        "signs": list(one.signs),
    }
