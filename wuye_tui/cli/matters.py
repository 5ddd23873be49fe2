"""The commands of a kind of matter, made from its table: one command a verb, one option a question.

Nothing here knows what a repair is. A new procedure has its commands as soon as it has its rows.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.rules.lifecycle import NEW, Ask, Kind, Lifecycle, Row
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.words import _

NUMBER, HAPPENED, BY, SEEN, KEY = "number", "happened", "by", "seen", "key"
SIGN_OPTIONS = ("sign_how", "refused_why", "witness")


def matter_app(kind: str) -> typer.Typer:
    """Every command of a kind: its verbs, `list`, `show`, `verbs` and `undo`."""
    cycle = PROCEDURES[kind]
    app = typer.Typer(
        help=_(cycle.word), no_args_is_help=True, rich_markup_mode=None, add_completion=False
    )
    verbs = dict.fromkeys(row.verb for row in cycle.rows if not row.auto)
    for verb in verbs:
        rows = tuple(row for row in cycle.rows_named(verb) if not row.auto)
        app.command(verb.replace("_", "-"), help=_help(rows))(_command(cycle, verb, rows))
    app.command("undo", help=_("撤销最后一步（只能撤自己的）"))(_undo)
    app.command("list", help=_("列出"))(_lister(kind))
    app.command("show", help=_("一张单的全部：经过、时限、签字"))(_show)
    app.command("verbs", help=_("各步骤的表"))(_verbs(cycle))
    return app


def _help(rows: tuple[Row, ...]) -> str:
    return f"{_(rows[0].word)}  {rows[0].frm} > {rows[-1].to}  ({rows[0].clause})"


def _command(cycle: Lifecycle, verb: str, rows: tuple[Row, ...]) -> Callable[..., None]:
    """A function whose signature says the verb's questions, for Typer to read."""
    opens = any(NEW in cycle.span(row.frm) for row in rows)
    only_opens = all(cycle.span(row.frm) == {NEW} for row in rows)
    asks = list({ask.name: ask for row in rows for ask in row.ask}.values())
    names = {ask.name for ask in asks}
    parameters = [_parameter("ctx", typer.Context)]
    if not only_opens:
        default = "" if opens else inspect.Parameter.empty
        hint = Annotated[str, typer.Argument(help=_("单号"), metavar="NUMBER")]
        parameters.append(_parameter(NUMBER, hint, default))
    parameters += [_option(ask) for ask in asks]
    parameters += _signing(rows, names)
    parameters += _common(rows)

    def run(ctx: typer.Context, **typed: Any) -> None:
        _take(ctx.obj, cycle, verb, typed)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": None}
    return run


