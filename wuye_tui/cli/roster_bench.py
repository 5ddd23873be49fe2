"""`wuye rosters bench`: a problem of the public shift-scheduling format, solved and measured."""

from math import isfinite
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.rostering.instances import Instance


def add_to(app: typer.Typer) -> None:
    """Adds the command to the noun."""
    app.command("bench", help=_("解一道公开格式的排班题，打印目标值和下界"))(bench)


def bench(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help=_("题目，公开格式的 .txt"))],
    seconds: Annotated[
        int, typer.Option("--seconds", min=1, max=86_400, help=_("最多算多少秒"))
    ] = 60,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help=_("种子"))] = 1,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help=_("用几个核"))] = 2,
) -> int:
    from wuye_tui.rostering.benchmark import judge
    from wuye_tui.rostering.solving import solve

    context: Context = ctx.obj
    instance, began = _read(file), monotonic()

    def told(spent: float, objective: int, bound: float) -> None:
        words = _("{spent} 秒，目标值 {objective}，下界 {bound}")
        said = words.format(spent=int(spent), objective=objective, bound=_bound(bound))
        output.progress(said, min(spent / seconds, 0.99))

    found = solve(instance, seconds, seed, workers, told)
    output.progress("", 1)
    judged, spent = judge(instance, found.schedule), monotonic() - began
    breaches = len(judged.breaches)
    document = {
        "file": file,
        "objective": judged.objective,
        "bound": found.bound if isfinite(found.bound) else None,
        "proved": found.proved,
        "breaches": breaches,
        "seconds": round(spent, 1),
        "seed": seed,
    }
    told_ = _("目标值 {objective}，下界 {bound}，用了 {spent} 秒。")
    said = told_.format(objective=judged.objective, bound=_bound(found.bound), spent=f"{spent:.1f}")
    if breaches:
        said += _("有 {n} 处不合硬性要求。").format(n=breaches)
    output.answer(document, context.json, said)
    return 1 if breaches else 0


def _read(file: Path) -> "Instance":
    from wuye_tui.intake.errors import NoFile, Unreadable
    from wuye_tui.rostering.instances import read

    try:
        return read(file)
    except FileNotFoundError as gone:
        raise NoFile(file.name) from gone
    except OSError as shut:
        raise Unreadable(file.name) from shut


def _bound(bound: float) -> str:
    return f"{bound:.0f}" if isfinite(bound) else "-"
