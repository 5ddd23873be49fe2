"""The pinyin of the tariff's items and the directory's names, reckoned when they are written."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from wuye_tui.rules.pinyin import name_keys

revision = "0003"
down_revision = "0002"
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    # An emergency had the priority of whatever is urgent.
    op.execute(
        "UPDATE matter SET priority = 2 WHERE EXISTS (SELECT 1 FROM repair WHERE"
        " repair.site = matter.site AND repair.matter = matter.id AND repair.emergency <> '')"
    )
    text = sqlmodel.sql.sqltypes.AutoString()
    for name, key in (("tariff", "code"), ("directory", "name"), ("staff", "number")):
        if name != "staff":  # which has the column, but not for whoever founded the office
            op.add_column(name, sa.Column("keys", text, nullable=False, server_default=""))
        table = sa.table(name, *map(sa.column, {"site", key, "name", "keys"}))
        connection = op.get_bind()
        for row in connection.execute(sa.select(table).where(table.c["keys"] == "")).all():
            connection.execute(
                sa.update(table)
                .where(table.c.site == row.site, table.c[key] == getattr(row, key))
                .values(keys=" ".join(sorted(name_keys(row.name))))
            )
