"""`wuye calls`: the register of calls and visits, by the intake line or by fields."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import nights as nights_cli
from wuye_tui.cli import output, ringing
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.days import Since, Until, begin, end
from wuye_tui.cli.listing import Full, Limit, Listing, Reason, listing
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.text import masked_phone, masked_words
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.contacts import ContactRow
    from wuye_tui.registers.meaning import OpenMatter, Proposal

# What a desk would ask the caller. Here nobody can be asked: it is written as typed, and said.
_ASKS = {
    "unit": N_("没说是哪一户，也没说哪个公共部位。"),
    "unknown_unit": N_("没有房号「{typed}」，来电里没有记房号。"),
    "time": N_("没说改到什么时候，原话记到了单上；请问清时间再用 rebook 改约。"),
    "past": N_("「{words}」已经过去，没有当作预约，照原话登记；请问清时间再用 rebook 改约。"),
    "impossible_time": N_(
        "没有「{words}」这样的时间，没有当作预约，照原话登记；请问清时间再用 rebook 改约。"
    ),
    "phone": N_("电话号码像是少了或多了一位，没有当作电话，照原话登记，请再核对。"),
}

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("来电、来访登记")
)


ringing.add_to(app)


class NothingGiven(UsageError):
    """Neither a line nor the words of a call."""

    def __init__(self) -> None:
        super().__init__(_("请写 --line 一行话，或用 --text 写来电内容。"))


class OneWay(UsageError):
    """A call of the night becomes one thing, and its words say which."""

    def __init__(self) -> None:
        super().__init__(
            _("--tomorrow、--told、--take 只能写一个；--told 和 --take 要和 --line 一起写。"),
            "KF-7",
        )


class UnitOpen(UsageError):
    """Several units may be meant, and nobody can be asked which."""

    def __init__(self, typed: str, choices: tuple[str, ...]) -> None:
        super().__init__(
            _("「{typed}」可能是 {choices}；请加 --unit 写明是哪一户，再试一次。").format(
                typed=typed, choices=listed(choices)
            )
        )


@app.command("add", help=_("登记一个来电；报修同时开单，催单、取消、改约立即生效，不再问"))
def add(
    ctx: typer.Context,
    line: Annotated[str, typer.Option("--line", help=_("一行话，与前台屏幕上一样"))] = "",
    unit: Annotated[str, typer.Option("--unit", help=_("房号"))] = "",
    phone: Annotated[str, typer.Option("--phone", help=_("电话"))] = "",
    caller: Annotated[str, typer.Option("--caller", help=_("来电人"))] = "",
    channel: Annotated[
        str, typer.Option("--channel", help="phone visit wechat group radio letter 12345 patrol")
    ] = "",
    category: Annotated[
        str,
        typer.Option(
            "--category", help="repair complaint enquiry suggestion help booking praise other"
        ),
    ] = "other",
    text: Annotated[str, typer.Option("--text", help=_("说了什么"))] = "",
    tomorrow: Annotated[
        bool, typer.Option("--tomorrow", help=_("夜里办不了，留到早上：只登记，不开单"))
    ] = False,
    told: Annotated[
        str, typer.Option("--told", help=_("夜里马上告诉了谁，代号见 wuye calls told-to"))
    ] = "",
    take: Annotated[bool, typer.Option("--take", help=_("夜班自己现在去修：开单并接单"))] = False,
    key: Annotated[str, typer.Option("--key", help=_("这次操作的 UUID"))] = "",
) -> None:
    from wuye_tui.desk import Act
    from wuye_tui.registers import contacts, nights, proposals, taking_down
    from wuye_tui.rules.channels import PHONE
    from wuye_tui.rules.line import parse as parse_line

    context: Context = ctx.obj
    if not line and not text:
        raise NothingGiven
    if tomorrow + bool(told) + take > 1 or ((told or take) and not line):
        raise OneWay
    contacts.refuse_unknown(channel or PHONE, category)
    key = key_of(key)
    desk = context.desk()

    def by_fields(act: Act) -> dict[str, Any]:
        if tomorrow:
            taking_down.refuse_emergency(parse_line(f"{unit} {text}", desk.now(), desk.zone))
        contact = contacts.register(
            act,
            channel=channel or PHONE,
            category=category,
            words=text,
            unit=unit,
            caller=caller,
            phone=phone,
            outcome=contacts.TOMORROW if tomorrow else "",
        )
        return {"contact": contact.number, "number": ""}

    if line:
        said = {"channel": channel, "caller": caller, "phone": phone}
        if told:
            nights.refuse_unknown(desk, told)
        night = {"postponed": tomorrow or bool(told), "told": told, "taken": take}
        done = _add_line(desk, line, unit, said, key, night)
    else:
        done = desk.perform("call.add", by_fields, key)
        if category == "repair" and unit and not tomorrow:
            _say_alike(unit, proposals.alike(desk, unit, text))
    if context.json:
        output.emit(done, True)
        return
    output.emit(done["number"] or done["contact"], False)
    if done["number"]:
        output.say(_("来电 {contact}，单号 {number}。").format(**done))
    for opened in done.get("opened", ()):
        output.say(_("同时建立了 {number}。").format(number=opened))


def _add_line(
    desk: "Desk", line: str, unit: str, given: dict[str, str], key: str, night: dict[str, Any]
) -> Any:
    """A channel that is given wins over the line's first word; `night` says what becomes of it."""
    from wuye_tui.registers import hearing, proposals, taking_down

    found = hearing.understand(desk, line, unit, picks=False)
    if found.choices:
        raise UnitOpen(found.typed_unit or line, found.choices)
    sure = replace(proposals.untimed(found), **night)
    if sure.postponed:
        taking_down.refuse_emergency(sure.understood, sure.told)
        return desk.perform("call.leave", lambda act: taking_down.leave(act, sure, **given), key)
    done = desk.perform("call.line", lambda act: proposals.accept(act, sure, **given), key)
    _say_doubts(found, bool(given["phone"]))
    room = found.understood.room
    if found.unit and room and not room.building and not unit:
        told = _("「{typed}」只有 {unit} 一户，按这一户登记。")
        output.say(told.format(typed=room.room, unit=found.unit.label))
    if found.unit:
        _say_alike(found.unit.label, [m for m in found.alike if m.number != done["number"]])
    return done


