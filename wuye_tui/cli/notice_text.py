"""`wuye notices text`: the words of a notice alone, to be read out or to be sent to a group."""

from typing import Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.rules.errors import NotFound, Refused
from wuye_tui.words import _


class NoSuchNotice(NotFound):
    """No notice in force has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("没有「{number}」这条通知，或者已经结束，可用 wuye notices now 看全部。").format(
                number=number
            )
        )


class NoText(Refused):
    """Nothing was written to be sent."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} 没有写群发文字，可用 wuye notices renew 的 --paste 补上。").format(
                number=number
            ),
            "XX-4.3.3",
        )


def text(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("单号"))],
    say: Annotated[bool, typer.Option("--say", help=_("要念给业主的，不要群发的"))] = False,
) -> None:
    from wuye_tui.registers.notices import current

    context: Context = ctx.obj
    wanted = number.strip().upper()
    found = next((o for o in current(context.desk(acting=False)) if o.number == wanted), None)
    if found is None:
        raise NoSuchNotice(number)
    if context.json:
        told = {"number": found.number, "say": found.answer, "paste": found.paste}
        output.emit(told, True)
        return
    words = found.answer if say else found.paste
    if not words:
        raise NoText(found.number)
    output.emit(words, False)


def add_to(app: typer.Typer) -> None:
    """Makes it a verb of the notices."""
    app.command("text", help=_("只要文字：发到群里的，或用 --say 念给业主的"))(text)
