"""The commands of a kind of matter, made from its table: one command a verb, one option a question.

Nothing here knows what a repair is. A new procedure has its commands as soon as it has its rows.
"""

import inspect
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.looking import show_matter, verbs_of
from wuye_tui.cli.queues import lister
from wuye_tui.cli.wording import allowed, span_words
from wuye_tui.rules.answers import DAY_ENOUGH
from wuye_tui.rules.clock import parse_past
from wuye_tui.rules.lifecycle import NEW, Ask, Effect, Kind, Lifecycle, Row
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Act

NUMBER, HAPPENED, BY, SEEN, KEY = "number", "happened", "by", "seen", "key"
# What an option wants, where it is not just any words.
_SORTS = {
    Kind.CHOICE: N_("<代码>"),
    Kind.MOMENT: N_("<时间>"),
    Kind.STAFF: N_("<工号或姓名>"),
    Kind.MONEY: N_("<元>"),
    Kind.MINUTES: N_("<分钟>"),
    Kind.TARIFF: N_("<代码>"),
    Kind.UNIT: N_("<房号>"),
    Kind.COUNTS: N_("<名称=数量>"),
    Kind.SPOT: N_("<代码>"),
    Kind.MATTER: N_("<单号>"),
}
_LIKE = N_("例如 2026-11-21 09:30、当天的 09:30 或 明天9点")
_LIKE_DAY = N_("例如 2026-11-21、明天9点；只写日期是那天 8:30 上班时")


def matter_app(kind: str, without: Collection[str] = ()) -> typer.Typer:
    """Every command of a kind: its verbs, `list`, `show`, `verbs` and `undo`, but those that the
    noun makes itself.
    """
    cycle = PROCEDURES[kind]
    app = typer.Typer(
        help=_(cycle.word), no_args_is_help=True, rich_markup_mode=None, add_completion=False
    )
    verbs = dict.fromkeys(row.verb for row in cycle.rows if not row.auto)
    for verb in (verb for verb in verbs if verb not in without):
        app.command(verb.replace("_", "-"), help=_help(cycle, _rows(cycle, verb)))(
            verb_command(cycle, verb)
        )
    app.command("undo", help=_("撤回最后一步（只能撤自己的）"))(_undo)
    if "list" not in without:
        app.command("list", help=_("列出未结的，最先到期的在前"))(lister(cycle))
    if "show" not in without:
        app.command("show", help=_("一张单的全部：经过、时限、签字"))(show_matter)
    app.command("verbs", help=_("各步骤的表：从哪个状态到哪个、依据、要填什么"))(verbs_of(cycle))
    return app


def verb_command(cycle: Lifecycle, verb: str) -> Callable[..., None]:
    """The command of a verb."""
    return _command(cycle, verb, _rows(cycle, verb))


def _rows(cycle: Lifecycle, verb: str) -> tuple[Row, ...]:
    return tuple(row for row in cycle.rows_named(verb) if not row.auto)


def _help(cycle: Lifecycle, rows: tuple[Row, ...]) -> str:
    """`开派工单：已登记 > 已开单（BX-5）`, then who does it, and what to mind."""
    word, clause = _(rows[0].word), rows[0].clause
    frm = listed(dict.fromkeys(span_words(cycle, row.frm) for row in rows))
    if rows[-1].moves:
        to = _(cycle.state_word(rows[-1].to))
        first = _("{word}：{frm} > {to}（{clause}）").format(
            word=word, frm=frm, to=to, clause=clause
        )
    else:
        first = _("{word}：{frm}（{clause}）").format(word=word, frm=frm, clause=clause)
    who = _("由谁：{who}").format(who=allowed(rows[0].who))
    return "\n\n".join(filter(None, (first, who, _(rows[0].prompt))))


def _command(cycle: Lifecycle, verb: str, rows: tuple[Row, ...]) -> Callable[..., None]:
    """A function whose signature says the verb's questions, for Typer to read."""
    opens = any(NEW in cycle.span(row.frm) for row in rows)
    only_opens = all(cycle.span(row.frm) == {NEW} for row in rows)
    asks = list({ask.name: ask for row in rows for ask in row.ask}.values())
    names = {ask.name for ask in asks}
    parameters = [_parameter("ctx", typer.Context)]
    if not only_opens:
        default = "" if opens else inspect.Parameter.empty
        hint = Annotated[str, typer.Argument(help=_("单号"))]
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
    if ask.kind is Kind.MOMENT:
        like = _LIKE_DAY if ask.name in DAY_ENOUGH else _LIKE
        word = _("{word}，{like}").format(word=word, like=_(like))
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
    sort = _(_SORTS[ask.kind]) if ask.kind in _SORTS else None
    return _parameter(ask.name, Annotated[str, typer.Option(flag, help=word, metavar=sort)], "")


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
    happened = typer.Option("--happened", help=_("实际发生的时间，例如 10:07"), metavar=_("<时间>"))
    seen = typer.Option("--seen", min=1, help=_("您看到的最后一步；之后有人动过就不再执行"))
    key = typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
    by = typer.Option(
        "--by", help=_("实际办理的人，工号或姓名；由前台代记"), metavar=_("<工号或姓名>")
    )
    options = [
        _parameter(HAPPENED, Annotated[str, happened], ""),
        _parameter(SEEN, Annotated[int | None, seen], None),
        _parameter(KEY, Annotated[str, key], ""),
    ]
    if any(row.relay for row in rows):
        options.append(_parameter(BY, Annotated[str, by], ""))
    return options


def _take(context: Context, cycle: Lifecycle, verb: str, typed: dict[str, Any]) -> None:
    from wuye_tui.registers import matters

    key = key_of(str(typed.pop(KEY, "")))
    desk = context.desk()
    number, seen = str(typed.pop(NUMBER, "")), typed.pop(SEEN, None)
    by, happened = (str(typed.pop(name, "") or "") for name in (BY, HAPPENED))
    longest = timedelta(seconds=max(row.backdate for row in cycle.rows_named(verb)))
    when = parse_past(happened, desk.zone, desk.now(), longest) if happened else None
    given = {name: value for name, value in typed.items() if value not in ("", None, [])}

    signs = [sign for row in cycle.rows_named(verb) for sign in row.signs if sign.by_pin]
    proven = context.proven(desk, *(str(given.get(sign.role, "")) for sign in signs))

    def work(act: "Act") -> dict[str, Any]:
        if number:
            told: Any = {"seen": seen, "happened": when, "doer": by, "proven": proven}
            return matters.take(act, number, verb, **told, **given)
        return matters.start(act, cycle.kind, verb, happened=when, doer=by, origin="cli", **given)

    # Whoever ends a duty by the step has it to themselves from the first question on.
    relieving = any(Effect.RELIEVE in row.effects for row in cycle.rows_named(verb))
    what = f"{cycle.kind}.{verb}"
    report(context, cycle, desk.perform(what, work, key, relieving=relieving))


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
    if result.get("receipt"):
        output.say(_("收据 {number}。").format(number=result["receipt"]))
    for opened in result.get("opened", ()):
        output.say(_("同时建立了 {number}。").format(number=opened))


def _undo(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("单号"))],
    key: Annotated[
        str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
    ] = "",
) -> None:
    from wuye_tui.registers import matters
    from wuye_tui.rules.procedures import kind_of

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    result = desk.perform("undo", lambda act: matters.undo(act, number), chosen)
    report(context, PROCEDURES[kind_of(number)], result)
