"""`wuye calls`: where nobody can be asked, what is doubtful is said, and nothing is guessed.

* a time that cannot be, or that is over
* units that are open, unknown, or given twice
* what is open there already
* keys, channels and categories that are none
"""

import pytest

from tests.cli.lines import Office, typed
from tests.desks import settings_for
from tests.registers.lines_taken import drives
from wuye_tui.cli import calls as _read_in_chinese  # before a test that speaks English does
from wuye_tui.desk import open_desk
from wuye_tui.rules.clock import StoppedClock

__all__ = ["_read_in_chinese", "typed"]

KEY = "0b7f2b8c-3f0c-4f5e-9a51-5ad1a7c2a001"


def _slips(office: Office) -> list[str]:
    return [slip["number"] for slip in office.done("repairs", "list")]


def _calls(office: Office) -> list[str]:
    return [call["number"] for call in office.done("calls", "list")]


@pytest.mark.parametrize(
    ("when", "said"),
    [("25点", "25点"), ("13月5号", "13月5号"), ("昨天9点", "昨天9点"), ("9点来", "9点来")],
)
def test_a_time_that_cannot_be_is_said_and_the_words_are_written_as_typed(
    typed: Office, when: str, said: str
) -> None:
    ran = typed.type("calls", "add", "--line", f"3-1-502 灯坏 {when}")
    assert ran.status == 0
    [told] = [line for line in ran.err.splitlines() if f"「{said}」" in line]
    assert "没有当作预约" in told
    shown = typed.done("repairs", "show", ran.out.strip())
    assert shown["summary"] == f"灯坏 {when}"


def test_a_time_that_can_be_is_not_spoken_of(typed: Office) -> None:
    ran = typed.type("calls", "add", "--line", "3-1-502 灯坏 明天9点")
    assert (ran.status, len(ran.err.splitlines())) == (0, 1)


def test_a_doubt_is_said_in_the_users_language_only_beside_the_result(typed: Office) -> None:
    ran = typed.type("calls", "add", "--line", "3-1-502 灯坏 25点", "--lang", "en", json=True)
    assert ran.status == 0
    assert ran.json["number"] == "PG-20261119-001"
    assert "25点" in ran.err


def test_parse_lists_what_has_to_be_asked(typed: Office) -> None:
    read = typed.done("calls", "parse", "3-1-502 灯坏 25点")
    assert (read["asks"], read["impossible"]) == (["impossible_time"], True)
    assert {"start": 11, "end": 14, "what": "impossible_time"} in read["spans"]
    assert typed.done("calls", "parse", "3-1-502 灯坏 昨天9点")["asks"] == ["past"]
    read = typed.done("calls", "parse", "502 灯坏")
    assert (read["asks"], read["choices"]) == (["building"], ["3-1-502", "3-2-502"])


@pytest.mark.parametrize("line", ["502 灯坏", "3栋502 灯坏"])
def test_units_that_are_open_are_printed_and_nothing_is_written(typed: Office, line: str) -> None:
    ran = typed.type("calls", "add", "--line", line)
    assert (ran.status, ran.out) == (2, "")
    assert "3-1-502、3-2-502" in ran.err
    assert "--unit" in ran.err
    assert (_calls(typed), _slips(typed)) == ([], [])
    number = typed.done("calls", "add", "--line", line, "--unit", "3-2-502")["number"]
    assert typed.done("repairs", "show", number)["unit"] == "3-2-502"


def test_a_number_that_one_unit_has_is_taken_for_it_and_said(typed: Office) -> None:
    ran = typed.type("calls", "add", "--line", "1203 灯坏")
    assert "「1203」只有 12-1-1203 一户" in ran.err
    assert typed.done("repairs", "show", ran.out.strip())["unit"] == "12-1-1203"
    assert "只有" not in typed.type("calls", "add", "--line", "12-1-1203 灯坏").err