def _say_doubts(found: "Proposal", phoned: bool) -> None:
    """A sentence for each thing that the caller should have been asked."""
    from wuye_tui.rules.units_text import What

    u = found.understood
    spans = {"past": (What.PAST, What.APPOINTMENT), "impossible_time": (What.IMPOSSIBLE,)}
    for ask in found.asks:
        said = [words for what in spans.get(ask, ()) for words in u.said(what)]
        if ask in _ASKS and not (ask == "phone" and phoned):
            output.say(_(_ASKS[ask]).format(typed=found.typed_unit, words=" ".join(said)))


def _say_alike(unit: str, open_: Iterable["OpenMatter"]) -> None:
    """That the same fault may have been reported before, and where it belongs then."""
    told = _("{unit} 已有同类的未结单 {number}（{state}）；同一件事请用 {command} 并入。")
    for matter in open_:
        state = _(procedure("repair").state_word(matter.state))
        command = f"wuye repairs join {matter.number}"
        output.say(told.format(unit=unit, number=matter.number, state=state, command=command))


@app.command("parse", help=_("一行话会被怎样理解，不登记"))
def parse(ctx: typer.Context, line: Annotated[str, typer.Argument(help=_("一行话"))]) -> None:
    from wuye_tui.registers.hearing import understand

    context: Context = ctx.obj
    desk = context.reading()
    found = understand(desk, line)
    u = found.understood
    document = {
        "line": u.line,
        "channel": found.channel,
        "kind": u.kind.value,
        "unit": found.unit.label if found.unit else "",
        "typed_unit": found.typed_unit,
        "choices": list(found.choices),
        "place": found.place,
        "words": u.words,
        "category": u.category.value if u.category else "",
        "faults": [{"category": f.category.value, "words": f.words} for f in u.faults],
        "caller": u.caller.name if u.caller else "",
        "phone": u.phone or "",
        "payer": u.payer.value if u.payer else "",
        "emergency": u.emergency.value if u.emergency else "",
        "appointment": list(u.appointment) if u.appointment else None,
        "at_once": u.at_once,
        "urgent": u.urgent,
        "past": u.past,
        "impossible": u.impossible,
        "plate": u.plate or "",
        "cars": [{**asdict(car), "phone": masked_phone(car.phone)} for car in found.cars],
        "slip": u.slip or "",
        "also": [kind.value for kind in u.also],
        "charge": found.charge,
        "tariff": found.tariff,
        "asks": list(found.asks),
        "spans": [piece._asdict() for piece in u.spans],
    }
    output.emit(context.zoned(document, desk.zone), context.json)


