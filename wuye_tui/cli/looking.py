"""What every kind of matter shows of itself: `show`, and the table of its steps."""

from collections.abc import Callable
from typing import Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.wording import span_words
from wuye_tui.rules.lifecycle import Lifecycle
from wuye_tui.words import _, listed


def show_matter(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("单号"))]) -> None:
    """One matter whole; telephone numbers in full for somebody who has proved who they are."""
    from wuye_tui.cli.slip import print_slip
    from wuye_tui.registers.views import show

    context: Context = ctx.obj
    known = bool(context.settings().staff)  # whoever acts has proved it with a PIN
    desk = context.desk() if known else context.reading()
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
