"""A list, wherever it goes: to the screen, to a program as JSON, or into a file with `-o`.

A command says what its list is; the two options for a file stand at every list alike.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.tables import Column
from wuye_tui.sweeping import seldom_swept
from wuye_tui.words import N_, _


@dataclass(frozen=True)
class Listing:
    """What a list is made of, each only when it is wanted.

    `rows` are in words, under the keys of `columns`; a file has the columns of `more` besides, for
    which a terminal has no room. A terminal that has some shows those of `drawn` besides, which are
    for the eye alone. A `note` is what is to be said of all of it, below the list. `document` is
    what programs get.
    """

    title: str
    columns: Sequence[Column]
    rows: Callable[[], Iterable[Mapping[str, Any]]]
    document: Callable[[], Any]
    more: Sequence[Column] = ()
    drawn: Sequence[Column] = ()
    note: str = ""


Out = Annotated[
    Path | None, typer.Option("-o", "--out", help=_("存成文件：.xlsx、.csv、.json 或 .pdf"))
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit", min=1, max=1_000_000, help=_("最多列多少行；不写时屏幕上照常，文件里是全部")
    ),
]
Force = Annotated[bool, typer.Option("--force", help=_("覆盖已有的文件"))]
Full = Annotated[bool, typer.Option("--full", help=_("电话写全；要写明原因，记入审计"))]
Reason = Annotated[str, typer.Option("--reason", help=_("为什么要看完整电话"))]
WRITTEN = N_("已写入 {path}。")
PDF: Final = ".pdf"


def listing(run: Callable[..., Listing]) -> Callable[..., None]:
    """The command of a function that says what is listed: it gets `-o` and `--force`."""

    def command(
        ctx: typer.Context, out: Path | None = None, force: bool = False, **given: Any
    ) -> None:
        ctx.obj.whole = out is not None
        with seldom_swept() if out else nullcontext():  # all rows of a year, and all of them stay
            show(ctx.obj, run(ctx, **given), out, force)

    signature = inspect.signature(run)
    own = [
        inspect.Parameter("out", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Out),
        inspect.Parameter("force", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Force),
    ]
    command.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*signature.parameters.values(), *own], return_annotation=None
    )
    command.__annotations__ = {**run.__annotations__, "out": Out, "force": Force, "return": None}
    command.__name__, command.__doc__ = run.__name__, run.__doc__
    return command


def show(context: Context, found: Listing, out: Path | None, force: bool) -> None:
    """Prints a list, or writes it. Raises FileExists, UnknownEnding and CannotWrite."""
    if out is not None:
        _write(context, found, out, force)
        output.say(_(WRITTEN).format(path=out))
    elif context.json:
        output.emit(found.document(), True)
    else:
        output.table(found.rows(), found.columns, found.drawn)
        if found.note:
            output.told(found.note)


def _write(context: Context, found: Listing, out: Path, force: bool) -> None:
    """On paper are the columns of a terminal, which have room there; in other files all of them."""
    from wuye_tui.paper.files import UnknownEnding
    from wuye_tui.paper.sheets import ENDINGS, Sheet, write_list

    ending = out.suffix.lower()
    if ending == PDF:
        from wuye_tui.paper.tables import write_tables

        rows = list(found.rows())
        sheet = Sheet("", found.columns, rows, found.note if rows else _("没有记录。"))
        write_tables(out, found.title, [sheet], context.settings().font, force)
    elif ending in ENDINGS:
        columns = (*found.columns, *found.more)
        write_list(out, found.title, columns, found.rows(), found.document, force, found.note)
    else:
        raise UnknownEnding(out, (*ENDINGS, PDF))
