"""`wuye forms`: the office's forms as text, as PDF, or on a printer (XX-5, BX-5, ZB-6)."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Force, Listing, Reason, listing
from wuye_tui.cli.paper_out import Whither, put_out
from wuye_tui.rules.errors import UsageError
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.paper.forms import Form

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("表单：看、存成文件、打印"),
)
_DAY = timedelta(days=1)
LONGEST = 366  # days that one file is made of
_OF = {
    "matter": N_("单号"),
    "call": N_("来电编号"),
    "day": N_("日期，不写是今天"),
    "duty": N_("岗位，不写是前台"),
    "log": N_("日期，不写是今天"),
    "receipt": N_("收据号"),
    "refund": N_("退款单号"),
    "night": N_("夜班开始的日期，不写是最近一夜"),
}
Numbers = Annotated[
    list[str] | None,
    typer.Argument(help=_("单号、来电编号或日期，可以写几个"), metavar=_("[单号]...")),
]
Copies = Annotated[
    str, typer.Option("--copies", help=_("只打哪几联，例如 1,2；carbon 是复写纸一次打穿"))
]


class NoNumber(UsageError):
    """Nothing says what the form is about."""

    def __init__(self, form: "Form") -> None:
        told = _("「{form}」要写{what}，或用 --from、--to 写哪几天。")
        super().__init__(told.format(form=_(form.title), what=_(_OF[form.of])))


class TwoWays(UsageError):
    """A printer and a device at once."""

    def __init__(self) -> None:
        super().__init__(_("--printer 和 --device 只能写一个。"))


class NoDays(UsageError):
    """Days that are in no order, or too many of them."""

    def __init__(self) -> None:
        told = _("--from 要在 --to 之前，最多 {n} 天。请改正。")
        super().__init__(told.format(n=LONGEST))


@app.command("list", help=_("有哪些表单，各填什么，本单位的版面改过没有"))
@listing
def list_(ctx: typer.Context) -> Listing:
    from wuye_tui.own_data import copies
    from wuye_tui.paper.forms import FORMS
    from wuye_tui.paper.layouts import file_of

    context: Context = ctx.obj
    edited = {one.name for one in copies(context.settings().home) if one.is_edited}
    rows: list[dict[str, Any]] = [
        {
            "form": form.name,
            "title": _(form.title),
            "code": form.code,
            "clause": form.clause,
            "of": form.of.value,
            "copies": len(form.copies) or 1,
            "layout": f"data/{file_of(form.name)}",
            "edited": file_of(form.name) in edited,
        }
        for form in FORMS
    ]

    def said(row: dict[str, Any]) -> dict[str, Any]:
        what, edited = _OF[row["of"]], _("改过") if row["edited"] else ""
        return {**row, "of": _(what), "edited": edited}

    return Listing(
        _("表单"),
        [
            output.Column(_("表单"), "form"),
            output.Column(_("名称"), "title", fold=True),
            output.Column(_("编号"), "code"),
            output.Column(_("条款"), "clause"),
            output.Column(_("填什么"), "of", fold=True),
            output.Column(_("版面"), "edited"),
        ],
        lambda: map(said, rows),
        lambda: rows,
    )


@app.command("print", help=_("打印表单：不写去处就显示在屏幕上；-o 存成 .pdf、.txt 或 .escp"))
def print_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=_("表单，例如 slip 或 F4"), metavar=_("<表单>"))],
    numbers: Numbers = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help=_("存成文件：.pdf、.txt 或 .escp"))
    ] = None,
    force: Force = False,
    paper: Annotated[str, typer.Option("--paper", help=_("纸：a4、241、241-140、241-280"))] = "",
    copies: Copies = "",
    printer: Annotated[
        str, typer.Option("--printer", help=_("用哪台打印机；usual 是平时那台"))
    ] = "",
    escp: Annotated[bool, typer.Option("--escp", help=_("点阵打印机的指令，不用 PDF"))] = False,
    device: Annotated[
        str, typer.Option("--device", help=_("直接送设备，例如 /dev/usb/lp0 或 192.168.1.9:9100"))
    ] = "",
    since: Annotated[str, typer.Option("--from", help=_("从哪一天，2026-11-01"))] = "",
    until: Annotated[str, typer.Option("--to", help=_("到哪一天（含）"))] = "",
    reason: Reason = "",
) -> None:
    from wuye_tui.paper.forms import Of, known
    from wuye_tui.paper.papers import Papers
    from wuye_tui.paper.receipts import COUNTED
    from wuye_tui.registers import printed

    context: Context = ctx.obj
    form = known(name)
    if printer and device:
        raise TwoWays
    whither = Whither(out, force, printer or device, bool(device), escp, paper)
    # Whoever acts has given their PIN; how often a receipt was printed is written down.
    counted = form.of in COUNTED and not whither.is_looked_at
    proven = bool(context.settings().staff) or bool(reason) or counted
    desk = context.desk() if proven else context.reading()
    about = _about(desk, form, numbers or [], since, until)
    chosen = [one.strip() for one in copies.split(",") if one.strip()]
    if not about:
        output.say(_("没有记录。"))
        return
    if reason and not numbers and form.of is Of.MATTER:
        printed.reveal(desk, reason, len(about))
    # A slip that is named shows what its screen shows; of whole days a reason is wanted.
    papers = Papers(desk, full=proven and bool(numbers or reason), reason=reason)
    put_out(context, papers, whither, form, about, chosen)


def _about(desk: "Desk", form: "Form", numbers: list[str], since: str, until: str) -> list[str]:
    """What each form is about: what was named, or whatever lies in these days."""
    from wuye_tui.paper.forms import Of
    from wuye_tui.registers import printed

    if form.of in (Of.DAY, Of.LOG):
        return numbers or [f"{day}" for day in _days(desk, since, until)]
    if numbers:
        return numbers
    if form.of in (Of.DUTY, Of.NIGHT):
        return [""]
    if not (since or until):
        raise NoNumber(form)
    days = [*_days(desk, since, until)]
    begin = desk.calendar.moment(days[0], time.min)
    end = desk.calendar.moment(days[-1] + _DAY, time.min)
    if form.of is Of.CALL:
        return printed.calls(desk, begin, end)
    return printed.numbers(desk, form.kinds, begin, end)


def _days(desk: "Desk", since: str, until: str) -> Iterator[date]:
    """The days from one to the other; only today where neither is given. Raises NoDays."""
    from wuye_tui.paper.books import day_of

    today = desk.calendar.day_of(desk.now())
    last = day_of(until, desk.zone) if until else today
    first = day_of(since, desk.zone) if since else last
    if not 0 <= (last - first).days < LONGEST:
        raise NoDays
    for n in range((last - first).days + 1):
        yield first + n * _DAY
