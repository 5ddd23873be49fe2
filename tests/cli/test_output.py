import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import ACTING, HOSTILE, PLAIN, leaks
from wuye_tui.cli import output
from wuye_tui.cli.output import Column, emit, fail, hush, main_guard, say, table
from wuye_tui.logs import close_log, open_log
from wuye_tui.rules.errors import Refused, UnknownUnit
from wuye_tui.rules.text import bad_character
from wuye_tui.rules.widths import width

Captured = pytest.CaptureFixture[str]
PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _as_found() -> Iterator[None]:
    yield
    hush(False)
    close_log()


def test_json_is_one_document_on_standard_output_in_the_order_given(capsys: Captured) -> None:
    emit({"number": "PG-20261121-004", "unit": "3-1-502", "amount_fen": 12345, "hold": None}, True)
    say("done")
    out, err = capsys.readouterr()
    assert list(json.loads(out)) == ["number", "unit", "amount_fen", "hold"]
    assert out.endswith("}\n")
    assert err == "done\n"


def test_json_keeps_chinese_readable_and_writes_times_with_their_offset(capsys: Captured) -> None:
    key = UUID(int=7)
    emit(
        {"人": "张敏", "at": datetime(2026, 11, 21, tzinfo=UTC), "on": date(2026, 1, 2), "k": key},
        True,
    )
    out = capsys.readouterr().out
    assert '"张敏"' in out
    assert json.loads(out) == {
        "人": "张敏",
        "at": "2026-11-21T00:00:00+00:00",
        "on": "2026-01-02",
        "k": str(key),
    }


def test_a_time_without_a_zone_or_an_unknown_thing_is_a_defect_and_not_a_guess() -> None:
    with pytest.raises(ValueError):
        emit({"at": datetime(2026, 11, 21)}, True)  # noqa: DTZ001
    with pytest.raises(TypeError):
        emit({"at": object()}, True)


@given(st.recursive(st.text(st.characters(exclude_categories=())), lambda part: st.lists(part)))
def test_json_gives_back_every_character_and_prints_none_that_acts(document: object) -> None:
    text = output._json({"words": document})
    assert json.loads(text) == {"words": document}
    assert not any(bad_character().search(line) for line in text.split("\n"))
    text.encode("utf-8")


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE)
def test_no_way_of_printing_lets_a_payload_act(capsys: Captured, payload: str) -> None:
    emit({"name": payload, "steps": [{"facts": {payload: payload}}]}, as_json=True)
    emit({"name": payload, "steps": [{"facts": {payload: payload}}]}, as_json=False)
    emit(payload, as_json=False)
    table([{"name": payload, "n": 1}], [Column(payload, "name", cells=12), Column("n", "n")])
    say(payload)
    fail(Refused(payload))
    out, err = capsys.readouterr()
    assert not any(bad_character().search(line) for line in (out + err).split("\n"))
    assert not leaks(out + err, payload)


def test_plain_text_is_printed_as_it_is(capsys: Captured) -> None:
    emit(list(PLAIN.values()), as_json=False)
    assert capsys.readouterr().out.splitlines() == list(PLAIN.values())


def test_a_table_is_lined_up_with_han_as_two_cells(capsys: Captured) -> None:
    table(
        [
            {"number": "PG-1", "name": "欧阳娜娜", "fen": 5, "open": True},
            {"number": "PG-20261121-004", "name": "Li", "fen": 12345, "open": False},
            {"number": None, "name": "", "fen": 0},
        ],
        [Column("单号", "number"), Column("姓名", "name"), Column("分", "fen", right=True),
         Column("在办", "open")],
    )  # fmt: skip
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "PG-1             欧阳娜娜      5  是"
    assert lines[2] == "PG-20261121-004  Li        12345  否"
    assert lines[3] == "-                -             0  -"
    assert [
        width(line[: line.index(mark)]) for line, mark in zip(lines, "姓欧L", strict=False)
    ] == [17, 17, 17]


def test_a_room_is_shown_whole_and_a_remark_may_be_cut_with_a_sign(capsys: Captured) -> None:
    table(
        [{"unit": "10栋2单元1501", "words": "厨房水龙头漏水\n请尽快"}],
        [Column("房号", "unit"), Column("内容", "words", cells=12)],
    )
    assert capsys.readouterr().out.splitlines()[1] == "10栋2单元1501  厨房水龙头.."


def test_an_empty_table_leaves_standard_output_empty(capsys: Captured) -> None:
    table([], [Column("单号", "number")])
    assert capsys.readouterr() == ("", "没有记录。\n")


