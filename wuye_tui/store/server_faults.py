"""What can be wrong with a server of PostgreSQL, each in one sentence that says whose turn it is.

A server answers before anybody may work: that it does not know the database, the user or the
password, or does not want this computer. Each has another remedy, so each has its own words.
"""

from wuye_tui.rules.errors import StoreError
from wuye_tui.store.faults import DatabaseMissing, DatabaseRefused, DatabaseUnreachable
from wuye_tui.words import _


class NoSuchDatabase(DatabaseMissing):
    """The server answers and has no database of this name. It is never created from here."""

    def __init__(self, place: str) -> None:
        StoreError.__init__(
            self,
            _(
                "服务器上没有数据库「{place}」，请核对库名，"
                "或请服务器管理员先用 createdb 建一个空的。"
            ).format(place=place),
        )


class LoginRefused(DatabaseRefused):
    """The server does not know the user, or the password is wrong or was not given."""

    def __init__(self, place: str) -> None:
        StoreError.__init__(
            self,
            _(
                "数据库「{place}」不认这个用户名或密码，本次没有保存，已填内容仍在；"
                "请核对用户名，密码写在 ~/.pgpass（或 PGPASSFILE 所指的文件，权限 0600）里。"
            ).format(place=place),
        )


class NotLetIn(DatabaseRefused):
    """pg_hba.conf has no line for this user from this computer, or wants encryption."""

    def __init__(self, place: str) -> None:
        StoreError.__init__(
            self,
            _(
                "数据库「{place}」不接受这台电脑，本次没有保存，已填内容仍在；"
                "请服务器管理员看 pg_hba.conf 里的库名、用户、网段和加密要求。"
            ).format(place=place),
        )


class NoRight(DatabaseRefused):
    """The user is let in, and may not do this."""

    def __init__(self, place: str) -> None:
        StoreError.__init__(
            self,
            _(
                "数据库「{place}」不许这个用户做这一步，本次没有保存，已填内容仍在；"
                "建库和升级要用库的所有者，前台用户的权限由 wuye db grants 补齐。"
            ).format(place=place),
        )


class NotEncrypted(DatabaseUnreachable):
    """TLS was asked for and there is none, or the certificate is not the right one."""

    def __init__(self, place: str) -> None:
        StoreError.__init__(
            self,
            _(
                "和数据库「{place}」的加密连接没有建立，本次没有保存，已填内容仍在；"
                "请核对地址里的 sslmode、sslrootcert 和服务器的证书。"
            ).format(place=place),
        )


class UnknownService(StoreError):
    """The URL names a service that no service file describes."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("找不到「{place}」，请看 ~/.pg_service.conf（或 PGSERVICEFILE 所指的文件）。").format(
                place=place
            )
        )
