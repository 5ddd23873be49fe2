"""What is written wrongly is refused in one sentence of the user's language, with exit status 2.

- options, arguments, verbs, numbers, keys, states, moments
- a key is a UUID, in whatever way one is usually written
- moments: a day, words, what is over, what no calendar has
"""

import pytest

from tests.cli.lines import Office, typed
from wuye_tui.cli.context import NotAKey, key_of

__all__ = ["typed"]

KEY = "0b7f2b8c-3f0c-4f5e-9a51-5ad1a7c2a001"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (["repairs", "issue"], ["NUMBER", "wuye repairs issue --help"]),
        (["repairs", "isue"], ["没有动词「isue」", "issue", "wuye repairs --help"]),
        (["repairs", "list", "--overdu"], ["--overdu", "--overdue"]),
        (["repairs", "list", "--wings"], ["没有选项 --wings"]),
        (["repairs", "list", "--state"], ["--state 后面要写内容"]),
        (["repairs", "list", "--state", "flying"], ["flying", "registered 已登记"]),
        (["repairs", "list", "--limit", "many"], ["--limit 要写整数"]),
        (["repairs", "list", "--limit", "0"], ["--limit 要在 1 到 1000000 之间"]),
        (["repairs", "show", "PG-1", "PG-2"], ["多写了「PG-2」"]),
        (["repairs", "note", "PG-1", "--note", "x", "--seen", "abc"], ["--seen 要写整数"]),
        (["repairs", "note", "PG-1", "--note", "x", "--key", "7"], ["--key", "UUID", "「7」"]),
        (["repairs", "undo", "PG-1", "--key", "7"], ["--key", "UUID"]),
        (["duties", "start", "--key", "7"], ["--key", "UUID"]),
        (["staff", "add", "--number", "X1", "--name", "x", "--post", "x", "--key", "7"], ["UUID"]),
        (["audit", "export"], ["缺少 -o"]),
        (["status", "now"], ["多写了「now」"]),
    ],
)
def test_wrong_usage_is_one_sentence_that_says_where_to_look(
    typed: Office, line: list[str], says: list[str]
) -> None:
    ran = typed.type(*line)
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.strip().splitlines()) == 1
    assert all(word in ran.err for word in says), ran.err
    assert not any(word in ran.err for word in ("Usage", "Missing", "Invalid", "No such"))


@pytest.mark.parametrize("typed_key", [KEY, KEY.upper(), KEY.replace("-", "")])
def test_a_key_is_the_same_however_it_is_written(typed_key: str) -> None:
    assert key_of(typed_key) == KEY


@pytest.mark.parametrize("wrong", ["7", KEY[:-1], KEY + "0", f"{{{KEY}}}", KEY.replace("-", "", 1)])
def test_what_is_no_uuid_is_no_key(wrong: str) -> None:
    with pytest.raises(NotAKey, match="UUID"):
        key_of(wrong)
    assert key_of("") == ""


def test_a_repeat_with_the_key_in_capitals_does_nothing_twice(typed: Office) -> None:
    line = ["repairs", "register", "--unit", "3-1-502", "--text", "灯坏", "--key"]
    assert typed.done(*line, KEY) == typed.done(*line, KEY.upper())
    assert len(typed.done("repairs", "list")) == 1


def test_a_state_is_asked_for_by_its_word_or_its_code(typed: Office) -> None:
    typed.done("repairs", "register", "--unit", "3-1-502", "--text", "灯坏")
    assert len(typed.done("repairs", "list", "--state", "已登记")) == 1
    assert len(typed.done("repairs", "list", "--state", "registered")) == 1
    assert typed.done("repairs", "list", "--state", "issued") == []


@pytest.mark.clause("BX-9", "XX-4.3.7b")
@pytest.mark.parametrize(
    ("option", "said", "status", "says"),
    [
        ("--until", "2026-12-01", 0, "2026-12-01T08:30"),
        ("--until", "明天9点", 0, "2026-11-20T09:00"),
        ("--until", "2026-11-18", 1, "已经过去"),
        ("--until", "9:00", 1, "已经过去"),
        ("--until", "2026-02-30", 2, "没有「2026-02-30」"),
        ("--until", "soon", 2, "看不懂时间"),
        ("--at", "明天9点", 0, "2026-11-20T09:00"),
        ("--at", "2026-12-01T09:00:00+08:00", 0, "2026-12-01T09:00"),
        ("--at", "2026-12-01", 2, "几点"),
        ("--at", "9:00", 1, "已经过去"),
    ],
)
def test_moments_are_typed_as_people_say_them(
    typed: Office, option: str, said: str, status: int, says: str
) -> None:
    register = ["repairs", "register", "--unit", "3-1-502", "--text", "灯坏"]
    number = typed.done(*register)["number"]
    more = ["hold", number, "--hold", "parts"]
    if option == "--at":
        more = ["rebook", number, "--asked-by", "陈立"]
    ran = typed.type("repairs", *more, option, said)
    assert ran.status == status, ran.err
    if status:
        assert says in ran.err
        assert len(ran.err.strip().splitlines()) == 1
    else:
        name = option.removeprefix("--")
        assert typed.done("repairs", "show", number)["facts"][name].startswith(says)


def test_half_an_hour_after_midnight_ten_to_twelve_was_yesterday(typed: Office) -> None:
    typed.now = typed.now.replace(hour=23, minute=40)
    number = typed.done("repairs", "register", "--unit", "3-1-502", "--text", "灯坏")["number"]
    typed.done("repairs", "issue", number, "--charge", "public")
    typed.now = typed.now.replace(day=20, hour=0, minute=20)
    typed.done("repairs", "collect", number, "--name", "李强", "--happened", "23:50")
    step = typed.done("repairs", "show", number)["steps"][-1]
    assert step["happened_at"] == "2026-11-19T23:50:00+08:00"
