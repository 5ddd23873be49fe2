"""`wuye config check`: every fault of the files that an office edits, with file and line.

- nothing edited, or edited well: all is well, exit 0
- config.toml, keys.toml and the office's own data: syntax, unknown names, missing ones, exit 3
"""

import re
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed

__all__ = ["typed"]


def write(office: Office, name: str, text: str) -> None:
    path = office.home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def shipped(name: str) -> str:
    return (Path(__file__).parents[2] / "data" / name).read_text("utf-8")


def test_an_office_that_has_edited_nothing_is_in_order(typed: Office) -> None:
    ran = typed.type("config", "check")
    assert (ran.status, ran.err) == (0, "")
    assert "没有问题" in ran.out


def test_what_is_edited_well_is_counted_and_in_order(typed: Office) -> None:
    write(typed, "config.toml", 'language = "zh"\nlock_minutes = 5\n')
    write(typed, "keys.toml", '[keys]\nmain = "ctrl+k"\n"join" = "ctrl+l"\n')
    for name in ("duties.toml", "posts.csv", "emergencies.toml", "calendar/office.toml"):
        write(typed, f"data/{name}", shipped(name))
    done = typed.done("config", "check")
    assert done["clean"] is True
    assert len(done["files"]) == 6


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("config.toml", "lock_minutes = 5\nlanguage = \n", 2, "英文引号"),
        ("config.toml", '\nlock_minutes = "ten"\n', 2, "lock_minutes"),
        ("config.toml", "lock_minutes = true\n", 1, "lock_minutes"),
        ("config.toml", "lock_minutes = -1\n", 1, "lock_minutes"),
        ("config.toml", 'language = "zh"\nlocc_minutes = 5\n', 2, "locc_minutes"),
        ("config.toml", "lock_minuts = 5\n", 1, "lock_minutes"),
        ("config.toml", 'language = "xx"\n', 1, "zh en"),
        ("keys.toml", '# ours\n[keys]\nmian = "f9"\n', 3, "mian"),
        ("data/duties.toml", '[[duty]]\npost = "desk"\n', 1, "name"),
        ("data/posts.csv", "post,name\nKF,clerk\n", 1, "少了这些列"),
        ("data/dutys.toml", "", 0, "duties.toml"),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    typed: Office, name: str, text: str, line: int, says: str
) -> None:
    write(typed, name, text)
    plain = typed.type("config", "check")
    assert plain.status == 3, plain.out
    ran = typed.type("config", "check", json=True)
    assert ran.status == 3
    if ran.out:
        (fault,) = ran.json["faults"]
        assert (fault["file"], fault["line"]) == (name, line)
        assert says in fault["why"]
    else:
        assert says in ran.err, "config.toml that cannot be read at all ends every command"


def test_a_duty_at_no_time_is_told_with_the_line_of_the_time(typed: Office) -> None:
    text = shipped("duties.toml").replace('"12:00"', '"12:99"', 1)
    write(typed, "data/duties.toml", text)
    place = next(n for n, line in enumerate(text.splitlines(), 1) if "12:99" in line)
    ran = typed.type("config", "check")
    assert f"data/duties.toml 第 {place} 行" in ran.out


