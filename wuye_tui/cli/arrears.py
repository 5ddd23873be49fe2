"""`wuye arrears`: who owes and for how long, what to say, and the steps of the table (FW-13).

A step names the unit or the number of its dunning, whichever is at hand: one is open at most.
"""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.listing import WRITTEN, Force, Limit, Listing, listing
from wuye_tui.cli.looking import show_matter
from wuye_tui.cli.matters import HAPPENED, KEY, NUMBER, SEEN, matter_app, report, verb_command
from wuye_tui.rules.aging import AGE_WORDS
from wuye_tui.rules.dunning import DUNNING
from wuye_tui.rules.dunning_levels import WAYS_OF
from wuye_tui.rules.locale import amount
from wuye_tui.rules.money import yuan
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Act
    from wuye_tui.registers.arrears_rows import Arrear, Dunned, Shown

SHOWN: Final = 200  # units on a screen
BETWEEN: Final = "\n\n--------------------------------\n\n"
"""What stands between two notices in one file, where it is cut."""
AGES_SHORT: Final = (
    N_("未逾期"),
    N_("1-30天"),
    N_("31-60天"),
    N_("61-90天"),
    N_("91-180天"),
    N_("180天以上"),
)
"""What the ages are called where there is little room."""
Which = Annotated[str, typer.Argument(help=_("房号，或者催缴的单号"))]
PromisedDay = Annotated[
    str,
    typer.Option(
        "--until", help=_("答应哪天缴，例如 2026-11-25；这一天过完才算没有缴"), metavar=_("<时间>")
    ),
]
Building = Annotated[str, typer.Option("--building", help=_("只看一栋楼"), metavar=_("<栋>"))]


def _by_unit(command: Callable[..., None]) -> Callable[..., None]:
    """The same command, which takes the room of a unit for the number of its open dunning."""

    def run(ctx: typer.Context, **typed: Any) -> None:
        from wuye_tui.registers.arrears import number_of

        desk = ctx.obj.desk(acting=False)
        with desk.read() as session:
            typed[NUMBER] = number_of(session, desk.site, typed[NUMBER])
        command(ctx, **typed)

    return _asking(run, command)


def _asking(
    run: Callable[..., None], like: Callable[..., None], without: Collection[str] = ()
) -> Callable[..., None]:
    """A function with the questions of another, whose number may be a room."""
    ours = {NUMBER: Which, "until": PromisedDay}
    given = inspect.signature(like).parameters.values()
    known = [
        one.replace(annotation=ours.get(one.name, one.annotation))
        for one in given
        if one.name not in without
    ]
    run.__signature__ = inspect.Signature(known)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in known} | {"return": None}
    return run


def _remind(ctx: typer.Context, **typed: Any) -> None:
    """Reminds a unit, for the first time or again: written down when it is done."""
    from wuye_tui.registers import arrears

    context: Context = ctx.obj
    key, which = key_of(str(typed.pop(KEY))), str(typed.pop(NUMBER))
    given = {name: value for name, value in typed.items() if value}

    def work(act: "Act") -> dict[str, Any]:
        return arrears.remind(act, which, **given)

    report(context, DUNNING, context.desk().perform("dunning.remind", work, key))


app = matter_app("dunning", without={"register", "remind", "list", "show"})
for _command in app.registered_commands:
    if _command.callback is not None and _command.name != "verbs":
        _command.callback = _by_unit(_command.callback)
_reminding = _asking(_remind, verb_command(DUNNING, "remind"), without={HAPPENED, SEEN})
app.command("remind", help=_("提醒一户：第一次，或者再一次（KF-3.4）；在催的接着记"))(_reminding)
app.command("register", help=_("首次提醒，同 remind"))(_reminding)


