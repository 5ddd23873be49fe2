"""A private server that is set up as an office's own would be: it waits for the disk, has memory
for what is asked often, and counts what is asked.
"""

from tests.postgres import PgServer

SETTINGS = """
fsync = on
full_page_writes = on
shared_buffers = 1GB
effective_cache_size = 4GB
maintenance_work_mem = 256MB
max_wal_size = 4GB
random_page_cost = 1.1
max_connections = 100
"""


class SizedServer(PgServer):
    """As `PgServer`, which the tests use, but with these settings; the last of a name counts."""

    def _prepare(self) -> None:
        super()._prepare()
        with (self.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS)
