"""`wuye callbacks`: what is due, the month, the visits; the steps come from the kind's table."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.callback_summary import add_to
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.matters import matter_app, report, verb_command
from wuye_tui.rules import callback_figures as figures
from wuye_tui.rules.callback_words import tried
from wuye_tui.rules.callbacks import CALLBACK
from wuye_tui.rules.duetime import seconds_left, short_countdown
from wuye_tui.rules.lifecycle import Ask
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _, clauses, listed

if TYPE_CHECKING:
    from wuye_tui.registers.callbacks import Spoken, Waiting
    from wuye_tui.registers.home_visits import Home

app = matter_app("callback")
add_to(app)
app.command("record", help=_("记下问到的话，同 reach"))(verb_command(CALLBACK, "reach"))


@app.command("due", help=_("还没做的回访，最先到期的在前：问什么、怎么说"))
@listing
def due(ctx: typer.Context, limit: Limit = None) -> Listing:
    from wuye_tui.registers import callbacks

    context: Context = ctx.obj
    desk = context.reading()
    rows = callbacks.waiting(desk, context.most(limit, 300))
    now = desk.now()
    local = now.astimezone(desk.zone)
    sorts = {row.sort for row in rows}
    speaker = callbacks.speaker(desk) or _("（您的姓名）")
    spoken = {sort: callbacks.spoken(desk, sort, speaker) for sort in sorts}
    asks = {sort: callbacks.asked(sort) for sort in sorts}
    if not (context.json or context.whole):
        if callbacks.is_quiet(desk):
            output.say(_("现在是晚上八点到早上九点，不打回访电话。"))
        for sort in sorted(sorts):
            _say(sort, spoken[sort], asks[sort])

    def said(row: "Waiting") -> dict[str, Any]:
        return {
            "left": short_countdown(seconds_left(row.due, now)) if row.due else "",
            "number": row.number,
            "where": row.where,
            "name": row.name,
            "phone": row.phone,
            "words": masked_words(row.words),
            "worker": row.worker,
            "tried": tried(tuple(one.at for one in row.tries), local),
        }

    def document() -> list[dict[str, Any]]:
        return [
            {
                "number": row.number,
                "unit": row.where,
                "person": row.name,
                "phone": row.phone,
                "summary": masked_words(row.words),
                "about": row.about,
                "worker": row.worker,
                "regular": row.regular,
                "sort": row.sort,
                "due_at": row.due,
                "late": bool(row.due and row.due < now),
                "tries": [{"at": one.at, "note": masked_words(one.note)} for one in row.tries],
                "ask": [ask.name for ask in asks[row.sort]],
                "say": list(spoken[row.sort].say),
                "never": list(spoken[row.sort].never),
                "quiet": callbacks.is_quiet(desk),
            }
            for row in rows
        ]

    return Listing(
        _("待回访"),
        [
            output.Column(_("剩余"), "left", right=True),
            output.Column(_("单号"), "number"),
            output.Column(_("地点"), "where"),
            output.Column(_("姓名"), "name", cells=12),
            output.Column(_("电话"), "phone"),
            output.Column(_("内容"), "words", cells=40),
            output.Column(_("维修工"), "worker", cells=12),
            output.Column(_("试过"), "tried", cells=24),
        ],
        lambda: map(said, rows),
        lambda: context.zoned(document(), desk.zone),
    )


def _say(sort: str, spoken: "Spoken", asks: tuple[Ask, ...]) -> None:
    what = {
        figures.JOBS: _("维修后的回访"),
        figures.COMPLAINTS: _("投诉后的回访"),
        figures.VISITS: _("定期回访"),
    }[sort]
    questions = (
        f"{_(ask.word)}（{listed(_(word) for _code, word in ask.choices)}）"
        if ask.choices
        else _(ask.word)
        for ask in asks
    )
    output.say(_("{what}，问：{questions}").format(what=what, questions=clauses(questions)))
    for words in spoken.say:
        output.say(_("  说：{words}").format(words=words))
    for words in spoken.never:
        output.say(_("  不说：{words}").format(words=words))


@app.command("plan", help=_("最久没有人打过电话、上过门的住户"))
@listing
def plan(
    ctx: typer.Context,
    building: Annotated[
        str, typer.Option("--building", help=_("只看一栋楼"), metavar=_("<栋>"))
    ] = "",
    count: Annotated[int, typer.Option("--count", min=1, help=_("列多少户"))] = 10,
) -> Listing:
    from wuye_tui.registers import home_visits

    context: Context = ctx.obj
    desk = context.reading()
    homes = home_visits.plan(desk, building, count)
    if not (context.json or context.whole):
        told = _("隔 {days} 天没有回访过的；开一个回访：wuye callbacks visit 房号。")
        output.say(told.format(days=desk.reference.visit_days))

    def said(home: "Home") -> dict[str, Any]:
        return {
            "unit": home.unit,
            "name": home.name,
            "phone": home.phone,
            "last": context.when(home.last, desk.zone) if home.last else _("没有记录"),
            "days": "" if home.days is None else home.days,
        }

    return Listing(
        _("定期回访计划"),
        [
            output.Column(_("房号"), "unit"),
            output.Column(_("姓名"), "name", cells=12),
            output.Column(_("电话"), "phone"),
            output.Column(_("上次回访"), "last"),
            output.Column(_("多少天前"), "days", right=True),
        ],
        lambda: map(said, homes),
        lambda: context.zoned(
            [
                {
                    "unit": home.unit,
                    "person": home.name,
                    "phone": home.phone,
                    "last_at": home.last,
                    "days": home.days,
                }
                for home in homes
            ],
            desk.zone,
        ),
    )


@app.command("visit", help=_("开一个定期回访（FW-3.1）：房号；做完用 reach 记下"))
def visit(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(help=_("房号"))],
    caller: Annotated[str, typer.Option("--caller", help=_("找谁"))] = "",
    phone: Annotated[str, typer.Option("--phone", help=_("电话"))] = "",
    text: Annotated[str, typer.Option("--text", help=_("想问什么"))] = "",
    until: Annotated[
        str,
        typer.Option(
            "--until", help=_("最晚什么时候，不写是这个月底晚上八点"), metavar=_("<时间>")
        ),
    ] = "",
    key: Annotated[
        str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
    ] = "",
) -> None:
    from wuye_tui.registers import callbacks

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    typed = {"caller": caller, "phone": phone, "text": text, "until": until}
    given: dict[str, Any] = {name: words for name, words in typed.items() if words}
    result = desk.perform(
        "callback.visit", lambda act: callbacks.open_visit(act, unit=unit, **given), chosen
    )
    report(context, CALLBACK, result)
