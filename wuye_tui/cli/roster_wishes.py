"""`wuye rosters wish|wishes`: what people would like of a roster, and whether it was heard."""

from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Key, day
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.roster_words import First, On, Who, day_of, who_words
from wuye_tui.words import N_, _

_HEARD = {None: N_("还没有排"), True: N_("照顾到了"), False: N_("没有照顾到")}


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the noun."""
    app.command("wish", help=_("提一个愿望：哪天想休，或者想上哪一班"))(wish)
    app.command("wishes", help=_("提了哪些愿望，发布的排班照顾到没有"))(listing(wishes))


def wish(
    ctx: typer.Context,
    on: On,
    staff: Who = "",
    shift: Annotated[str, typer.Option("--shift", help=_("哪一班；不写是整天"))] = "",
    want: Annotated[bool, typer.Option("--want", help=_("想上；不写是不想上"))] = False,
    weight: Annotated[int, typer.Option("--weight", min=1, max=10, help=_("多想，1 到 10"))] = 1,
    cancel: Annotated[bool, typer.Option("--cancel", help=_("收回这一天的愿望"))] = False,
    key: Key = "",
) -> None:
    from wuye_tui.registers import wishes as register

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    meant, who = day_of(on, desk, "--day"), staff or desk.staff
    if cancel:
        done = desk.perform(
            "rosters.unwish", lambda act: register.unwish(act, who, meant, shift), chosen
        )
        output.answer(
            done,
            context.json,
            _("{staff} {day} 的愿望收回了。").format(
                **{**done, "staff": who_words(desk, done["staff"])}
            ),
        )
        return
    done = desk.perform(
        "rosters.wish", lambda act: register.wish(act, who, meant, shift, want, weight), chosen
    )
    told = _("{staff} {day} 想上{shift}，已记下。")
    if not want:
        told = _("{staff} {day} 不想上{shift}，已记下。")
    named = {**done, "staff": who_words(desk, done["staff"]), "shift": shift.strip() or _("班")}
    output.answer(done, context.json, told.format(**named))


def wishes(ctx: typer.Context, first: First = "") -> Listing:
    from wuye_tui.registers.wishes import Wished, list_wishes

    context: Context = ctx.obj
    desk = context.reading()
    since = day(first, desk) or desk.calendar.day_of(desk.now())
    found = list_wishes(desk, since)

    def said(one: Wished) -> dict[str, Any]:
        told = _("不想上{shift}") if one.wish.off else _("想上{shift}")
        shift = "/".join(map(_, one.words)) or one.wish.shift or _("班")
        return {**one.as_dict(), "what": told.format(shift=shift), "heard": _(_HEARD[one.heard])}

    return Listing(
        _("愿望"),
        [
            output.Column(_("日期"), "day"),
            output.Column(_("工号"), "staff"),
            output.Column(_("姓名"), "name"),
            output.Column(_("愿望"), "what"),
            output.Column(_("多想"), "weight", right=True),
            output.Column(_("排班"), "heard"),
        ],
        lambda: map(said, found),
        lambda: [one.as_dict() for one in found],
    )
