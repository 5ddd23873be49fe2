"""What can be wrong with the database, each in one sentence.

Every class says what happened, what to do next and, where somebody may have been typing, that what
was typed is still there. `drivers.translate` makes them from the drivers' errors.
"""

import shutil
from pathlib import Path

from wuye_tui.logs import error_id
from wuye_tui.rules.errors import StoreError
from wuye_tui.words import _

SPACE_NEEDED = 20 * 1024 * 1024


class UnknownDatabase(StoreError):
    """The database URL names no database that we can use. A URL may hold a password: not shown."""

    def __init__(self) -> None:
        super().__init__(
            _("数据库地址看不懂，请写成 sqlite:////文件夹/desk.db 或 postgresql://主机/库名。")
        )


class DriverMissing(StoreError):
    """PostgreSQL was asked for, and its driver is an extra that is not installed."""

    def __init__(self) -> None:
        super().__init__(_("没有安装 PostgreSQL 驱动，请运行 pip install 'wuye[pg]' 后再试。"))


class DatabaseMissing(StoreError):
    """There is no database there, and opening one never makes one. `backup` is the newest one of it
    that is known to be good, as it is typed.
    """

    def __init__(self, place: str, backup: str = "") -> None:
        told = _("找不到数据库「{place}」，请先运行 wuye init 建库，或运行 wuye demo 试用。")
        if backup:
            told = _(
                "找不到数据库「{place}」，它的备份还在：请运行 wuye backup restore {backup}，"
                "这是最近一份核对过的；不要运行 wuye init，那会另建一个空库。"
            )
        super().__init__(told.format(place=place, backup=backup))


class DatabaseUnprepared(StoreError):
    """A database without our tables: founding it was cut short, or the file is not the whole."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _(
                "数据库「{place}」里没有业务表，请运行 wuye init 建库；"
                "如果以前用过，请运行 wuye backup list，再用 wuye backup restore 恢复其中一份。"
            ).format(place=place)
        )


class DatabaseForeign(StoreError):
    """The database belongs to another program."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("数据库「{place}」里是别的程序的数据，没有改动它，请换一个空的数据库。").format(
                place=place
            )
        )


class DatabaseOnShare(StoreError):
    """SQLite's locks cannot be relied on over a network file system."""

    def __init__(self, place: str, kind: str) -> None:
        super().__init__(
            _(
                "数据库「{place}」在网络共享盘（{kind}）上，多人同时写入会损坏，"
                "请移到本机硬盘，或改用 PostgreSQL。"
            ).format(place=place, kind=kind)
        )


class DatabaseMoved(StoreError):
    """The file was deleted, moved or replaced while it was open."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _(
                "数据库「{place}」在使用中被移走、删除或替换，本次没有保存，已填内容仍在；"
                "请把原文件放回或恢复备份，再重新打开程序。"
            ).format(place=place)
        )


class DatabaseBusy(StoreError):
    """Somebody else held the database for longer than we wait."""

    passes = True

    def __init__(self, place: str = "") -> None:
        super().__init__(_("另一台正在保存，本次没有保存，已填内容仍在，请稍候再试。"))
        self.place = place


class DatabaseCrossed(DatabaseBusy):
    """Two waited for each other, and the server undid ours whole: it may be done again at once."""


class DatabaseFull(StoreError):
    """No room on the disk."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("「{place}」所在的磁盘已满，本次没有保存，已填内容仍在，请腾出空间后再试。").format(
                place=place
            )
        )


class DatabaseReadOnly(StoreError):
    """The file or its folder (`place` says which) may not be written, or not even be read."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("「{place}」没有读写权限，本次没有保存，已填内容仍在，请改好权限后再试。").format(
                place=place
            )
        )


class DatabaseDamaged(StoreError):
    """Not a database, or one that is cut short, empty or corrupt. `backup` is the newest one of it
    that is known to be good, as it is typed.
    """

    def __init__(self, place: str, backup: str = "") -> None:
        told = _(
            "「{place}」不是数据库或已损坏，没有再改动它，已填内容仍在；"
            "请运行 wuye backup list，再用 wuye backup restore 恢复最近一份核对过的。"
        )
        if backup:
            told = _(
                "「{place}」不是数据库或已损坏，没有再改动它，已填内容仍在；"
                "请运行 wuye backup restore {backup}，这是最近一份核对过的备份。"
            )
        super().__init__(told.format(place=place, backup=backup))


class DatabaseNewer(StoreError):
    """Made by a later program than this one."""

    def __init__(self, have: str, know: str) -> None:
        super().__init__(
            _("数据库的版本 {have} 比本程序认识的 {know} 新，没有改动它，请先升级本程序。").format(
                have=have, know=know
            )
        )


class DatabaseOlder(StoreError):
    """Made by an earlier program; it has to be upgraded first."""

    def __init__(self, have: str, know: str) -> None:
        super().__init__(
            _(
                "数据库的版本 {have} 比本程序需要的 {know} 旧，请运行 wuye upgrade"
                "（SQLite 会先自动备份；PostgreSQL 请先用 pg_dump 备份）。"
            ).format(have=have, know=know)
        )


class DatabaseUnreachable(StoreError):
    """The server is stopped or the network is cut. Whether the last commit arrived is not known,
    which is harmless: the same key saves only once.
    """

    is_cut = True

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(
            _(
                "连不上数据库「{place}」，已填内容仍在，请检查网络和服务器后再试，重试不会重复登记。"
            ).format(place=place)
        )


class DatabaseRefused(StoreError):
    """The server does not let us in, or not do this."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _(
                "数据库「{place}」拒绝了本程序的用户，本次没有保存，已填内容仍在，"
                "请管理员检查用户名、密码和权限。"
            ).format(place=place)
        )


class DatabaseFailed(StoreError):
    """The disk or the server failed; `error_id` finds the line in the log."""

    def __init__(self, place: str) -> None:
        self.error_id = error_id()
        super().__init__(
            _(
                "读写数据库「{place}」时出错（编号 {error_id}），本次没有保存，已填内容仍在，"
                "请再试一次，仍不行就把编号告诉管理员。"
            ).format(place=place, error_id=self.error_id)
        )


class DatabaseUnsure(StoreError):
    """Everything was written, and the disk does not say that it will keep it: asked again with its
    key an act is found there.
    """

    def __init__(self, place: str) -> None:
        super().__init__(
            _(
                "「{place}」已经写好，但磁盘没有确认，停电可能会丢，"
                "请再试一次（不会重复登记），仍不行就请管理员马上备份并检查磁盘。"
            ).format(place=place)
        )


def check_space(folder: Path, needed: int = SPACE_NEEDED) -> int:
    """The free bytes where the database lies; DatabaseFull under `needed`.

    Asked at the start and before a backup, not before each write: a full disk refuses those itself,
    and nothing is lost.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DatabaseFull(str(folder))
    return free
