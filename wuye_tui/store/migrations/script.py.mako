"""${message}"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy import Text
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
