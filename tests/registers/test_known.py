"""What the registers answer to a question in a line, and a question that asks nothing.

* an item of the tariff by its keywords or name, never the one that stands in for others
* a number of the directory by the part of its name that is asked for
* one question to the database at most, and none for what is no enquiry
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, insert

from tests.registers.lines_taken import last, typed
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, directory, hearing, known, proposals
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Tariff

ITEMS = (
    ("FW-02", "上门检测", "次", 200_000, "检测 *"),
    ("FW-03", "补门禁卡", "张", 200_000, "门禁卡 补卡"),
    ("MC-02", "换锁芯", "", 600_500, ""),
)
NUMBERS = (
    ("消防", "119", "", "全天"),
    ("电梯救援", "023-55501011", "13800009002", "全天"),
    ("电梯维保", "023-55501012", "", "8-18时"),
    ("水泵维保", "023-55501015", "", ""),
    ("消防控制室", "8002", "", "全天"),
)


@pytest.fixture
def informed(desk: Desk) -> Desk:
    def put(act: Act) -> Result:
        for code, name, per, price, keywords in ITEMS:
            row = {"code": code, "name": name, "price": price, "keywords": keywords}
            act.session.execute(insert(Tariff).values(site=desk.site, unit_word=per, **row))
        for name, phone, second, hours in NUMBERS:
            directory.put(act, name, phone=phone, second=second, hours=hours, kind="service")
        return {}

    desk.perform("put", put)
    return desk


@contextmanager
def asked(desk: Desk) -> Iterator[list[str]]:
    """The questions to the database meanwhile."""
    found: list[str] = []

    def hear(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(desk.engine, "before_cursor_execute", hear)
    yield found
    event.remove(desk.engine, "before_cursor_execute", hear)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("补门禁卡多少钱", "FW-03 补门禁卡 20.00 元/张"),
        ("3-1-502 门禁卡怎么收费", "FW-03 补门禁卡 20.00 元/张"),
        ("换锁芯多少钱", "MC-02 换锁芯 60.05 元"),
        ("上门检测多少钱", ""),
        ("问物业费", ""),
        ("电梯维保电话多少", "电梯维保 023-55501012 8-18时"),
        (
            "请问电梯的电话是多少",
            "电梯救援 023-55501011 13800009002 全天、电梯维保 023-55501012 8-18时",
        ),
        ("消防电话多少", "消防 119 全天"),
        ("维保电话多少", "电梯维保 023-55501012 8-18时、水泵维保 023-55501015"),
        ("开锁电话是多少", ""),
        ("物业电话多少", ""),
        ("3-1-502 门禁卡坏了", ""),
    ],
)
def test_an_answer_that_is_known_is_shown(informed: Desk, line: str, answer: str) -> None:
    assert hearing.understand(informed, line).known == answer


def test_of_more_numbers_than_two_none_is_meant(informed: Desk) -> None:
    informed.perform(
        "put", lambda act: directory.put(act, "消防维保", phone="8003", kind="service")
    )
    assert hearing.understand(informed, "维保电话多少").known == ""


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("补门禁卡多少钱", 1),
        ("电梯维保电话多少", 1),
        ("3-1-502 门禁卡怎么收费", 1),
        ("我想问一下", 0),
        ("3-1-502 门禁卡坏了", 0),
        ("3-1-502 投诉保洁不打扫", 0),
        ("3-1-502 催单", 0),
    ],
)
def test_it_costs_one_question_and_only_where_something_is_asked(
    informed: Desk, line: str, more: int
) -> None:
    with asked(informed) as before:
        proposals.understand(informed, line)
    with asked(informed) as now:
        hearing.understand(informed, line)
    assert len(now) - len(before) == more


@pytest.mark.parametrize(
    "line",
    ["喂你好我想问一下", "我想问", "问一下", "请问一下", "有人吗", "3-1-502 我想咨询一下",
     "微信 问个事"],
)  # fmt: skip
def test_a_question_that_asks_nothing_is_not_answered(any_desk: Desk, line: str) -> None:
    assert known.NOTHING_ASKED in hearing.understand(any_desk, line).asks
    typed(any_desk, line)
    row = last(any_desk)
    assert (row.category, row.outcome, row.is_answered) == ("enquiry", "unanswered", False)
    assert contacts.counted(any_desk, row.number, any_desk.now()) == ("enquiry", 1)


@pytest.mark.parametrize("line", ["问物业费", "我想问停车费", "你们几点下班", "问下门禁卡"])
def test_a_question_about_something_is(desk: Desk, line: str) -> None:
    assert hearing.understand(desk, line).asks == ()
    typed(desk, line)
    assert last(desk).is_answered
