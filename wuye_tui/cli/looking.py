"""What every kind of matter shows of itself: `show`, and the table of its steps."""

from collections.abc import Callable
from typing import Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Full, Reason
from wuye_tui.cli.wording import span_words
from wuye_tui.rules.lifecycle import Lifecycle
from wuye_tui.words import _, listed


def show_matter(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("单号"))],
    full: Full = False,
    reason: Reason = "",
) -> None:
    """One matter; telephone numbers in full by an act with a reason."""
    from wuye_tui.cli.slip import print_slip
    from wuye_tui.registers.revealing import reveal_matter
    from wuye_tui.registers.views import show

    context: Context = ctx.obj
    known = bool(context.settings().staff)  # whoever acts has proved it with a PIN
    desk = context.desk() if known or full else context.reading()
    view = show(desk, number)
    if full:
        reveal_matter(desk, view.number, reason)
    if context.json:
        output.emit(context.zoned(view.as_dict(full=full), desk.zone), True)
    else:
        print_slip(desk, view, full=full)


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
