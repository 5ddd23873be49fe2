"""`wuye bills opening`: what the old books end with, shown first, written once it agrees (FW-4.3).

A command of `wuye bills`, in a file of its own.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import importing, output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Key, day
from wuye_tui.cli.importing import DryRun, File, Sheet
from wuye_tui.rules.locale import amount
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.opening import OpeningPlan
    from wuye_tui.rules.opening import Totals


def opening(
    ctx: typer.Context,
    file: File,
    total: Annotated[str, typer.Option("--total", help=_("原来账上欠费一共多少元"))] = "",
    prepaid: Annotated[str, typer.Option("--prepaid", help=_("预存一共多少元"))] = "",
    deposits: Annotated[str, typer.Option("--deposits", help=_("押金一共多少元"))] = "",
    date: Annotated[str, typer.Option("--day", help=_("期初是哪一天；不写是今天"))] = "",
    dry_run: DryRun = False,
    sheet: Sheet = "",
    skip_bad: Annotated[bool, typer.Option("--skip-bad", hidden=True)] = False,
    key: Key = "",
) -> None:
    from wuye_tui.intake.sheets import read_rows
    from wuye_tui.registers import opening as register
    from wuye_tui.registers.fees import admit
    from wuye_tui.rules.opening import NothingSkipped
    from wuye_tui.rules.rights import Right

    if skip_bad:
        raise NothingSkipped
    context: Context = ctx.obj
    chosen, asked, desk = key_of(key), _totals(total, prepaid, deposits), context.desk()
    admit(desk, Right.BILL, _("记期初"))
    intake: Any = read_rows(file, register.NOUN, desk.reference, sheet)
    plan = register.plan(desk, intake, day(date, desk))

    def write() -> dict[str, Any]:
        """Where the key is of an act that was done, what that one came to."""
        assert asked is not None
        return desk.perform("bills.opening", lambda act: register.apply(act, plan, asked), chosen)

    if asked and not dry_run and chosen and plan.bad:
        with suppress(register.OpeningRefused):
            _tell(context, plan, write())
            return
    importing._show(context, plan)
    if not context.json:
        for line in _sums(plan):
            output.say(line)
    if asked is None or dry_run:
        plan.check(asked or plan.found.sums)
        output.answer(
            {**plan.as_dict(), "dry_run": True},
            context.json,
            _("只是看看，什么也没有改。")
            if asked
            else _(
                "只是看看，什么也没有改。和原来的账核对以后，写上账上的合计再来："
                "--total（欠费）、--prepaid（预存）、--deposits（押金）。"
            ),
        )
        return
    plan.check(asked)
    if not importing._agreed(context):
        raise importing.NotWanted
    _tell(context, plan, write())


def _totals(total: str, prepaid: str, deposits: str) -> "Totals | None":
    """What the old books say, in fen; what is not said is nothing, and None where all of it is not.
    Raises what `parse_yuan` raises.
    """
    from wuye_tui.rules.money import parse_yuan
    from wuye_tui.rules.opening import Totals

    typed = total, prepaid, deposits
    if not any(typed):
        return None
    return Totals(*(parse_yuan(one) if one else 0 for one in typed))


def _sums(plan: "OpeningPlan[Any]") -> Iterator[str]:
    """What the file comes to."""
    sums = plan.found.sums
    yield _("欠费 {charges} 笔 {owed}，预存 {prepaid}，押金 {deposits}。").format(
        charges=len(plan.found.charges), owed=amount(sums.owed_fen),
        prepaid=amount(sums.prepaid_fen), deposits=amount(sums.deposit_fen),
    )  # fmt: skip


def _tell(context: Context, plan: "OpeningPlan[Any]", done: dict[str, Any]) -> None:
    told = _("期初已记：欠费 {charges} 笔 {owed}，预存 {prepaid}，押金 {deposits}。（{number}）")
    said = told.format(
        charges=done["charges"], owed=amount(done["owed_fen"]),
        prepaid=amount(done["prepaid_fen"]), deposits=amount(done["deposit_fen"]),
        number=done["number"],
    )  # fmt: skip
    output.answer({**plan.as_dict(), **done}, context.json, said)
