"""`wuye archive`: the week's records for the archivist, what they lack, and what has been filed."""

from typing import TYPE_CHECKING, Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuye_tui.desk import Desk
    from wuye_tui.registers.unfiled import Record

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("归档"))
USUAL = 300  # rows that a screen is shown

Week = Annotated[str, typer.Option("--week", help=_("到哪一周为止，例如 2026-W47"), metavar="<W>")]
Numbers = Annotated[list[str], typer.Argument(help=_("单号，可以写几个"))]
Key = Annotated[
    str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
]


@app.command("list", help=_("办完了还没归档的：哪一周的、齐不齐、缺什么"))
@listing
def list_(
    ctx: typer.Context,
    week: Week = "",
    ready: Annotated[
        bool | None, typer.Option("--ready/--lacking", help=_("只列齐的，或只列缺东西的"))
    ] = None,
    back: Annotated[bool, typer.Option("--sent-back", help=_("只列退回待补正的"))] = False,
    limit: Limit = None,
) -> Listing:
    from wuye_tui.registers import unfiled

    context: Context = ctx.obj
    desk = context.reading()
    most = context.most(limit, USUAL)
    narrowed = ready is not None or back
    found = unfiled.records(desk, week, 0 if narrowed else most + 1)
    found = [one for one in found if ready is None or one.ready == ready]
    found = [one for one in found if one.sent_back or not back]
    if len(found) > most:
        told = _("只列了前 {n} 张，还有更多：加条件，或用 --limit 多列一些。")
        output.say(told.format(n=most))
    return _listed(context, desk, found[:most])


def _listed(context: Context, desk: "Desk", found: "Sequence[Record]") -> Listing:
    def said(one: "Record") -> dict[str, str]:
        return {
            "week": one.week,
            "number": one.number,
            "closed": context.when(one.closed, desk.zone),
            "where": one.where,
            "words": masked_words(one.words),
            "stand": _("齐") if one.ready else _("退回") if one.sent_back else _("缺"),
            "lacks": listed(_(lack.word).rstrip("。.") for lack in one.lacks),
        }

    return Listing(
        _("待归档"),
        [
            output.Column(_("周"), "week"),
            output.Column(_("单号"), "number"),
            output.Column(_("办完"), "closed"),
            output.Column(_("地点"), "where", cells=12),
            output.Column(_("内容"), "words", cells=20),
            output.Column(_("齐否"), "stand"),
            output.Column(_("缺什么"), "lacks", fold=True),
        ],
        lambda: map(said, found),
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
    )


@app.command("week", help=_("一周（不写是本周）的记录收档：齐的归档，缺东西的列出来（XX-4.3.8）"))
def week_(ctx: typer.Context, week: Week = "", key: Key = "") -> None:
    from wuye_tui.registers import archive

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    words = _("正在归档")
    filed = archive.file_week(desk, week, chosen, lambda share: output.progress(words, share))
    if context.json:
        output.emit(context.zoned(filed.as_dict(), desk.zone), True)
        return
    if filed.left:
        found = _listed(context, desk, filed.left)
        output.table(found.rows(), found.columns)
    told = _("{week}：归档 {n} 份，{left} 份还不能归档。")
    output.say(told.format(week=filed.week, n=len(filed.taken), left=len(filed.left)))


@app.command("file", help=_("归档这几份；一份不行就说明原因，其余的照样归档（XX-4.3.8）"))
def file(ctx: typer.Context, numbers: Numbers, key: Key = "") -> None:
    from wuye_tui.registers import archive

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    seen = archive.seen(desk, numbers)
    result = desk.perform("archive.file", lambda act: archive.take_in(act, seen), chosen)
    if context.json:
        output.emit(result, True)
        return
    output.emit(list(result["together"]), False)
    for number, why in result["why"].items():
        output.say(_("没有归档：{number}，{why}").format(number=number, why=why))


@app.command("send-back", help=_("退回前台补正，写明原因（XX-4.3.10）"))
def send_back(
    ctx: typer.Context,
    numbers: Numbers,
    why: Annotated[str, typer.Option("--why", help=_("退回的原因"))],
    key: Key = "",
) -> None:
    from wuye_tui.registers import archive

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    seen = archive.seen(desk, numbers)
    result = desk.perform("archive.back", lambda act: archive.send_back(act, seen, why), chosen)
    output.emit(result if context.json else list(result["together"]), context.json)


@app.command("show", help=_("一份记录在档案里的情况：归档了没有，还缺什么"))
def show(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("单号"))]) -> None:
    from wuye_tui.registers import archive

    context: Context = ctx.obj
    desk = context.reading()
    kept = archive.show_kept(desk, number)
    if context.json:
        output.emit(context.zoned(kept.as_dict(), desk.zone), True)
        return
    view = kept.view
    document = {
        _("单号"): view.number,
        _("状态"): _(view.cycle.state_word(view.situation.state)),
        _("周"): kept.week,
    }
    if kept.archived is not None:
        document[_("归档")] = f"{context.when(kept.archived, desk.zone)} {kept.by}"
    if kept.sent_back:
        document[_("退回的原因")] = kept.sent_back
    output.emit(document, False)
    output.section(_("还缺"), [f"{lack.clause}  {_(lack.word)}" for lack in kept.lacks])