def test_a_document_in_words(capsys: Captured) -> None:
    emit({"number": "PG-1", "房号": "3-1-502", "steps": [{"n": 1}, {"n": 2}], "hold": None}, False)
    assert (
        capsys.readouterr().out
        == "number  PG-1\n房号    3-1-502\nsteps\n  n  1\n  n  2\nhold    -\n"
    )


def test_quiet_silences_words_but_neither_results_nor_errors(capsys: Captured) -> None:
    hush(True)
    say("half way")
    emit({"a": 1}, True)
    assert fail(UnknownUnit("9-9")) == 4
    out, err = capsys.readouterr()
    assert out
    assert err.startswith("没有房号「9-9」")
    assert len(err.splitlines()) == 1


def test_a_refusal_names_its_clause_and_gives_its_status(capsys: Captured) -> None:
    def refuse() -> None:
        raise Refused("交班卫生未验收\n。", "KF-12")

    assert main_guard(refuse) == 1
    assert capsys.readouterr() == ("", "KF-12: 交班卫生未验收 / 。\n")


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (SystemExit(), 0),
        (SystemExit(3), 3),
        (SystemExit("no"), 1),
        (KeyboardInterrupt(), 130),
        (EOFError(), 130),
        (typer.Abort(), 130),
    ],
)
def test_an_end_on_purpose_has_its_own_status_and_says_nothing(
    capsys: Captured, raised: BaseException, status: int
) -> None:
    def end() -> None:
        raise raised

    assert main_guard(end) == status
    assert capsys.readouterr() == ("", "")


def test_what_a_command_returns_is_its_status() -> None:
    assert main_guard(lambda: None) == 0
    assert main_guard(lambda: 3) == 3


def test_wrong_usage_is_one_line_and_status_2(capsys: Captured) -> None:
    def misuse() -> None:
        raise typer.BadParameter("no such option: --x")

    assert main_guard(misuse) == 2
    err = capsys.readouterr().err
    assert "no such option: --x" in err
    assert len(err.splitlines()) == 1


def test_a_defect_is_one_sentence_with_an_error_id_and_nobody_s_data(
    capsys: Captured, tmp_path: Path
) -> None:
    path = open_log(tmp_path)

    def break_down() -> None:
        resident = "张敏 13812345678"
        raise KeyError(resident)

    assert main_guard(break_down) == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert str(path) in err
    logged = path.read_text()
    name = logged.split("error id ")[1].split(" ")[0]
    assert name in err
    for text in (err, logged):
        assert "张敏" not in text
        assert "1381" not in text
        assert "Traceback" not in text


def test_a_developer_can_ask_for_the_traceback(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WUYE_DEBUG", "1")
    assert main_guard(lambda: 1 // 0) == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def run(code: str, **given: object) -> "subprocess.CompletedProcess[bytes]":
    program = "import sys\nfrom wuye_tui.cli.output import *\n" + code
    return subprocess.run([sys.executable, "-c", program], check=False, cwd=PROJECT, **given)  # type: ignore[call-overload, no-any-return]


def test_a_reader_that_has_gone_away_is_no_error() -> None:
    code = "sys.exit(main_guard(lambda: [emit('x' * 9999, False) for n in range(99)] and 0))"
    reader = subprocess.Popen(["head", "-c", "1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert reader.stdin is not None
    done = run(code, stdout=reader.stdin, stderr=subprocess.PIPE)
    reader.stdin.close()
    reader.wait()
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_standard_output_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = run(
            "sys.exit(main_guard(lambda: emit({}, True)))", stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 74
    assert done.stderr.decode().startswith("结果写不出去")
    assert len(done.stderr.splitlines()) == 1


def test_closed_streams_change_only_what_is_seen() -> None:
    program = (
        "import sys\nfrom wuye_tui.cli.output import *\nfrom wuye_tui.rules.errors import *\n"
        "sys.exit(main_guard(lambda: (emit({}, True), fail(Refused('x')))[1]))"
    )
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -c "$1" >&- 2>&-', sys.executable, program],
        check=False,
        cwd=PROJECT,
    )
    assert done.returncode == 1


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_where_standard_output_lacks_a_character_json_stays_json(encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding, "PATH": "/usr/bin:/bin"}
    code = "emit({'n': '张é😀'}, True); emit('张é😀', False); say('张é😀')"
    done = run(code, env=env, capture_output=True)
    assert done.returncode == 0, done.stderr
    out = done.stdout.decode(encoding)
    document, _end = json.JSONDecoder().raw_decode(out)
    assert document == {"n": "张é😀"}
    assert "\\U0001f600" in out
    assert done.stderr


def test_every_payload_that_acts_is_still_told_in_some_form(capsys: Captured) -> None:
    for payload in ACTING.values():
        say(payload)
        assert "<" in capsys.readouterr().err
