"""The same command line on PostgreSQL: an office founded, filled from files, and a slip's life."""

from pathlib import Path

import pytest

from tests.cli.lines import Office
from tests.cli.test_repairs import _options
from tests.faults.stories import STORIES

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"


@pytest.mark.pg
def test_an_office_on_a_server(
    pg_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WUYE_DATABASE_URL", pg_url)
    office = Office(tmp_path / "office", capsys)
    office.done("init", "--training", "--site", "思兰雅苑", "--admin", "XZ01", "--name", "张敏")
    for noun, file in (
        ("staff", "staff.xlsx"),
        ("units", "units.xlsx"),
        ("people", "people.xlsx"),
        ("tariff", "tariff.csv"),
    ):
        assert office.done(noun, "import", str(DEMO / file), staff="XZ01")["new"] > 10
        assert office.done(noun, "import", str(DEMO / file), staff="XZ01")["new"] == 0
    number = office.done("calls", "add", "--line", "3-1-502 厨房水龙头漏水 马上")["number"]
    for move in STORIES[0].moves[1:]:
        if move.child:
            [target] = [row["number"] for row in office.done("callbacks", "list")]
        words = [word.replace("SX-01", "SX-01") for word in _options(move)]
        noun = "callbacks" if move.child else "repairs"
        office.done(noun, move.verb, target if move.child else number, *words, staff=move.staff)
    assert office.done("repairs", "show", number)["state"] == "closed"
    assert office.done("check")["clean"]
    assert not (tmp_path / "office" / "wuye.db").exists()
