"""`wuye archive` and `wuye supervisor`: exit statuses, what they print, and their JSON."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.lines import Office, typed
from tests.desks import settings_for
from tests.factories import a_repair, walk_to
from wuye_tui.desk import open_desk
from wuye_tui.rules.clock import StoppedClock

__all__ = ["typed"]


def over(typed: Office, whole: bool = True) -> str:
    """A slip with its red line."""
    desk = open_desk(settings_for(typed.home), StoppedClock(typed.now))
    number = a_repair(desk, staff="KF01", upto="finished")
    walk_to(desk, number, "closed", **({"return": {"register_line": "3"}} if whole else {}))
    desk.engine.dispose()
    return number


@pytest.mark.clause("XX-4.3.8", "XX-4.3.10")
def test_a_week_is_filed_and_what_is_not_ready_is_listed_with_the_reason(typed: Office) -> None:
    whole, lacking = over(typed), over(typed, whole=False)
    rows = {row["number"]: row for row in typed.done("archive", "list", "--week", "2026-W47")}
    assert rows[whole]["ready"]
    assert [lack["clause"] for lack in rows[lacking]["lacks"]] == ["BX-16"]
    assert [row["number"] for row in typed.done("archive", "list", "--lacking")] == [lacking]
    done = typed.done("archive", "week", "--week", "2026-W47", staff="XZ01")
    assert whole in done["filed"]
    assert [row["number"] for row in done["refused"]] == [lacking]
    again = typed.type("archive", "week", "--week", "2026-W47", staff="XZ01")
    assert (again.status, again.out) == (1, "")
    assert again.err.startswith("XX-4.3.10: ")
    shown = typed.done("archive", "show", whole)
    assert (shown["state"], shown["archived_by"]) == ("archived", "张敏")
    assert "收费登记表行号" in typed.type("archive", "show", lacking).out
    assert typed.done("check")["clean"]


@pytest.mark.clause("XX-4.3.10")
def test_a_record_is_sent_back_completed_and_filed_and_then_refuses_everything(
    typed: Office,
) -> None:
    number = over(typed)
    ran = typed.type("archive", "send-back", number, staff="XZ01")
    assert ran.status == 2
    typed.done("archive", "send-back", number, "--why", "签字不清", staff="XZ01")
    assert typed.done("archive", "show", number)["sent_back"] == "签字不清"
    assert [row["number"] for row in typed.done("archive", "list", "--sent-back")] == [number]
    refused = typed.type("archive", "file", number, staff="XZ01")
    assert (refused.status, refused.err[:11]) == (1, "XX-4.3.10: ")
    typed.done("repairs", "complete", number, "--mended", "重新签过")
    assert typed.done("archive", "file", number, staff="XZ01")["together"].keys() == {number}
    ran = typed.type("repairs", "note", number, "--note", "再写一句")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("XX-4.3.10: ")


def test_what_is_open_or_not_there_is_no_record_of_the_archive(typed: Office) -> None:
    number = typed.done("repairs", "register", "--unit", "3-1-502", "--text", "灯坏")["number"]
    assert typed.type("archive", "show", number).status == 1
    assert typed.type("archive", "show", "PG-20261119-999").status == 4
    assert typed.type("archive", "list", "--week", "47").status == 2
    assert typed.type("archive", "week", staff="KF01").status == 1
    empty = typed.type("archive", "week", staff="XZ01")
    assert empty.status == 0


@pytest.mark.clause("BX-3.3")
def test_the_day_is_shown_and_signed(typed: Office) -> None:
    number = typed.done("repairs", "register", "--unit", "6-1-301", "--text", "灯坏")["number"]
    check = typed.done("supervisor", "show")["check"]
    assert [row["number"] for row in check["records"]] == [number]
    assert (check["lacking"], check["signed_at"]) == (2 - 1, None)
    assert typed.type("supervisor", "sign", staff="KF01").status == 1
    done = typed.done("supervisor", "sign", "--note", "请补姓名", staff="KF03")
    assert done["state"] == "signed"
    after = typed.done("supervisor", "show", "--day", "2026-11-19")["check"]
    assert (after["signer"], after["note"]) == ("孙丽", "请补姓名")
    again = typed.type("supervisor", "sign", staff="KF03")
    assert (again.status, again.err[:7]) == (1, "BX-3.3:")
    told = typed.type("supervisor", "show")
    assert told.status == 0
    assert "没有写报修人" in told.out


@pytest.mark.clause("BX-3.1")
def test_the_night_is_countersigned_by_engineering(typed: Office) -> None:
    typed.now += timedelta(hours=12)
    typed.done("duties", "start", staff="ZB01")
    line = ("--unit", "3-1-502", "--text", "水龙头漏水")
    number = typed.done("repairs", "register", *line, staff="ZB01")["number"]
    typed.done("repairs", "take", number, "--charge", "public", staff="ZB01")
    typed.now += timedelta(hours=11)
    assert [row["number"] for row in typed.done("supervisor", "show")["night"]] == [number]
    assert typed.type("supervisor", "countersign", staff="KF03").status == 1
    done = typed.done("supervisor", "countersign", staff="GC01")
    assert list(done["together"]) == [number]
    again = typed.type("supervisor", "countersign", staff="GC01")
    assert (again.status, again.err[:7]) == (1, "BX-3.1:")


def test_what_is_overdue_goes_into_a_file(typed: Office, tmp_path: Path) -> None:
    number = typed.done("repairs", "register", "--unit", "3-1-502", "--text", "灯坏")["number"]
    typed.now += timedelta(minutes=20)
    (row,) = [one for one in typed.done("supervisor", "overdue") if one["code"] == "service"]
    assert (row["overdue"], row["numbers"]) == (1, [number])
    path = tmp_path / "overdue.xlsx"
    assert typed.type("supervisor", "overdue", "--people", "-o", str(path)).status == 0
    sheet = load_workbook(path).active
    assert sheet is not None
    assert sheet["A2"].value == "李晓燕"


@pytest.mark.clause("XX-4.3.6")
def test_every_figure_of_lateness_and_load_is_listed(typed: Office) -> None:
    number = typed.done("repairs", "register", "--unit", "3-1-502", "--text", "灯坏")["number"]
    typed.now += timedelta(minutes=20)
    (row,) = typed.done("supervisor", "load")
    assert (row["code"], row["open"], row["overdue"], row["finished"]) == ("engineering", 1, 1, 0)
    assert row["open_numbers"] == row["overdue_numbers"] == [number]
    (person,) = typed.done("supervisor", "load", "--people")
    assert (person["name"], person["open_numbers"]) == ("没派到人", [number])
    for asked in (("load", "--list", "overdue"), ("overdue", "--list", "now"),
                  ("overdue", "--people", "--list", "month")):  # fmt: skip
        behind = typed.done("supervisor", *asked)[0]
        assert (behind["number"], behind["unit"], behind["state"]) == (number, "3-1-502", "已登记")
    assert typed.done("supervisor", "load", "--list", "finished") == []
    assert typed.done("supervisor", "show")["load_departments"][0]["open"] == 1
    wrong = typed.type("supervisor", "load", "--list", "all")
    assert (wrong.status, "open、overdue、finished" in wrong.err) == (2, True)
    assert "3-1-502" in typed.type("supervisor", "load", "--list", "open").out