@app.command("list", help=_("来电登记，新的在前；电话只写头尾"))
@listing
def list_(
    ctx: typer.Context,
    since: Since = "",
    until: Until = "",
    full: Full = False,
    reason: Reason = "",
    limit: Limit = None,
) -> Listing:
    from wuye_tui.registers import contacts

    context: Context = ctx.obj
    desk = context.desk() if full else context.reading()
    most = context.most(limit, 200)
    first, last = begin(since, desk.zone), end(until, desk.zone)
    if full:
        rows = contacts.revealed(desk, reason, first, last, most)
    else:
        rows = contacts.listed(desk, first, last, most)

    def said(row: "ContactRow") -> dict[str, Any]:
        words = row.words if full else masked_words(row.words)
        return {**_words(context, desk, row), "words": words}

    return Listing(
        _("来电登记"),
        [
            output.Column(_("编号"), "number"),
            output.Column(_("时间"), "at"),
            output.Column(_("类别"), "category"),
            output.Column(_("房号"), "unit"),
            output.Column(_("内容"), "words", cells=40),
            output.Column(_("登记人"), "by"),
        ],
        lambda: map(said, rows),
        lambda: context.zoned([asdict(row if full else _masked(row)) for row in rows], desk.zone),
        [
            output.Column(_("方式"), "channel"),
            output.Column(_("来电人"), "name"),
            output.Column(_("电话"), "phone"),
            output.Column(_("相关的单"), "about"),
        ],
    )


def _masked(row: "ContactRow") -> "ContactRow":
    """Numbers stand in the words of a call too, as they were typed."""
    return replace(row, words=masked_words(row.words))


@app.command("show", help=_("一个来电"))
def show(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("编号"))]) -> None:
    from wuye_tui.registers.contacts import show as find

    context: Context = ctx.obj
    desk = context.reading()
    row = _masked(find(desk, number))
    if context.json:
        output.emit(context.zoned(asdict(row), desk.zone), True)
        return
    words = _words(context, desk, row)
    lines = {
        _("编号"): row.number,
        _("时间"): words["at"],
        _("方式"): words["channel"],
        _("类别"): words["category"],
        _("房号"): row.unit,
        _("来电人"): f"{row.name} {row.phone}".strip(),
        _("内容"): row.words,
        _("登记人"): words["by"],
        _("相关的单"): listed(row.matters),
    }
    output.emit({what: said for what, said in lines.items() if said}, False)


@app.command("answered", help=_("问了没人答得出的来电，现在答复了"))
def answered(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("编号"))],
    key: Annotated[str, typer.Option("--key", help=_("这次操作的 UUID"))] = "",
) -> None:
    from wuye_tui.registers import questions

    context: Context = ctx.obj
    desk = context.desk()
    done = desk.perform("call.answered", lambda act: questions.answered(act, number), key_of(key))
    output.emit(done if context.json else done["contact"], context.json)


def _words(context: Context, desk: "Desk", row: "ContactRow") -> dict[str, Any]:
    """A call with words in the place of its codes."""
    from wuye_tui.registers.contacts import CHANNELS, COUNTED_AS

    return {
        **vars(row),
        "at": context.when(row.rang, desk.zone),
        "channel": word_of(CHANNELS, row.channel),
        "category": word_of(COUNTED_AS, row.counted_as),
        "by": row.by_name or row.by,
        "about": listed(row.matters),
    }


app.command("settled", help=_("夜里告诉过的人已经处理好，早上不用再跟"))(nights_cli.settled)
app.command("told-to", help=_("夜里马上告诉谁，和他们的电话"))(nights_cli.told_to)