@app.command("list", help=_("欠费的户，逾期最久的在前：账龄、催到哪一步、答应哪天、有没有投诉"))
@listing
def list_(
    ctx: typer.Context,
    over: Annotated[
        int | None, typer.Option("--over", min=0, help=_("只列逾期超过多少天的，0 是所有逾期的"))
    ] = None,
    building: Building = "",
    limit: Limit = None,
) -> Listing:
    from wuye_tui.registers.arrears import arrears

    context: Context = ctx.obj
    desk = context.accounts()
    found = arrears(desk, over, building, context.most(limit, SHOWN))
    if found.left_out and not context.whole:
        told = _("只列了前 {n} 户，合计是全部 {all} 户的；用 --limit 多列一些。")
        output.say(told.format(n=len(found.rows), all=found.units))

    def said() -> list[dict[str, Any]]:
        total = {"unit": _("合计 {n} 户").format(n=found.units), **_sums(found.total)}
        return [*(_line(one, context.whole) for one in found.rows), total] if found.units else []

    ages = [output.Column(_(word), f"age{at}", right=True) for at, word in enumerate(AGE_WORDS)]
    rows = said()
    columns = _columns(aged=False) if context.whole else _fitting(rows)
    return Listing(
        _("欠费"), columns, lambda: rows, lambda: context.zoned(found.as_dict(), desk.zone), ages
    )


def _columns(aged: bool = True, due: bool = True) -> list[output.Column]:
    return [
        output.Column(_("房号"), "unit"),
        output.Column(_("未收"), "open", right=True),
        output.Column(_("违约金"), "late", right=True),
        *([output.Column(_("账龄"), "ages")] if aged else []),
        *([output.Column(_("最早到期"), "due")] if due else []),
        output.Column(_("天数"), "days", right=True),
        output.Column(_("最后一步"), "last", fold=True),
        output.Column(_("答应哪天"), "promise", fold=True),
        output.Column(_("投诉"), "complaints"),
    ]


def _fitting(rows: "Sequence[Mapping[str, Any]]") -> list[output.Column]:
    """The columns for which there is room: no amount is broken, and days say more than ages."""
    most = [_columns(), _columns(due=False), _columns(aged=False)]
    fits = (one for one in most if output.room_for(rows, one))
    return next(fits, _columns(aged=False, due=False))


def _sums(one: "Arrear") -> dict[str, Any]:
    """What is owed, as a whole and by age."""
    ages = (f"{_(word)} {yuan(fen)}" for word, fen in zip(AGES_SHORT, one.ages, strict=True) if fen)
    return {
        "open": amount(one.open_fen),
        "late": amount(one.late_fen) if one.late_fen else "",
        "ages": " ".join(ages),
        **{f"age{at}": amount(fen) if fen else "" for at, fen in enumerate(one.ages)},
    }


def _line(one: "Arrear", whole: bool) -> dict[str, Any]:
    complained = _("有投诉 {numbers}").format(numbers=listed(one.complaints))
    return {
        "unit": one.unit,
        **_sums(one),
        "due": one.due or "",
        "days": one.days or "",
        "last": _last(one.dunned, whole) if one.dunned else "",
        "promise": _promise(one.dunned, whole) if one.dunned else "",
        "complaints": complained if one.complaints else "",
    }


def _last(dunned: "Dunned", whole: bool = True) -> str:
    """The last step of a dunning and its day; without the year where there is little room."""
    return f"{_day(dunned.day, whole)} {_(DUNNING.rows_named(dunned.verb)[0].word)}"


def _promise(dunned: "Dunned", whole: bool = True) -> str:
    """Which day was promised and how much; empty where no promise is the last word."""
    if dunned.promised is None:
        return ""
    told = _("{day} 缴 {amount}，没有缴") if dunned.late else _("{day} 缴 {amount}")
    return told.format(day=_day(dunned.promised, whole), amount=amount(dunned.promised_fen))


def _day(day: date, whole: bool) -> str:
    return day.isoformat() if whole else f"{day:%m-%d}"


