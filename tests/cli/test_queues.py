"""`wuye repairs list` by the filters that the console has."""

import pytest

from tests.cli.lines import Office, typed

__all__ = ["typed"]

PAID = ("--charge", "paid", "--tariff", "SX-03")


def numbers(found: list[dict[str, str]]) -> list[str]:
    return [row["number"] for row in found]


@pytest.fixture
def two(typed: Office) -> tuple[str, str]:
    """One at 3-1-502, issued; another at 3-2-502 by somebody else, held."""
    one, two = (
        str(
            typed.done("repairs", "register", "--unit", unit, "--text", "门坏了", staff=who)[
                "number"
            ]
        )
        for unit, who in (("3-1-502", "KF01"), ("3-2-502", "KF02"))
    )
    typed.done("repairs", "issue", one, *PAID)
    typed.done("repairs", "hold", two, "--hold", "parts")
    return one, two


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ([], (0, 1)),
        (["--mine"], (0,)),
        (["--holder", "kf02"], (1,)),
        (["--worker", "GC03"], ()),
        (["--unit", "3-2-502"], (1,)),
        (["--unit", "3栋2单元502"], (1,)),
        (["--unit", "3-1"], (0,)),
        (["--unit", "三栋"], (0, 1)),
        (["--unit", "3-1-50"], ()),
        (["--state", "已开单"], (0,)),
        (["--state", "registered"], (1,)),
        (["--held"], (1,)),
        (["--department", "engineering"], (0, 1)),
        (["--department", "工程管理部", "--mine"], (0,)),
        (["--department", "cleaning"], ()),
        (["--overdue"], ()),
        (["--state", "registered", "--unit", "3-1"], ()),
    ],
)
def test_the_same_filters_as_at_the_console(
    typed: Office, two: tuple[str, str], line: list[str], wanted: tuple[int, ...]
) -> None:
    assert set(numbers(typed.done("repairs", "list", *line))) == {two[n] for n in wanted}


def test_that_there_are_more_is_said_beside_the_list(typed: Office, two: tuple[str, str]) -> None:
    cut = typed.type("repairs", "list", "--limit", "1")
    assert cut.status == 0
    assert sum(number in cut.out for number in two) == 1
    assert "只列了前 1 张，还有更多" in cut.err
    whole = typed.type("repairs", "list", "--limit", "2")
    assert "还有更多" not in whole.err


def test_a_department_that_there_is_not_is_named_with_those_there_are(typed: Office) -> None:
    ran = typed.type("repairs", "list", "--department", "wings")
    assert (ran.status, ran.out) == (2, "")
    assert "没有部门「wings」" in ran.err
    assert "engineering 工程管理部" in ran.err


def test_what_happened_yesterday_is_entered_as_people_say_it(
    typed: Office, two: tuple[str, str]
) -> None:
    one = two[0]
    typed.done("repairs", "notify", one, "--whom", "工程部", "--how", "phone")
    typed.done("repairs", "collect", one, "--collector", "GC03")
    typed.done("repairs", "assign", one, "--worker", "GC03", "--by", "GC01")
    refused = typed.type("repairs", "arrive", one, "--happened", "瞎写")
    assert refused.status == 2
    assert "昨晚11点、10分钟前" in refused.err
    early = typed.type("repairs", "arrive", one, "--happened", "昨晚11点")
    assert early.status == 1
    assert "时间早于上一步" in early.err
    typed.done("repairs", "arrive", one, "--happened", "刚才")
    [*_steps, last] = typed.done("repairs", "show", one)["steps"]
    assert last["verb"] == "arrive"