@pytest.mark.parametrize(
    ("name", "was", "now", "at", "says"),
    [
        ("duties.toml", '"12:00"', '"8点半"', "8点半", "「8点半」不是时刻，写成 08:30"),
        ("duties.toml", 'post = "desk"\n', "", "[[duty]]", "少了 post"),
        ("duties.toml", "relief = 15", 'relief = "15"', 'relief = "15"', "relief 要写一天之内"),
        ("duties.toml", 'lends = ["', 'lends = "desk" # ', 'lends = "desk"', "lends 要写成一列"),
        ("duties.toml", 'level = "C"', "level = C", "level = C", "这一行的写法不对"),
        ("checklists.toml", "count = 1\n", 'count = "一"\n', '"一"', "count 要写整数"),
        ("checklists.toml", "count = 1\n", "", "[[tool]]", "少了 count"),
        ("emergencies.toml", 'clause = "NB-3"\n', "", "[entrapment]", "少了 clause"),
        ("night.toml", 'words = ["', 'words = 7 # ["', "words = 7", "words 要写成一列"),
        ("signs.toml", "public = true", 'public = "是"', "是", "public 要写 true 或者 false"),
        ("phrases.toml", "[[phrase]]", "[phrase]", "", "写法不对"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_told_in_one_plain_sentence(
    typed: Office, name: str, was: str, now: str, at: str, says: str
) -> None:
    text = shipped(name)
    assert was in text
    text = text.replace(was, now, 1)
    write(typed, f"data/{name}", text)
    ran = typed.type("config", "check")
    (said,) = ran.out.splitlines()
    found = re.fullmatch(rf"data/{name} 第 (\d+) 行：(.*[^。])。", said)
    assert found, said
    assert says in found[2]
    assert not re.search(r"Error|'|Invalid", said)
    assert at in text.splitlines()[int(found[1]) - 1]


@pytest.mark.clause("KF-4")
@pytest.mark.parametrize(
    ("was", "now", "duty", "says"),
    [
        ('ends = "13:30"', 'ends = "13:40"', "afternoon", "重叠"),
        ('ends = "13:30"', 'ends = "13:20"', "afternoon", "没有人值班"),
        ('starts = "17:30"', 'starts = "12:30"', "night", "重叠"),
        ('ends = "18:00"', 'ends = "17:59"', "rest", "没有人值班"),
    ],
)
def test_duties_that_overlap_or_leave_a_gap_are_told_with_their_line(
    typed: Office, was: str, now: str, duty: str, says: str
) -> None:
    text = shipped("duties.toml").replace(was, now, 1)
    write(typed, "data/duties.toml", text)
    ran = typed.type("config", "check", json=True)
    assert ran.status == 3
    lines = text.splitlines()
    (fault,) = ran.json["faults"]
    assert says in fault["why"]
    assert lines[fault["line"] - 1] == "[[duty]]"
    named = {one for one in lines[fault["line"] :][:3] if one.startswith("name")}
    assert named == {f'name = "{duty}"'} or says == "重叠"


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ('held_by = ["guard"]', 'held_by = ["astronaut"]', "astronaut"),
        ('level = "C"', 'level = "Z"', "A B C D E"),
        ("relief = 15", 'relief = "early"', "relief"),
        ("handover_within = 30", "handover_within = 1440", "handover_within"),
        ('["desk", "duty_manager"]', '["desk", "gate"]', "gate"),
    ],
)
def test_what_a_duty_cannot_say_is_told(typed: Office, was: str, now: str, says: str) -> None:
    text = shipped("duties.toml")
    assert was in text
    write(typed, "data/duties.toml", text.replace(was, now, 1))
    ran = typed.type("config", "check")
    assert ran.status == 3
    assert says in ran.out


def test_a_row_with_a_comma_too_many_is_told_with_its_line(typed: Office) -> None:
    lines = shipped("posts.csv").splitlines()
    lines[2] += ",one,more"
    write(typed, "data/posts.csv", "\n".join(lines) + "\n")
    assert "data/posts.csv 第 3 行" in typed.type("config", "check").out


def test_every_fault_is_told_at_once(typed: Office) -> None:
    write(typed, "keys.toml", '[keys]\nmian = "f9"\nhelp = "f99"\n')
    write(typed, "data/dutys.toml", "")
    ran = typed.type("config", "check")
    assert len(ran.out.splitlines()) == 3


def test_an_office_that_is_no_folder_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "office").write_text("no folder")
    ran = Office(tmp_path / "office", capsys).type("status")
    assert (ran.status, "Errno" in ran.err, "要是一个文件夹" in ran.err) == (3, False, True)
