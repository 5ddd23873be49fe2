"""init, status, deadlines, duties, calls, audit, check, upgrade, and the options everywhere."""

import json
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from wuye_tui.cli.main import run

__all__ = ["typed"]


def _init(home: Path, *more: str) -> int:
    return run(
        [
            "init",
            "--site",
            "思兰雅苑",
            "--admin",
            "A001",
            "--name",
            "张敏",
            "--home",
            str(home),
            *more,
        ]
    )


def test_a_real_office_needs_a_pin_for_its_administrator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _init(tmp_path / "o") == 2
    assert "WUYE_PIN" in capsys.readouterr().err
    assert not (tmp_path / "o" / "wuye.db").exists()


def test_a_real_office_is_founded_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WUYE_PIN", "840275")
    assert _init(tmp_path / "o", "--json") == 0
    assert json.loads(capsys.readouterr().out)["name"] == "思兰雅苑"
    assert _init(tmp_path / "o") == 1
    assert "思兰雅苑" in capsys.readouterr().err


def test_the_clock_of_a_real_office_cannot_be_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WUYE_PIN", "840275")
    _init(tmp_path / "o")
    capsys.readouterr()
    line = ["status", "--home", str(tmp_path / "o"), "--now", "2026-11-21T17:50:00+08:00"]
    assert run(line) == 1
    assert "--now" in capsys.readouterr().err


def test_no_office_yet_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--home", str(tmp_path / "nowhere")]) == 5
    assert "wuye init" in capsys.readouterr().err


def test_a_wrong_pin_is_refused_and_leaves_the_desk_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WUYE_PIN", "840275")
    _init(tmp_path / "o")
    monkeypatch.setenv("WUYE_PIN", "840276")
    capsys.readouterr()
    assert run(["duties", "start", "--as", "A001", "--home", str(tmp_path / "o")]) == 1
    assert capsys.readouterr().out == ""
    assert run(["duties", "now", "--json", "--home", str(tmp_path / "o")]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.clause("KF-4")
def test_a_duty_begins_and_every_act_knows_it(typed: Office) -> None:
    typed.done("duties", "start")
    [now] = typed.done("duties", "now")
    assert (now["post"], now["name"], now["staff"]) == ("desk", "morning", "KF01")
    refused = typed.type("duties", "start", staff="KF02")
    assert (refused.status, refused.err[:6]) == (1, "KF-12:")
    typed.done("calls", "add", "--text", "问物业费", "--category", "enquiry")
    assert [duty["began"] for duty in typed.done("duties", "list")] == ["start"]


def test_status_and_deadlines_tell_the_same_story(typed: Office) -> None:
    typed.done("calls", "add", "--line", "3-1-502 厨房水龙头漏水 马上")
    status, clocks = typed.done("status"), typed.done("deadlines")
    assert status["open"] == {"repair": 1}
    assert status["next_due"]["matter"] == clocks[0]["matter"]
    assert clocks[0]["clause"] == "BX-5"
    assert clocks[0]["late"] is False
    typed.now = typed.now.replace(hour=16)
    assert typed.done("status")["overdue"] == 1
    late = typed.done("deadlines", "--overdue")
    assert {clock["name"] for clock in late} == {"notify", "report"}


@pytest.mark.clause("XX-4.2.1", "FW-1.1")
def test_an_enquiry_is_counted_without_a_slip(typed: Office) -> None:
    done = typed.done("calls", "add", "--line", "3-1-502 问一下物业费多少")
    assert done["number"] == ""
    [call] = typed.done("calls", "list")
    assert call["category"] == "enquiry"
    assert typed.done("repairs", "list") == []


def test_what_a_line_means_is_shown_before_it_is_written(typed: Office) -> None:
    found = typed.done("calls", "parse", "3-1-502 厨房水管漏水 明天9点 急")
    assert found["unit"] == "3-1-502"
    assert found["appointment"][0] == "2026-11-20T09:00:00+08:00"
    assert found["urgent"] is True
    assert typed.done("calls", "list") == []


def test_the_audit_chain_is_shown_and_whole(typed: Office) -> None:
    typed.done("calls", "add", "--line", "3-1-502 厨房水龙头漏水 马上")
    lines = typed.done("audit", "show")
    assert [line["what"] for line in lines] == ["seed", "call.line"]
    assert lines[1]["prev"] == lines[0]["hash"]
    assert "13800001234" not in json.dumps(lines)
    assert typed.done("check")["clean"]


def test_an_upgraded_office_is_left_alone(typed: Office) -> None:
    done = typed.done("upgrade")
    assert done["before"] == done["after"]
    assert done["backup"] is None


@pytest.mark.parametrize(
    "noun",
    [
        "repairs",
        "orders",
        "callbacks",
        "calls",
        "duties",
        "units",
        "people",
        "staff",
        "tariff",
        "audit",
    ],
)
def test_a_noun_alone_lists_its_verbs(noun: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([noun]) == 0
    assert noun in capsys.readouterr().out


def test_json_is_one_document_and_nothing_else(typed: Office) -> None:
    ran = typed.type("repairs", "register", "--unit", "3-1-502", "--text", "灯坏", json=True)
    assert ran.json["number"] == "PG-20261119-001"
    assert ran.err == ""


def test_the_audit_is_exported_whole_and_never_over_a_file(typed: Office, tmp_path: Path) -> None:
    typed.done("calls", "add", "--line", "3-1-502 厨房水龙头漏水 马上")
    target = tmp_path / "audit.csv"
    assert typed.done("audit", "export", "-o", str(target))["lines"] == 2
    before = target.read_bytes()
    assert typed.type("audit", "export", "-o", str(target)).status == 2
    assert target.read_bytes() == before
    assert typed.type("audit", "export", "-o", str(tmp_path / "audit.exe")).status == 2
    assert typed.done("audit", "export", "-o", str(target), "--force")["lines"] == 2


def test_whoever_is_not_known_sees_no_whole_telephone_number(
    typed: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    number = typed.done("calls", "add", "--line", "3-1-502 厨房水龙头漏水 马上")["number"]
    assert typed.done("repairs", "show", number)["phone"] == "138****1234"
    whole = typed.done("repairs", "show", number, "--full", "--reason", "回电话")
    assert whole["phone"] == "13800001234"
    for more in ([], ["--json"]):
        assert run(["repairs", "show", number, "--home", str(typed.home), *more]) == 0
        out = capsys.readouterr().out
        assert "138****1234" in out
        assert "13800001234" not in out