def _parameter(name: str, hint: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(name, kind, default=default, annotation=hint)


def _option(ask: Ask) -> inspect.Parameter:
    flag = f"--{ask.name.replace('_', '-')}"
    word = _(ask.word)
    if ask.choices:
        word += " " + " ".join(f"{code}={_(text)}" for code, text in ask.choices)
    if ask.kind is Kind.FLAG:
        hint: Any = Annotated[
            bool | None, typer.Option(f"{flag}/--no-{ask.name.replace('_', '-')}", help=word)
        ]
        return _parameter(ask.name, hint, None)
    if ask.kind is Kind.LINES:
        hint = Annotated[
            list[str] | None,
            typer.Option(
                "--line", help=_("{word}：SX-01、SX-01*2 或 软管=15.00").format(word=word)
            ),
        ]
        return _parameter(ask.name, hint, None)
    return _parameter(ask.name, Annotated[str, typer.Option(flag, help=word)], "")


def _signing(rows: tuple[Row, ...], taken: set[str]) -> list[inspect.Parameter]:
    """One option a signature; a step with a single signature also takes it as `--name`."""
    signs = list({sign.role: sign for row in rows for sign in row.signs}.values())
    found = []
    for sign in signs:
        flags = [f"--{sign.role.replace('_', '-')}"]
        if len(signs) == 1 and "name" not in taken:
            flags.append("--name")
        hint = Annotated[str, typer.Option(*flags, help=_("签字：{who}").format(who=_(sign.word)))]
        found.append(_parameter(sign.role, hint, ""))
    if any(sign.may_refuse for sign in signs):
        for name, word in (("refused_why", _("拒签的原因")), ("witness", _("见证人"))):
            flag = f"--{name.replace('_', '-')}"
            found.append(_parameter(name, Annotated[str, typer.Option(flag, help=word)], ""))
    return found


def _common(rows: tuple[Row, ...]) -> list[inspect.Parameter]:
    options = [
        (HAPPENED, "--happened", _("实际发生的时间，例如 10:07")),
        (SEEN, "--seen", _("您看到的最后一步；之后有人动过就不再执行")),
        (KEY, "--key", _("这次操作的 UUID；重复执行不会做两次")),
    ]
    if any(row.relay for row in rows):
        options.append((BY, "--by", _("实际办理的人，工号或姓名；由前台代记")))
    return [
        _parameter(name, Annotated[str, typer.Option(flag, help=word)], "")
        for name, flag, word in options
    ]


def _take(context: Context, cycle: Lifecycle, verb: str, typed: dict[str, Any]) -> None:
    from wuye_tui.registers import matters
    from wuye_tui.rules.clock import parse_moment

    desk = context.desk()
    number, key = str(typed.pop(NUMBER, "")), str(typed.pop(KEY, ""))
    by, seen, happened = (str(typed.pop(name, "") or "") for name in (BY, SEEN, HAPPENED))
    today = desk.calendar.day_of(desk.now())
    when = parse_moment(happened, desk.zone, today) if happened else None
    given = {name: value for name, value in typed.items() if value not in ("", None, [])}
    if number:
        result = desk.perform(
            f"{cycle.kind}.{verb}",
            lambda act: matters.take(
                act, number, verb, seen=int(seen) if seen else None, happened=when, doer=by, **given
            ),
            key,
        )
    else:
        result = desk.perform(
            f"{cycle.kind}.{verb}",
            lambda act: matters.start(
                act, cycle.kind, verb, happened=when, doer=by, origin="cli", **given
            ),
            key,
        )
    report(context, cycle, result)


def report(context: Context, cycle: Lifecycle, result: dict[str, Any]) -> None:
    """The number on standard output, what it is now beside it; or the result as JSON."""
    if context.json:
        output.emit(result, True)
        return
    output.emit(result["number"], False)
    output.say(
        _("{number} 现在是「{state}」。").format(
            number=result["number"], state=_(cycle.state_word(str(result["state"])))
        )
    )
    for opened in result.get("opened", ()):
        output.say(_("同时建立了 {number}。").format(number=opened))


def _undo(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("单号"))],
    key: Annotated[str, typer.Option("--key")] = "",
) -> None:
    from wuye_tui.registers import matters
    from wuye_tui.rules.procedures import kind_of

    context: Context = ctx.obj
    desk = context.desk()
    result = desk.perform("undo", lambda act: matters.undo(act, number), key)
    report(context, PROCEDURES[kind_of(number)], result)


def _show(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("单号"))]) -> None:
    from wuye_tui.cli.slip import print_slip
    from wuye_tui.registers.views import show

    context: Context = ctx.obj
    known = bool(context.settings().staff)  # whoever acts has proved it with a PIN
    desk = context.desk(acting=known)
    view = show(desk, number)
    if context.json:
        output.emit(context.zoned(view.as_dict(full=known), desk.zone), True)
    else:
        print_slip(view, desk.zone, full=known)


def _verbs(cycle: Lifecycle) -> Callable[..., None]:
    def run(ctx: typer.Context) -> None:
        rows = [
            {
                "verb": row.verb,
                "word": _(row.word),
                "from": row.frm,
                "to": row.to,
                "who": row.who.value,
                "clause": row.clause,
                "asks": [ask.name for ask in row.ask],
                "signs": [sign.role for sign in row.signs],
            }
            for row in cycle.rows
            if not row.auto
        ]
        if ctx.obj.json:
            output.emit(rows, True)
            return
        output.table(
            [{**row, "asks": " ".join(row["asks"])} for row in rows],
            [
                output.Column(_("动词"), "verb"),
                output.Column(_("步骤"), "word"),
                output.Column(_("从"), "from"),
                output.Column(_("到"), "to"),
                output.Column(_("条款"), "clause"),
                output.Column(_("要填"), "asks"),
            ],
        )

    return run


def _lister(kind: str) -> Callable[..., None]:
    def run(
        ctx: typer.Context,
        state: Annotated[str, typer.Option("--state", help=_("状态"))] = "",
        unit: Annotated[str, typer.Option("--unit", help=_("房号"))] = "",
        holder: Annotated[str, typer.Option("--holder", help=_("维修工工号"))] = "",
        overdue: Annotated[bool, typer.Option("--overdue", help=_("只列超时的"))] = False,
        all_: Annotated[bool, typer.Option("--all/--open", help=_("包括已结束的"))] = False,
        limit: Annotated[int, typer.Option("--limit", min=1, max=100_000)] = 300,
    ) -> None:
        from wuye_tui.cli.slip import print_queue
        from wuye_tui.registers.queue import Wanted, queue

        context: Context = ctx.obj
        desk = context.desk(acting=False)
        wanted = Wanted(kind, state, unit, holder, not all_, overdue, limit)
        print_queue(context, desk, queue(desk, wanted))

    return run
