"""`wuye init`: makes the database and its first administrator."""

import getpass
import platform
import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from wuye_tui import own_data
from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.db import NotKept, keep
from wuye_tui.cli.nouns import about
from wuye_tui.passwords import bare
from wuye_tui.rules.errors import UsageError
from wuye_tui.settings import Settings
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class PinMissing(UsageError):
    """The first administrator needs a PIN, and nobody can be asked for it."""

    def __init__(self) -> None:
        super().__init__(_("第一位管理员要有密码：请设 WUYE_PIN，或在终端里运行。"))


class PinsDiffer(UsageError):
    """The two PINs typed are not the same."""

    def __init__(self) -> None:
        super().__init__(_("两次输入的密码不一样，请重新运行。"))


@app.command(help=about("init"))
def main(
    ctx: typer.Context,
    site: Annotated[str, typer.Option("--site", help=_("小区名称，例如 思兰雅苑"))],
    admin: Annotated[str, typer.Option("--admin", help=_("第一位管理员的工号"))],
    name: Annotated[str, typer.Option("--name", help=_("管理员姓名"))],
    training: Annotated[bool, typer.Option("--training", help=_("演练库：可以设定时间"))] = False,
) -> None:
    from wuye_tui.registers import office, pins
    from wuye_tui.rules.pins import refuse_weak

    context: Context = ctx.obj
    settings = context.settings()
    pin = settings.pin or ("" if training else _asked())
    if pin:
        refuse_weak(pin, admin, name)
    desk = office.found(
        settings,
        name=site,
        admin=admin,
        admin_name=name,
        training=training,
        pin_hash=pins.hash_pin(pin) if pin else "",
    )
    if not training:
        _enrol(desk)
    kept = _keep(settings)
    try:
        own_data.lay_out(settings.home)
    except own_data.CannotLay as error:  # the office is there all the same
        output.say(error.line)
    if context.json:
        output.emit(
            {
                "site": desk.site,
                "name": desk.office.name,
                "training": training,
                "home": settings.home,
                "admin": desk.staff,
                "database": bare(settings.database_url),
            },
            True,
        )
        return
    output.emit(
        _("已建立「{name}」，资料夹 {home}。").format(name=desk.office.name, home=settings.home),
        False,
    )
    if kept:
        output.say(_("数据库 {url}，已记进 config.toml。").format(url=bare(settings.database_url)))
    output.say(
        _(
            "收费、话术、通讯录、日历、交接清单都在 {data}，可以改；改完用 wuye config check 核对。"
        ).format(data=settings.home / "data")
    )
    output.say(
        _("下一步：wuye staff import、wuye units import、wuye people import、wuye tariff import。")
    )


def _enrol(desk: "Desk") -> None:
    """The machine on which the office is founded is its first workstation."""
    from wuye_tui.registers import workstations
    from wuye_tui.rules.errors import DeskError

    try:
        workstations.enrol(desk, _here())
    except DeskError as error:  # the office is there all the same
        output.say(error.line)


def _here() -> str:
    """What this machine is called, where a name can be made of it."""
    plain = re.sub(r"[^0-9A-Za-z.-]", "", platform.node())[:20]
    return plain or _("第一台")


def _keep(settings: Settings) -> bool:
    """Later runs find the database again. Whether there was something to write down."""
    try:
        return keep(settings)
    except NotKept as error:  # the office is there all the same
        output.say(error.line)
        return False


def _asked() -> str:
    if not sys.stdin.isatty():
        raise PinMissing
    first = getpass.getpass(_("管理员密码（至少 6 位）："), stream=sys.stderr)
    if getpass.getpass(_("再输一次："), stream=sys.stderr) != first:
        raise PinsDiffer
    return first