@app.command("show", help=_("一户：欠什么，催到哪一步，现在怎么说、什么不说"))
@listing
def show(ctx: typer.Context, unit: Which) -> Listing:
    from wuye_tui.registers import arrears

    context: Context = ctx.obj
    desk = context.accounts()
    found = arrears.show(desk, unit)
    if not (context.json or context.whole):
        _say(found)

    def said() -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = [
            {
                "word": one.word,
                "period": one.debt.period,
                "due": one.debt.due or "",
                "open": amount(one.debt.open_fen),
                "late": amount(one.debt.late_fen) if one.debt.late_fen else "",
            }
            for one in found.account.owed
        ]
        total = {
            "word": _("合计"),
            "open": amount(found.account.open_fen),
            "late": amount(found.account.late_fen) if found.account.late_fen else "",
        }
        return [*rows, total] if rows else []

    return Listing(
        _("{unit} 欠费").format(unit=found.unit),
        [
            output.Column(_("费用"), "word"),
            output.Column(_("账期"), "period"),
            output.Column(_("到期"), "due"),
            output.Column(_("未收"), "open", right=True),
            output.Column(_("违约金"), "late", right=True),
        ],
        said,
        lambda: context.zoned(found.as_dict(), desk.zone),
    )


def _say(found: "Shown") -> None:
    """What has been done already, what to look at first, and what to say now."""
    if found.dunned:
        told = [found.dunned.number, _last(found.dunned), _promise(found.dunned)]
        output.say(
            _("{unit} 在催：{told}").format(unit=found.unit, told=listed(filter(None, told)))
        )
    if found.complaints:
        told_of = _("有没办完的投诉：{numbers}，先看过再催。")
        output.say(told_of.format(numbers=listed(found.complaints)))
    if found.level is None:
        output.say(_("没有逾期未缴的，不用催。"))
        return
    if found.dunned and found.dunned.promised and not found.dunned.late:
        output.say(_("住户答应 {day} 缴，过了这天没缴再催。").format(day=found.dunned.promised))
    if found.quiet:
        output.say(_("现在是晚上八点到早上九点，不催。"))
    words = dict(WAYS_OF[found.level.code])
    ways = listed(_(words[way]) for way in found.level.ways)
    output.say(_("{level}，可以用：{ways}").format(level=found.level.shown, ways=ways))
    for line in found.say:
        output.say(_("  说：{words}").format(words=line))
    for line in found.never:
        output.say(_("  不说：{words}").format(words=line))
    if found.following and found.following != found.level:
        later = _("{day} 起可以到下一级：{level}")
        output.say(later.format(day=found.from_day, level=found.following.shown))


@app.command("steps", help=_("一户催缴的全部：经过、时限；写单号，或者在催的房号"))
def steps(ctx: typer.Context, number: Which) -> None:
    from wuye_tui.registers.arrears import number_of

    desk = ctx.obj.accounts()
    with desk.read() as session:
        found = number_of(session, desk.site, number)
    show_matter(ctx, found)


@app.command("notice", help=_("一栋楼贴在门上的通知：逾期的一户一张，只有房号和金额"))
def notice(
    ctx: typer.Context,
    building: Annotated[str, typer.Option("--building", help=_("哪栋楼"), metavar=_("<栋>"))],
    out: Annotated[Path | None, typer.Option("-o", "--out", help=_("存成文本文件 .txt"))] = None,
    force: Force = False,
) -> None:
    from wuye_tui.paper.files import UnknownEnding, whole
    from wuye_tui.registers.arrears import notices

    context: Context = ctx.obj
    if out is not None and out.suffix.lower() != ".txt":
        raise UnknownEnding(out, (".txt",))
    desk = context.accounts()
    found = notices(desk, building)
    today = desk.calendar.day_of(desk.now())
    for one in found:
        _warn(one.unit, one.complaints, one.promised, today)
    text = BETWEEN.join(one.text for one in found)
    if out is not None:
        whole(out, f"{text}\n".encode(), force)
        output.say(_(WRITTEN).format(path=out))
    elif context.json:
        output.emit([one.as_dict() for one in found], True)
    elif found:
        for line in text.splitlines():
            output.told(line)
    else:
        output.say(_("没有记录。"))


def _warn(unit: str, complaints: tuple[str, ...], promised: date | None, today: date) -> None:
    """What to know before a notice is put on this door."""
    if complaints:
        told = _("{unit} 有没办完的投诉 {numbers}，先看过再贴。")
        output.say(told.format(unit=unit, numbers=listed(complaints)))
    if promised is not None and promised >= today:
        output.say(_("{unit} 答应 {day} 缴，先不要贴。").format(unit=unit, day=promised))