def test_a_unit_given_against_the_line_is_refused(typed: Office) -> None:
    ran = typed.type("calls", "add", "--line", "3-1-502 灯坏", "--unit", "5-1-101")
    assert (ran.status, ran.out) == (2, "")
    assert "3-1-502" in ran.err
    assert "5-1-101" in ran.err
    assert (_calls(typed), _slips(typed)) == ([], [])


@pytest.mark.parametrize(
    "given",
    [
        ["--line", "9-9-999 灯坏"],
        ["--text", "灯坏", "--unit", "9-9-999", "--category", "repair"],
        ["--line", "灯坏", "--unit", "9-9-999"],
        ["--line", "问物业费", "--unit", "9-9-999"],
    ],
)
def test_an_unknown_unit_is_one_sentence_and_writes_nothing(
    typed: Office, given: list[str]
) -> None:
    ran = typed.type("calls", "add", *given)
    assert (ran.status, ran.out) == (4, "")
    assert len(ran.err.strip().splitlines()) == 1
    assert "9-9-999" in ran.err
    assert (_calls(typed), _slips(typed)) == ([], [])


def test_a_question_from_an_unknown_unit_is_written_down_and_the_unit_doubted(
    typed: Office,
) -> None:
    ran = typed.type("calls", "add", "--line", "9-9-999 问物业费")
    assert ran.status == 0
    assert "9-9-999" in ran.err
    assert typed.done("calls", "show", ran.out.strip())["unit"] == ""


def test_a_slip_of_the_same_trade_is_named_with_the_way_to_join_it(typed: Office) -> None:
    first = typed.done("calls", "add", "--line", "3-1-502 水龙头漏水")["number"]
    again = typed.type("calls", "add", "--line", "3-1-502 卫生间漏水")
    assert again.status == 0
    assert again.out.strip() != first
    assert f"wuye repairs join {first}" in again.err
    assert "已开单" in again.err
    fields = ["--unit", "3-1-502", "--category", "repair", "--text", "漏水"]
    assert f"wuye repairs join {first}" in typed.type("calls", "add", *fields).err
    for other in (["--line", "3-1-502 门锁坏了"], ["--line", "3-2-502 漏水"]):
        assert "repairs join" not in typed.type("calls", "add", *other).err


def test_a_repeat_with_one_key_does_not_warn_of_itself(typed: Office) -> None:
    line = ["calls", "add", "--line", "3-1-502 水龙头漏水", "--key", KEY]
    first = typed.done(*line)
    again = typed.type(*line, json=True)
    assert again.json == first
    assert "repairs join" not in again.err


@pytest.mark.parametrize(
    ("option", "typed_as", "known"),
    [
        ("--key", "k-1", "UUID"),
        ("--channel", "fax", "wechat=微信"),
        ("--category", "gossip", "complaint=投诉"),
    ],
)
@pytest.mark.parametrize("what", [["--line", "3-1-502 灯坏"], ["--text", "问事"]])
def test_what_is_no_key_channel_or_category_is_said_with_those_that_are(
    typed: Office, what: list[str], option: str, typed_as: str, known: str
) -> None:
    ran = typed.type("calls", "add", *what, option, typed_as)
    assert (ran.status, ran.out) == (2, "")
    assert f"「{typed_as}」" in ran.err
    assert known in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert _calls(typed) == []


def test_one_key_in_two_spellings_is_one_call(typed: Office) -> None:
    first = typed.done("calls", "add", "--text", "问事", "--key", KEY)
    assert (
        typed.done("calls", "add", "--text", "问事", "--key", KEY.upper().replace("-", "")) == first
    )
    assert len(_calls(typed)) == 1


def test_a_caller_given_by_option_is_written(typed: Office) -> None:
    done = typed.done("calls", "add", "--line", "3-1-502 灯坏", "--caller", "陈立")
    assert typed.done("calls", "show", done["contact"])["name"] == "陈立"


