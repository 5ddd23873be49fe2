"""`stats`, of every kind that is counted by month."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.rules.figure_words import Counted
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.figures import Statistics
    from wuye_tui.rules.months import Month


def add_stats(
    app: typer.Typer,
    counted: Counted,
    statistics: "Callable[[Desk, Month, str], Statistics[Any]]",
    told: str,
) -> None:
    """Gives the commands of a kind one that counts its matters; `told` is its help."""
    usual = next(iter(counted.by))
    by_words = " ".join(f"{code} {_(word)}" for code, word in counted.by.items())

    @app.command("stats", help=told)
    @listing
    def stats(
        ctx: typer.Context,
        month: Annotated[
            str, typer.Option("--month", help=_("哪个月，例如 2026-11；不写就是这个月"))
        ] = "",
        by: Annotated[
            str, typer.Option("--by", help=_("按什么分：{known}").format(known=by_words))
        ] = usual,
    ) -> Listing:
        from wuye_tui.rules.months import month_of, parse_month

        chosen = counted.grouping(by)
        context: Context = ctx.obj
        desk = context.reading()
        today = desk.calendar.day_of(desk.now())
        asked = parse_month(month, today) if month.strip() else month_of(today)
        found = statistics(desk, asked, chosen)
        return Listing(
            _(counted.title).format(month=found.month),
            [
                output.Column(_(counted.by[chosen]), "what"),
                *(output.Column(_(one.word), one.name, right=True) for one in counted.figures),
            ],
            lambda: _in_words(counted, found),
            found.as_dict,
        )


def _in_words(counted: Counted, found: "Statistics[Any]") -> Iterator[dict[str, Any]]:
    for code, figures in found.rows.items():
        yield {"what": counted.named(found.by, code), **asdict(figures)}
    yield {"what": _("合计"), **asdict(found.total)}
