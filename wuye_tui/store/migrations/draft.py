"""Writes the next revision, from what the tables say and the schema does not have yet.

For developers: `python -m wuye_tui.store.migrations.draft "what changes"`. Read what it wrote; add
triggers and data by hand.
"""

import re
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from wuye_tui.store import migrations
from wuye_tui.store.engine import open_engine, read
from wuye_tui.store.upgrade import OURS, Steps, config, create_schema


def draft(message: str, metadata: MetaData, steps: Steps = OURS) -> str:
    """Writes the file, and the new head where it is written down; returns the new revision."""
    from alembic import command

    revision = f"{int(steps.head) + 1:04d}"
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/draft.db", create=True)
        create_schema(engine, steps)
        with read(engine) as session:
            made = config(session.connection(), steps, metadata=metadata)
            command.revision(made, message, autogenerate=True, rev_id=revision)
        engine.dispose()
    if steps is OURS:
        _write_head(revision)
    return revision


def _write_head(revision: str) -> None:
    source = Path(migrations.__file__)
    said = re.sub(r'HEAD = "\d{4}"', f'HEAD = "{revision}"', source.read_text("utf-8"))
    source.write_text(said, "utf-8")


if __name__ == "__main__":
    import_module("wuye_tui.store.tables")
    draft(" ".join(sys.argv[1:]) or "change", SQLModel.metadata)
