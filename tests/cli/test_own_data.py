"""An office's own files: laid out once, never overwritten; what a new version changed is told."""

from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from wuye_tui import own_data

__all__ = ["typed"]


def newer(monkeypatch: pytest.MonkeyPatch, name: str, more: str) -> None:
    """A version of the program whose file has another line."""
    ours = own_data.shipped

    def shipped(asked: str) -> bytes:
        return ours(asked) + (more.encode() if asked == name else b"")

    monkeypatch.setattr(own_data, "shipped", shipped)


def test_a_new_office_has_its_own_files_and_all_of_them_are_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = Office(tmp_path / "new", capsys)
    ran = new.type("init", "--training", "--site", "金桂园", "--admin", "A001", "--name", "张敏")
    assert ran.status == 0, ran.err
    assert str(new.home / "data") in ran.err
    for name in own_data.EDITED:
        assert (new.home / "data" / name).read_bytes() == own_data.shipped(name)
    checked = new.type("config", "check", json=True).json
    assert checked["clean"] is True
    assert len(checked["files"]) == len(own_data.EDITED)


def test_what_an_office_has_written_is_never_overwritten(typed: Office) -> None:
    own = typed.home / "data" / "phrases.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("# ours\n", "utf-8")
    laid = own_data.lay_out(typed.home)
    assert "phrases.toml" not in laid
    assert own_data.lay_out(typed.home) == ()
    assert own.read_text("utf-8") == "# ours\n"
    assert typed.type("upgrade").status == 0
    assert own.read_text("utf-8") == "# ours\n"


def test_an_upgrade_says_what_the_program_has_changed_and_leaves_the_office_its_own(
    typed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data.lay_out(typed.home)
    own = typed.home / "data" / "phrases.toml"
    own.write_text(own.read_text("utf-8") + "# ours\n", "utf-8")
    assert "phrases.toml" not in typed.type("upgrade").err
    newer(monkeypatch, "phrases.toml", "# newer\n")
    ran = typed.type("upgrade")
    assert "phrases.toml" in ran.err
    assert "wuye config changes" in ran.err
    (found,) = [one for one in typed.done("config", "changes") if one["name"] == "phrases.toml"]
    assert (found["is_edited"], found["has_news"]) == (True, True)
    told = typed.type("config", "changes", "phrases.toml").out
    assert "+# newer" in told
    assert "# ours" not in told, "what the office wrote is not the program's change"
    assert own.read_text("utf-8").endswith("# ours\n")
    assert typed.type("config", "keep", "phrases.toml").status == 0
    assert "phrases.toml" not in typed.type("upgrade").err
    assert own.read_text("utf-8").endswith("# ours\n")


def test_taking_the_programs_file_keeps_the_offices_beside_it(
    typed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data.lay_out(typed.home)
    own = typed.home / "data" / "duties.toml"
    own.write_text("# ours\n", "utf-8")
    newer(monkeypatch, "duties.toml", "# newer\n")
    ran = typed.type("config", "take", "duties.toml")
    assert ran.status == 0
    assert own.read_bytes() == own_data.shipped("duties.toml")
    kept = typed.home / "data" / own_data.HIDDEN / "duties.toml.before"
    assert kept.read_text("utf-8") == "# ours\n"
    assert str(kept) in ran.err


@pytest.mark.parametrize("verb", ["take", "keep", "changes"])
def test_a_file_that_is_nobodys_to_edit_is_refused(typed: Office, verb: str) -> None:
    ran = typed.type("config", verb, "clauses.csv")
    assert (ran.status, ran.out) == (4, "")
    assert "phrases.toml" in ran.err


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("tariff.csv", "编号,项目,人工费\nSX-01,换龙头,三十\n", 2, "人工费"),
        ("directory.csv", "名称,电话\n供水,abc\n", 2, "电话"),
        ("checklists.toml", '[[tool]]\nname = "对讲机"\n', 1, "count"),
        ("checklists.toml", '[[tool]]\nname = "对讲机"\ncount = 0\n', 3, "大于 0"),
        ("signs.toml", '[[sign]]\nsign = "小心地滑"\nwhere = "地上"\n', 1, "words"),
        ("signs.toml", '[[sign]]\nsign = "牌"\nwhere = "地上"\nwords = [""]\n', 4, "空的词"),
    ],
)
def test_a_fault_in_them_is_told_with_file_and_line(
    typed: Office, name: str, text: str, line: int, says: str
) -> None:
    path = typed.home / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    ran = typed.type("config", "check", json=True)
    assert ran.status == 3
    (fault,) = ran.json["faults"]
    assert (fault["file"], fault["line"]) == (f"data/{name}", line)
    assert says in fault["why"]


@pytest.mark.clause("KF-11")
def test_the_tools_and_items_of_a_handover_are_the_offices_own(typed: Office) -> None:
    found = typed.done("duties", "checklist", "--post", "night")
    assert "阀门钥匙" in found["items"]["night"]
    assert {"name": "对讲机", "count": 6, "note": "", "post": "desk"} in found["tools"]
    assert "水泵房水位" in typed.type("duties", "checklist").out
    ran = typed.type("duties", "checklist", "--post", "garden")
    assert (ran.status, "desk" in ran.err) == (2, True)