def test_the_first_word_of_the_line_says_by_what_it_came(typed: Office) -> None:
    assert typed.done("calls", "parse", "微信 3-1-502 灯坏")["channel"] == "wechat"
    typed.done("calls", "add", "--line", "12345 3-1-502 灯坏 工单778 3日内回复")
    typed.done("calls", "add", "--line", "微信 3-1-501 灯坏", "--channel", "visit")
    typed.done("calls", "add", "--text", "来办证", "--channel", "visit")
    typed.done("calls", "add", "--text", "问路")
    calls = typed.done("calls", "list")
    assert sorted(call["channel"] for call in calls) == ["12345", "phone", "visit", "visit"]
    [slip, _other] = sorted(typed.done("repairs", "list"), key=lambda slip: slip["number"])
    assert slip["summary"] == "灯坏 工单778 3日内回复", "the channel is no part of the slip's words"


def test_what_is_left_for_the_morning_opens_nothing(typed: Office) -> None:
    done = typed.done("calls", "add", "--line", "3-1-502 窗户关不严", "--tomorrow")
    assert done["number"] == ""
    typed.done("calls", "add", "--text", "路灯不亮", "--category", "repair", "--tomorrow")
    assert _slips(typed) == []
    assert [call["outcome"] for call in typed.done("calls", "list")] == ["tomorrow", "tomorrow"]


@pytest.mark.parametrize(
    "said",
    [
        ("--line", "3-1-502 电梯困人了"),
        ("--text", "电梯困人了"),
        ("--unit", "3-1-502", "--category", "help", "--text", "家里着火了"),
    ],
)
def test_an_emergency_is_not_left_for_the_morning(typed: Office, said: tuple[str, ...]) -> None:
    ran = typed.type("calls", "add", *said, "--tomorrow")
    assert ran.status == 1
    assert "紧急的事不能留到早上" in ran.err
    assert _calls(typed) == []


def test_the_help_says_that_a_line_which_cancels_does_so_at_once(typed: Office) -> None:
    ran = typed.type("calls", "add", "--help")
    assert "催单、取消、改约立即生效，不再问" in " ".join(ran.out.split())


def test_a_plate_names_its_owner_with_the_number_masked(typed: Office) -> None:
    desk = open_desk(settings_for(typed.home), StoppedClock(typed.now)).as_staff("KF01")
    drives(desk, "林芳", "粤B12345")
    desk.engine.dispose()
    read = typed.done("calls", "parse", "挪车 粤B12345")
    assert read["kind"] == "car"
    [car] = read["cars"]
    assert (car["name"], car["unit"], car["phone"]) == ("林芳", "3-1-501", "138****2345")


def test_a_line_that_cancels_needs_no_new_slip(typed: Office) -> None:
    slip = typed.done("calls", "add", "--line", "3-1-502 灯坏")["number"]
    done = typed.done("calls", "add", "--line", "3-1-502那张单取消")
    assert (done["number"], done["state"]) == (slip, "cancelled")


def test_an_answer_by_a_notice_keeps_what_was_said(typed: Office) -> None:
    number = typed.done(
        "notices", "register", "--subject", "water", "--department", "engineering",
        "--text", "停水",
    )["number"]  # fmt: skip
    typed.done("notices", "answer", number, "--phone", "13911112222", "--text", "几点来水")
    (call,) = typed.done("calls", "list")
    assert (call["words"], call["phone"]) == ("几点来水", "139****2222")


def test_a_complaint_about_what_is_broken_names_both_numbers(typed: Office) -> None:
    ran = typed.type("calls", "add", "--line", "3-1-502 楼上天花板漏水，我要投诉")
    assert ran.out.strip() == "PG-20261119-001"
    assert "同时建立了 TS-20261119-001。" in ran.err


def test_a_question_is_noted_as_answered_once(typed: Office) -> None:
    number = typed.type("calls", "add", "--line", "3-1-502 停水到几点").out.strip()
    assert typed.type("calls", "answered", number).out.strip() == number
    again = typed.type("calls", "answered", number)
    assert again.status != 0
    assert "没有等着答复的问题" in again.err
