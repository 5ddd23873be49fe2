"""`wuye complaints`: its verbs, its lists, its statistics; and what it does not show to whom.

* every figure of the statistics, by cause, department and month, on the screen, as JSON, in a file
* the person complained of, and whoever does not say who they are, finds no such number
"""

import csv
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed

__all__ = ["typed"]

DONE = ("--apologised", "--remedy", "马上叫人去看")
ANSWER = ("--said", "已说明", "--cause")


def a_complaint(typed: Office, *more: str) -> str:
    asked = ("--unit", "3-1-502", "--text", "楼道没人打扫", *more)
    return str(typed.done("complaints", "register", *asked)["number"])


def answered(typed: Office, cause: str, *more: str) -> str:
    number = a_complaint(typed, *more)
    typed.done("complaints", "handle", number, *DONE)
    typed.done("complaints", "answer", number, *ANSWER, cause)
    return number


@pytest.mark.clause("FW-2.2", "NB-2")
def test_a_complaint_goes_to_its_end_by_commands(typed: Office) -> None:
    number = answered(typed, "cleaning")
    shown = typed.done("complaints", "show", number)
    assert (shown["state"], shown["facts"]["cause"], shown["holder"]) == (
        "answered", "cleaning", "KF01",
    )  # fmt: skip
    (callback,) = shown["children"]
    typed.done("complaints", "verify", number, "--finding", "干净了", staff="KF05")
    typed.done("callbacks", "reach", callback, "--satisfaction", "satisfied")
    assert typed.done("complaints", "close", number)["state"] == "closed"
    ran = typed.type("complaints", "show", number)
    assert "轻重" in ran.out
    assert "环境卫生" in ran.out


@pytest.mark.clause("XX-4.2.7")
def test_a_refusal_names_the_clause(typed: Office) -> None:
    number = a_complaint(typed, "--level", "major")
    ran = typed.type("complaints", "handle", number, *DONE)
    assert ran.status == 1
    assert ran.err.startswith("XX-4.2.7: ")
    assert [row["priority"] for row in typed.done("complaints", "list")] == [1]


@pytest.mark.clause("FW-M.9")
def test_the_person_complained_of_finds_no_such_number(typed: Office) -> None:
    number = a_complaint(typed, "--about", "吴刚")
    assert [row["number"] for row in typed.done("complaints", "list")] == [number]
    for line in (("complaints", "show", number), ("complaints", "note", number, "--note", "不是")):
        ran = typed.type(*line, staff="GC04", json=True)
        assert (ran.status, ran.out) == (4, "")
        assert number in ran.err
    assert typed.type("complaints", "list", "--mine", staff="GC04", json=True).json == []
    assert typed.type("complaints", "list", staff="gc04", json=True).json == []
    assert typed.type("deadlines", staff="GC04", json=True).json == []
    assert typed.type("calls", "list", staff="GC04", json=True).json == []


@pytest.mark.clause("NB-2")
def test_each_figure_by_cause_department_and_month(typed: Office, tmp_path: Path) -> None:
    number = answered(typed, "cleaning", "--department", "cleaning")
    (callback,) = typed.done("complaints", "show", number)["children"]
    typed.done("callbacks", "reach", callback, "--satisfaction", "dissatisfied")
    a_complaint(typed, "--level", "serious", "--department", "guards")
    typed.done("complaints", "cancel", a_complaint(typed), "--why", "说错了")
    found = typed.done("complaints", "stats", "--month", "2026-11")
    nothing = dict.fromkeys(
        ("serious", "major", "about_staff", "answered", "in_time", "closed", "called_back",
         "dissatisfied", "hands"), 0,
    )  # fmt: skip
    ended = {"answered": 1, "in_time": 1, "called_back": 1, "dissatisfied": 1}
    assert found == {
        "month": "2026-11",
        "by": "cause",
        "rows": [
            {"cause": "", **nothing, "taken": 1, "serious": 1},
            {"cause": "cleaning", **nothing, "taken": 1, **ended},
        ],
        "total": {**nothing, "taken": 2, "serious": 1, **ended},
    }
    rows = typed.done("complaints", "stats", "--by", "department")["rows"]
    assert [(row["department"], row["taken"]) for row in rows] == [("cleaning", 1), ("guards", 1)]
    rows = typed.done("complaints", "stats", "--by", "month")["rows"]
    assert (len(rows), rows[0]["month"], rows[-1]["month"], rows[-1]["taken"]) == (
        12, "2025-12", "2026-11", 2,
    )  # fmt: skip
    assert typed.done("complaints", "stats", "--month", "2026-10")["total"]["taken"] == 0
    out = tmp_path / "投诉.csv"
    assert typed.type("complaints", "stats", "-o", str(out)).status == 0
    written = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert written[0][:2] == ["投诉原因", "受理"]
    assert [row[:2] for row in written[1:]] == [["还没定", "1"], ["环境卫生", "1"], ["合计", "2"]]


@pytest.mark.parametrize(
    "words", [("--month", "2026-13"), ("--month", "十一月"), ("--by", "weather")]
)
def test_statistics_of_what_there_is_not_are_wrong_usage(
    typed: Office, words: tuple[str, str]
) -> None:
    ran = typed.type("complaints", "stats", *words)
    assert (ran.status, ran.out) == (2, "")
    assert words[1] in ran.err


@pytest.mark.clause("FW-M.9")
def test_a_number_alone_shows_nothing_that_is_kept_from_somebody(
    typed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_complaint(typed, "--about", "吴刚")
    monkeypatch.setenv("WUYE_NEW_PIN", "482915")
    assert typed.type("staff", "set-pin", "KF04", staff="KF04").status == 0
    monkeypatch.setenv("WUYE_PIN", "482915")
    typed.done("complaints", "note", number, "--note", "找他谈", staff="KF04")
    (shown,) = typed.done("complaints", "list", staff="KF04")
    assert shown["number"] == number
    monkeypatch.delenv("WUYE_PIN")
    assert typed.done("complaints", "list", staff="KF04") == []
    assert typed.done("deadlines", staff="KF04") == []
