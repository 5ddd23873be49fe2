"""kill -9 of a desk on PostgreSQL; a server stopped hard and killed more often: `make faults`."""

import pytest

from tests.desks import THURSDAY
from tests.faults.killing import kill_many
from wuye_tui.desk import Desk


@pytest.mark.pg
def test_a_desk_killed_on_a_server_loses_nothing(pg_desk: Desk) -> None:
    report = kill_many(pg_desk.settings, THURSDAY, 3)
    assert (report.kills, report.lost, report.doubled, report.findings) == (3, [], [], [])
