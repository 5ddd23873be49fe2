"""Layouts: an office's own wins; one that is wrong is told with its line and never used."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories import a_repair
from wuye_tui.desk import Desk
from wuye_tui.paper import layouts
from wuye_tui.paper.blocks import Sheet
from wuye_tui.paper.forms import FORMS, known
from wuye_tui.paper.layouts import BadLayout, Layouts
from wuye_tui.paper.papers import Papers, sample
from wuye_tui.paper.plain import text_of
from wuye_tui.reference import Reference

SLIP = known("slip")


def lay(desk: Desk, name: str, text: str) -> Path:
    path = desk.settings.home / "data" / "layouts" / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def filled(text: str, **facts: Any) -> list[Sheet]:
    return layouts.parse(layouts.compiled("x", text).render(facts))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_form_has_a_layout_that_can_be_filled_in_with_nothing(form: Any) -> None:
    text = Reference().text(layouts.file_of(form.name))
    layouts.tried(form.name, text, sample(form.name))


def test_an_offices_own_layout_is_used(desk: Desk) -> None:
    lay(desk, "slip", "# 我们的单 {{ number }}\n| 电话 | {{ phone }} |\n")
    number = a_repair(desk)
    papers = Papers(desk, full=True)
    assert text_of(papers.filled(SLIP, number)).split() == [
        "我们的单", number, "-" * 78, "电话", "13800001234", "-" * 78,
    ]  # fmt: skip
    assert papers.layouts.faults == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# 单\n{% if number %}\n| 单号 |\n", 3),
        ("# 单\n\n{{ nubmer }}\n", 3),
        ("# 单\n{{ 1 / 0 }}\n", 2),
        ("# {{ number.__class__.__mro__ }}\n", 1),
        ("# 单\n{% for x in %}\n", 2),
    ],
)
def test_a_wrong_layout_is_told_with_its_line_and_the_programs_own_is_used(
    desk: Desk, text: str, line: int
) -> None:
    lay(desk, "slip", text)
    number = a_repair(desk)
    papers = Papers(desk)
    for _turn in range(2):
        assert "报修内容" in text_of(papers.filled(SLIP, number))
    (fault,) = papers.layouts.faults
    assert (fault.file, fault.number) == ("layouts/slip.txt", line)
    assert f"第 {line} 行" in fault.line


def test_a_layout_that_is_no_text_is_told_too(desk: Desk) -> None:
    lay(desk, "slip", "").write_bytes(b"\xff\xfe\x00")
    papers = Papers(desk)
    assert "报修内容" in text_of(papers.filled(SLIP, a_repair(desk)))
    assert len(papers.layouts.faults) == 1


def test_words_of_people_are_no_template_and_no_mark() -> None:
    hostile = "{{ 7 * 7 }}{% raw %}|=== #<b>&amp;\n-- x"
    (sheet,) = filled("| 内容 | {{ words }} |\n{{ words }}", words=hostile)
    assert sheet[0].cells == ("内容", hostile)
    assert sheet[1].cells == (hostile,)


def test_an_office_may_use_macros_and_lists_of_its_own() -> None:
    text = (
        "{% macro row(label, value) %}| {{ label }} | {{ value }} |{% endmacro %}\n"
        "{{ row('内容', words) }}\n| 全部 | {{ many | join('、') }} |"
    )
    (sheet,) = filled(text, words="a|b", many=["c|d", "<e>"])
    assert [block.cells for block in sheet] == [("内容", "a|b"), ("全部", "c|d、<e>")]


def test_the_programs_own_layout_is_never_excused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reference, "text", lambda _self, _name: "{% if %}")
    with pytest.raises(BadLayout):
        Layouts(desk.reference).filled("slip", {})
