"""`wuye retention`: how long words about people are kept, and taking out what is past (PIPL 19)."""

from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.retention import KINDS, PERSON
from wuye_tui.words import _

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("资料保存期限")
)
Second = Annotated[
    str, typer.Option("--second", help=_("第二个人的工号；密码取自 WUYE_PIN2 或当场询问"))
]
EraseReason = Annotated[str, typer.Option("--reason", help=_("为什么清除；一定要写"))]


class NotSaidYes(UsageError):
    """What cannot be undone is asked twice where nobody can be asked."""

    def __init__(self) -> None:
        super().__init__(_("清除以后不能恢复；确定要做，请加 --yes。"))


def sure(context: Context) -> None:
    """Raises NotSaidYes without `--yes`."""
    if not context.yes:
        raise NotSaidYes


@app.command("report", help=_("各类记录保存多久、有多少、多少到期"))
@listing
def report(ctx: typer.Context) -> Listing:
    from wuye_tui.registers.retention import report as reported

    context: Context = ctx.obj
    found = reported(context.desk(acting=False))

    def said() -> list[dict[str, Any]]:
        return [
            {
                **one.as_dict(),
                "days": _("依法保存") if one.by_law else one.days or _("一直保存"),
                "past": "" if one.by_law or one.days is None else one.past,
            }
            for one in found
        ]

    return Listing(
        _("资料保存期限"),
        [
            output.Column(_("代码"), "code"),
            output.Column(_("记录"), "word", fold=True),
            output.Column(_("天数"), "days", right=True),
            output.Column(_("现有"), "kept", right=True),
            output.Column(_("到期"), "past", right=True),
            output.Column(_("为什么"), "why", fold=True),
        ],
        said,
        lambda: [one.as_dict() for one in found],
        note=_("天数在 data/retention.toml；到期的用 wuye retention apply 清除。备份另算。"),
    )


@app.command("apply", help=_("清除到期的字：姓名、电话、说的话；单号、时间、金额、审计链都留着"))
def apply(
    ctx: typer.Context,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", help=_("只清哪一类，代码；可以写几次"))
    ] = None,
    reason: EraseReason = "",
    second: Second = "",
) -> None:
    from wuye_tui.registers import retention
    from wuye_tui.registers.erasing import told

    context: Context = ctx.obj
    sure(context)
    desk = context.desk()
    proven = context.proven(desk, second)
    words = _("正在清除")
    done = retention.apply(
        desk, kinds or (), reason, second, proven, lambda share: output.progress(words, share)
    )
    if context.json:
        output.emit(done, True)
        return
    for code, counts in done.items():
        output.emit(
            _("{word}：清除{told}。").format(word=_(KINDS[code].word), told=told(counts)), False
        )
    if not done:
        output.emit(_("没有到期的。"), False)
    output.say(
        _("旧的备份里还有：自动备份到期会删，手工做的、升级前的和 wuye.db.before-* 请自己删。")
    )


@app.command("list", help=_("清除过什么，新的在前：哪一类、多少、哪两个人"))
@listing
def list_(ctx: typer.Context, limit: Limit = None) -> Listing:
    from wuye_tui.registers.erasing import told
    from wuye_tui.registers.retention import erasures

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    found = erasures(desk, context.most(limit, 200))
    known = {PERSON: _("一位住户"), **{code: kind.word for code, kind in KINDS.items()}}
    return Listing(
        _("清除记录"),
        [
            output.Column(_("编号"), "number"),
            output.Column(_("时间"), "at"),
            output.Column(_("记录"), "kind"),
            output.Column(_("多少"), "counts", cells=30),
            output.Column(_("操作人"), "by"),
            output.Column(_("第二人"), "second"),
        ],
        lambda: (
            {
                **one,
                "at": context.when(one["at"], desk.zone),
                "kind": word_of(known, one["kind"]),
                "counts": told(one["counts"]),
            }
            for one in found
        ),
        lambda: context.zoned(found, desk.zone),
    )
