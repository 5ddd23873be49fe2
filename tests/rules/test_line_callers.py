"""Callers whose surname is a word as well, and whose home they speak of."""

import pytest

from tests.rules.lines_read import understood
from wuye_tui.rules.units_text import Role, is_called

CALLERS = [
    ("2-1-304 单先生 门禁坏了", "单先生", "门禁坏了"),
    ("单先生 2-1-304 门禁坏了", "单先生", "门禁坏了"),
    ("2-1-304单先生 门禁坏了", "单先生", "门禁坏了"),
    ("2-1-304 仇女士 灯坏", "仇女士", "灯坏"),
    ("2-1-304 查阿姨 灯坏", "查阿姨", "灯坏"),
    ("2-1-304 盖大爷 灯坏", "盖大爷", "灯坏"),
    ("纪小姐 2-1-304 灯坏", "纪小姐", "灯坏"),
    ("2-1-304 解奶奶 灯坏", "解奶奶", "灯坏"),
    ("2-1-304 席太太灯坏", "席太太", "灯坏"),
    ("2-1-304 乐女士来电说 灯坏", "乐女士", "灯坏"),
    ("2-1-304 简叔叔 灯坏", "简叔叔", "灯坏"),
    ("2-1-304 高先生 灯坏", "高先生", "灯坏"),
    ("2-1-304 金爷爷 灯坏", "金爷爷", "灯坏"),
    ("2-1-304 水先生 水管漏水", "水先生", "水管漏水"),
    ("2-1-304 灯坏 关先生", "关先生", "灯坏"),
    # whose home it is
    ("何奶奶家暖气不热", "何奶奶", "暖气不热"),
    ("2-1-304 何奶奶家暖气不热", "何奶奶", "暖气不热"),
    ("何奶奶家的暖气不热", "何奶奶", "暖气不热"),
    ("2-1-304 单先生的门锁坏了", "单先生", "门锁坏了"),
    ("2-1-304 黄阿姨家马桶堵了", "黄阿姨", "马桶堵了"),
    ("2-1-304 黄阿姨家门打不开", "黄阿姨", "门打不开"),
    ("2-1-304 黄阿姨家里漏水", "黄阿姨", "家里漏水"),
    ("2-1-304 黄阿姨家具坏了", "黄阿姨", "家具坏了"),
    # who says who they are
    ("我是区小慧 马桶堵了", "区小慧", "马桶堵了"),
    ("2-1-304 我叫陈立 马桶堵了", "陈立", "马桶堵了"),
    ("2-1-304 你好，我是陈立，马桶堵了", "陈立", "马桶堵了"),
    ("2-1-304 我姓陈 灯坏了", "姓陈", "灯坏了"),
    ("2-1-304 灯坏了 我姓单", "姓单", "灯坏了"),
    ("2-1-304 买买提·阿不都热合曼 灯坏了", "买买提·阿不都热合曼", "灯坏了"),
    ("2-1-304 灯坏了 我是买买提·艾力", "买买提·艾力", "灯坏了"),
]


@pytest.mark.parametrize(("line", "caller", "words"), CALLERS)
def test_a_surname_that_is_a_word_with_a_title_is_a_caller(
    line: str, caller: str, words: str
) -> None:
    u = understood(line)
    assert u.caller is not None
    assert (u.caller.name, u.words, u.kind) == (caller, words, "repair")


def test_a_role_before_it_is_kept() -> None:
    u = understood("业主单先生 2-1-304 灯坏")
    assert u.caller is not None
    assert (u.caller.name, u.caller.role) == ("单先生", Role.OWNER)


@pytest.mark.parametrize(
    "line",
    ["单元门坏了", "高压线掉了", "简单修一下灯", "水师傅来了 灯坏", "解师傅上次修的灯坏了",
     "盖板坏了", "查一下物业费", "车库门坏了", "管道堵了", "花小姐姐养的狗叫", "投诉单先生太吵",
     "表扬纪老师", "楼上单先生家漏水", "保洁阿姨没扫", "老奶奶摔倒了", "奶奶家暖气不热",
     "门打不开 找单先生", "仇师傅来修过", "王阿姨家漏水到我家天花板了", "李先生家空调滴水到我阳台",
     "我是楼上 漏水", "我是新来的 灯坏", "我是门锁坏了", "我姓什么不重要 灯坏", "灯不亮·门坏了"],
)  # fmt: skip
def test_a_word_is_no_caller_nor_is_somebody_else(line: str) -> None:
    u = understood(f"2-1-304 {line}")
    assert u.caller is None
    assert u.kind == "complaint" or u.words == line


def test_such_a_caller_is_known_by_the_surname() -> None:
    assert is_called("单先生", "单志强")
    assert not is_called("单先生", "陈立")
    assert is_called("姓单", "单志强")
    assert not is_called("姓单", "陈立")


def test_whose_home_is_noisy_does_not_call() -> None:
    for line in ("2-1-304 王阿姨家装修太吵", "2-1-304 黄大爷家的狗一直叫"):
        u = understood(line)
        assert (u.kind, u.caller) == ("complaint", None)
