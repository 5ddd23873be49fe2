"""The office's database as a whole: where it is, who may do what there, and the way to another."""

from dataclasses import dataclass

from sqlalchemy import text

from wuye_tui.passwords import bare
from wuye_tui.rules.errors import UsageError
from wuye_tui.settings import Settings
from wuye_tui.store import engine as store
from wuye_tui.store import grants, transfer, upgrade
from wuye_tui.store.home import home
from wuye_tui.store.transfer import Copied
from wuye_tui.words import _


class ServersOnly(UsageError):
    """SQLite knows no roles: whoever can write the file can do everything."""

    def __init__(self) -> None:
        told = _("SQLite 没有用户和权限，靠文件的权限；这个命令只用于 PostgreSQL。")
        super().__init__(told)


@dataclass(frozen=True)
class Place:
    """A database, without any password."""

    url: str
    place: str
    kind: str  # sqlite or postgresql
    revision: str  # empty: no tables of ours
    user: str  # on a server: as whom we are there
    server: str  # its version


def look(settings: Settings) -> Place:
    """Which database it is. Raises StoreError."""
    engine = store.open_engine(settings.database_url)
    revision = upgrade.state(engine)
    user = server = ""
    if engine.dialect.name == "postgresql":
        with store.read(engine) as session:
            asked = text("SELECT current_user, current_setting('server_version')")
            user, server = session.execute(asked).tuples().one()
    engine.dispose()
    url = bare(settings.database_url)
    return Place(url, home(engine).place, engine.dialect.name, revision or "", user, server)


def rights(settings: Settings, role: str, apply: bool) -> grants.Rights:
    """The statements that give a role what the desks need; with `apply` they are run, all or none.

    Raises ServersOnly, NoSuchRole, RoleTooStrong, StoreError.
    """
    engine = store.open_engine(settings.database_url)
    try:
        if engine.dialect.name != "postgresql":
            raise ServersOnly
        upgrade.ensure_current(engine)
        if not apply:
            with store.read(engine) as session:
                return grants.rights(session.connection(), role)
        with store.write(engine) as session:
            return grants.grant(session.connection(), role)
    finally:
        engine.dispose()


def copy(source: str, target: str, progress: transfer.Progress | None = None) -> Copied:
    """Copies the office at one address to an empty database at another, wholly or not at all.

    Raises StoreError.
    """
    return transfer.copy(source, target, progress)
