"""`wuye files`, `wuye retention` and `wuye people erase`, as they are typed."""

import pytest

from tests.cli.lines import Office, typed
from tests.desks import settings_for
from tests.eyes import moved_out
from wuye_tui.desk import open_desk
from wuye_tui.rules.clock import StoppedClock

__all__ = ["typed"]
PHONE = "13800001234"


@pytest.mark.clause("FW-6.3")
def test_a_file_is_opened_read_again_and_listed(typed: Office) -> None:
    refused = typed.type("files", "open", "3-1-502", "--purpose", "更正电话")
    assert (refused.status, refused.err.startswith("FW-6.3: ")) == (1, True)
    found = typed.done(
        "files", "open", "3-1-502", "--purpose", "更正电话", "--second", "KF03",
        "--part", "people", "--part", "calls", "--for", "派出所",
    )  # fmt: skip
    assert (found["people"][0]["phone"], found["calls"]) == (PHONE, [])
    again = typed.type("files", "show", found["number"])
    assert PHONE in again.out
    assert typed.type("files", "show", found["number"], staff="KF02").status == 1
    (row,) = typed.type("files", "list", json=True).json
    assert (row["asker"], row["allowed_by"], row["purpose"], row["parts"], row["whom"]) == (
        "KF01", "KF03", "更正电话", ["people", "calls"], "派出所",
    )  # fmt: skip
    assert PHONE not in typed.type("audit", "show", json=True).out


def test_what_is_past_is_taken_out_only_by_two_who_say_yes(typed: Office) -> None:
    typed.done("calls", "add", "--unit", "3-1-502", "--category", "enquiry", "--text", "问停车费")
    typed.now = typed.now.replace(year=2031)
    (calls,) = [
        one for one in typed.type("retention", "report", json=True).json if one["code"] == "calls"
    ]
    assert (calls["days"], calls["past"]) == (730, 1)
    line = ("retention", "apply", "--reason", "到期", "--second", "ZJ01")
    refused = typed.type(*line, staff="KF04")
    assert (refused.status, "--yes" in refused.err) == (2, True)
    assert typed.type(*line, "--yes").status == 1, "a clerk"
    ran = typed.type(*line, "--yes", staff="KF04")
    assert (ran.status, "来电来访登记：清除记录 1 份" in ran.out) == (0, True), ran.err
    assert "wuye.db.before-*" in ran.err
    assert typed.type("retention", "list", json=True).json[0]["counts"] == {
        "records": 1,
        "words": 1,
    }
    assert typed.type("check").status == 0


def test_somebody_who_lives_there_is_not_erased(typed: Office) -> None:
    line = ("people", "erase", "陈立", "--reason", "本人要求", "--second", "ZJ01", "--yes")
    refused = typed.type(*line, staff="KF04")
    assert (refused.status, "3-1-502" in refused.err) == (1, True)
    assert typed.type("people", "find", "陈立", json=True).json[0]["phone"] == "138****1234"


def test_whoever_is_erased_is_in_old_backups_and_it_is_said_in_which(typed: Office) -> None:
    desk = open_desk(settings_for(typed.home), StoppedClock(typed.now)).as_staff("KF01")
    moved_out(desk, "徐静")
    desk.engine.dispose()
    line = ("people", "erase", "徐静", "--reason", "本人要求", "--second", "ZJ01", "--yes")
    ran = typed.type(*line, staff="KF04")
    assert (ran.status, "wuye.db.before-*" in ran.out) == (0, True), ran.err


def test_nobody_but_the_office_sees_who_lives_where(typed: Office) -> None:
    assert typed.type("people", "list").status == 0
    assert PHONE not in typed.type("people", "list", json=True).out
