"""What the desks may do on PostgreSQL: a role of theirs that owns nothing.

The role that owns the tables makes and upgrades them. The desks' role reads, adds and changes what
the acts need, and no more: what may only be added to it cannot change or take away, with or without
the triggers, and the triggers it cannot touch. A table that no act empties it cannot empty.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from wuye_tui.rules.errors import Refused
from wuye_tui.store.tables import APPEND_ONLY
from wuye_tui.words import _

VERSION = "alembic_version"
# Rows that acts take away: what is derived anew, corrected before it counts, or withdrawn; and
# people whose time is past, with where they lived and how their names are found.
TAKEN_AWAY = frozenset(
    {"charge", "deadline", "meter_reading", "person", "person_key", "roster_wish", "unit_person"}
    | {"visit"}
)
# Founded by the owner, never changed by an act: acts only lock its row, which PostgreSQL allows to
# whoever may change one column of it.
LOCKED = {"office": "created"}

_TABLES = text(
    "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
)
_ROLE = text(
    "SELECT rolsuper OR EXISTS (SELECT FROM pg_class c"
    " WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind = 'r'"
    " AND pg_has_role(r.oid, c.relowner, 'MEMBER'))"
    " FROM pg_roles r WHERE rolname = :role"
).bindparams(bindparam("role"))
# Whoever may read the revision and owns nothing is a role that was granted it by us.
_GRANTED = text(
    "SELECT DISTINCT pg_get_userbyid(a.grantee)::text AS role FROM pg_class c"
    " CROSS JOIN LATERAL aclexplode(c.relacl) a"
    " WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relname = :version"
    " AND a.privilege_type = 'SELECT' AND a.grantee NOT IN (0, c.relowner) ORDER BY role"
).bindparams(version=VERSION)


_OTHERS = text(
    "SELECT count(*) FROM pg_class c WHERE c.relnamespace = to_regnamespace(current_schema())"
    " AND c.relkind = 'r' AND NOT pg_has_role(c.relowner, 'MEMBER')"
)


class NotTheOwner(Refused):
    """Rights are given by whoever owns the tables; of anybody else the server only warns."""

    def __init__(self) -> None:
        told = _(
            "权限要由库的所有者来给：请用所有者的地址，例如 wuye db grants --db 所有者的地址。"
        )
        super().__init__(told)


class NoSuchRole(Refused):
    """The server knows no role of this name."""

    def __init__(self, role: str) -> None:
        told = _("服务器上没有用户「{role}」，请管理员先建：CREATE ROLE 用户名 LOGIN。")
        super().__init__(told.format(role=role))


class RoleTooStrong(Refused):
    """A superuser or the owner of the tables may do everything, whatever is granted."""

    def __init__(self, role: str) -> None:
        told = _("「{role}」是超级用户或表的所有者，什么都能改，请给前台另建一个普通用户。")
        super().__init__(told.format(role=role))


@dataclass(frozen=True)
class Rights:
    """The statements that give a role what the desks need, and take away everything else."""

    role: str
    statements: tuple[str, ...]


def rights(connection: Connection, role: str) -> Rights:
    """What to run for this role, as the owner of the tables. NoSuchRole, RoleTooStrong."""
    is_strong = connection.execute(_ROLE, {"role": role}).scalar_one_or_none()
    if is_strong is None:
        raise NoSuchRole(role)
    if is_strong:
        raise RoleTooStrong(role)
    quote = connection.dialect.identifier_preparer.quote_identifier
    schema = quote(str(connection.execute(text("SELECT current_schema()")).scalar_one()))
    to = quote(role)
    made = [
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {to}",
        f"GRANT USAGE ON SCHEMA {schema} TO {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {to}",
    ]
    for table in connection.execute(_TABLES).scalars():
        made.append(f"GRANT {_verbs(table)} ON {schema}.{quote(table)} TO {to}")
    return Rights(role, tuple(made))


def grant(connection: Connection, role: str) -> Rights:
    """The same, done: in the transaction of this connection. Raises NotTheOwner as well."""
    if connection.execute(_OTHERS).scalar_one():
        raise NotTheOwner
    found = rights(connection, role)
    for statement in found.statements:
        connection.exec_driver_sql(statement.replace("%", "%%"))
    return found


def renew(connection: Connection) -> list[str]:
    """After an upgrade: every role that has been granted its rights before has them for new tables
    as well. Their names.
    """
    if connection.dialect.name != "postgresql":
        return []
    roles = list(connection.execute(_GRANTED).scalars())
    for role in roles:
        grant(connection, role)
    return roles


def _verbs(table: str) -> str:
    if table == VERSION:
        return "SELECT"
    if table in LOCKED:
        return f'SELECT, UPDATE ("{LOCKED[table]}")'
    if table in APPEND_ONLY:
        return "SELECT, INSERT"
    return "SELECT, INSERT, UPDATE" + (", DELETE" if table in TAKEN_AWAY else "")
