"""What every kind of matter shows of itself: `list`, `show`, and the table of its steps."""

from collections.abc import Callable
from typing import Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.wording import span_words
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.lifecycle import Lifecycle
from wuye_tui.words import _, listed


class UnknownState(UsageError):
    """The kind has no such state."""

    def __init__(self, cycle: Lifecycle, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, word in cycle.states)
        super().__init__(
            _("没有状态「{typed}」，可以是：{known}。").format(typed=typed, known=known)
        )


def show_matter(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("单号"))]) -> None:
    """One matter whole; telephone numbers in full for somebody who has proved who they are."""
    from wuye_tui.cli.slip import print_slip
    from wuye_tui.registers.views import show

    context: Context = ctx.obj
    known = bool(context.settings().staff)  # whoever acts has proved it with a PIN
    desk = context.desk(acting=known)
    view = show(desk, number)
    if context.json:
        output.emit(context.zoned(view.as_dict(full=known), desk.zone), True)
    else:
        print_slip(desk, view, full=known)


def verbs_of(cycle: Lifecycle) -> Callable[..., None]:
    """The command that prints the kind's table."""

    def run(ctx: typer.Context) -> None:
        rows = [row for row in cycle.rows if not row.auto]
        if ctx.obj.json:
            document = [
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
                for row in rows
            ]
            output.emit(document, True)
            return
        output.table(
            [
                {
                    "verb": row.verb.replace("_", "-"),
                    "word": _(row.word),
                    "from": span_words(cycle, row.frm),
                    "to": _(cycle.state_word(row.to)) if row.moves else _("不变"),
                    "clause": row.clause,
                    "asks": listed(
                        _(word)
                        for word in (*(a.word for a in row.ask), *(s.word for s in row.signs))
                    ),
                }
                for row in rows
            ],
            [
                output.Column(_("动词"), "verb"),
                output.Column(_("步骤"), "word", fold=True),
                output.Column(_("从"), "from", fold=True),
                output.Column(_("到"), "to", fold=True),
                output.Column(_("条款"), "clause"),
                output.Column(_("要填、要签"), "asks", fold=True),
            ],
        )

    return run


def lister(cycle: Lifecycle) -> Callable[..., None]:
    """The command that lists matters of the kind."""

    def run(
        ctx: typer.Context,
        state: Annotated[str, typer.Option("--state", help=_("状态，代码或文字"))] = "",
        unit: Annotated[str, typer.Option("--unit", help=_("房号，例如 3-1-502"))] = "",
        holder: Annotated[str, typer.Option("--holder", help=_("首问责任人的工号"))] = "",
        worker: Annotated[str, typer.Option("--worker", help=_("经办人的工号"))] = "",
        overdue: Annotated[bool, typer.Option("--overdue", help=_("只列超时的"))] = False,
        all_: Annotated[
            bool, typer.Option("--all/--open", help=_("包括已结束的，或只列未结的"))
        ] = False,
        limit: Annotated[
            int, typer.Option("--limit", min=1, max=100_000, help=_("最多列多少行"))
        ] = 300,
    ) -> None:
        from wuye_tui.cli.queues import print_queue
        from wuye_tui.registers.queue import Wanted, queue

        context: Context = ctx.obj
        wanted_state = _state_of(cycle, state)
        desk = context.desk(acting=False)
        wanted = Wanted(
            cycle.kind,
            wanted_state,
            unit,
            holder.upper(),
            worker.upper(),
            open_only=not all_,
            overdue=overdue,
            limit=limit,
        )
        print_queue(context, desk, queue(desk, wanted))

    return run


def _state_of(cycle: Lifecycle, typed: str) -> str:
    """The code of a state by its code or its word; "" for any. Raises UnknownState."""
    for code, word in cycle.states:
        if typed in (code, word, _(word)):
            return code
    if typed:
        raise UnknownState(cycle, typed)
    return ""
