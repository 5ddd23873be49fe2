"""What one column's name means: a field, and whose it is where the name says so.

业主电话 is the owner's, 租户电话 the tenant's, and so are days that only one of them has: nobody
but a tenant has 起租日期, nobody but an owner 收房日期.
"""

import re
from collections.abc import Mapping
from typing import Final

from wuye_tui.intake.terms import PersonRole, fold

Meaning = tuple[str, PersonRole | None]
"""A field, and whose it is where the name says so."""

WHOSE: Final = re.compile(
    r"(?P<owner>业主|产权人|所有权人|房主|房东|户主)|(?P<tenant>租户|租客|承租人|承租方|租赁人|使用人)"
    r"|(?P<family>家属|家庭成员|家人|成员)|(?P<emergency>紧急联系人|应急联系人|紧急联络人|紧急)"
)
_STRANGER: Final = re.compile(
    r".{0,4}(?:负责人|经办人|经手人|登记人|受理人|填表人|介绍人|代办人|代理人|委托人|担保人|监护人"
    r"|经纪人|经纪公司|中介|中介公司|业务员|施工人|施工方|施工队|施工单位|装修队|装修公司|装修单位"
    r"|装饰公司|工长|设计师|项目经理|管家|楼管|客服|客服专员)(?:姓名|名称)?"
)
_NEW: Final = re.compile(
    "(?:新(?!业主|产权人|所有权人|房主)|变更后|更新后|更改后|更换后)的?"
    "(?=.*(?:电话|手机|号码|联系方式))"
)
OF_SOMEBODY: Final = frozenset(("name", "phone", "phone2", "since", "until", "plate", "identity"))
_NEW_OWNER: Final = re.compile("新(?=业主|产权人|所有权人|房主)")
"""In a list of sales the new owner is the owner."""
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NO_NAME: Final = re.compile(r"[*:_.\-/'\"]|(?:m2|平方米|必填)$")
_PARTS: Final = re.compile("套内|公摊|分摊|建筑|产权|计费|合计")
_OWN_DAYS: Final[Mapping[str, Meaning]] = {
    **dict.fromkeys(
        (
            "起租日期", "起租时间", "起租日", "租期起", "租期开始", "租赁开始日期", "租赁起始日期",
            "租赁起始日", "租住日期", "租住时间", "承租日期", "出租日期", "租入日期",
        ),
        ("since", PersonRole.TENANT),
    ),
    **dict.fromkeys(
        ("退租日期", "退租时间", "退租日", "退房日期", "退房时间"), ("until", PersonRole.TENANT)
    ),
    **dict.fromkeys(
        (
            "收房日期", "收房时间", "收楼日期", "收楼时间", "入伙日期", "入伙时间", "交房日期",
            "交房时间", "接房日期", "接房时间",
        ),
        ("since", PersonRole.OWNER),
    ),
}  # fmt: skip


def meaning(bare: str, group: str, fields: Mapping[str, str], of_people: bool) -> Meaning | None:
    """What a bare name below a group title means; None for nothing.

    面积 above 套内 and 建筑 makes 套内面积 and 建筑面积 of them.
    """
    found = fields.get(bare) or fields.get(bare + group) or fields.get(group + bare)
    if not of_people:
        found = fields.get(group + bare) or found  # 读数 below 上期 and below 本期
        return (found, None) if found else None
    if _NEW_OWNER.match(bare):
        return meaning(bare[1:], group, fields, of_people)
    if found is None:  # 新电话, 业主新电话; 原电话 is none
        bare = _NEW.sub("", bare)
        found = fields.get(bare) or fields.get(f"新{bare}")
    begins = WHOSE.match(bare)
    rest = bare[begins.end() :].lstrip("的") if begins else bare
    if days := _OWN_DAYS.get(rest):
        return days[0], PersonRole(str(begins.lastgroup)) if begins else days[1]
    if found is None and begins:
        found = fields.get(rest) if rest else "name"
        found = found if found in OF_SOMEBODY else None
    if found is None:
        return None
    whose = begins or WHOSE.match(group)
    mine = found in OF_SOMEBODY and whose is not None and whose.lastgroup
    return found, PersonRole(mine) if mine else None


def is_stranger(word: str) -> bool:
    """Whether a column names somebody who is none of the home: 负责人, 中介, 装修公司."""
    return bool(_STRANGER.fullmatch(bare(word)))


def is_new(word: str) -> bool:
    """Whether it is the telephone that takes the place of another: 新电话, 变更后号码."""
    return bool(_NEW.search(bare(word)))


def is_divided(word: str, group: str) -> bool:
    """Whether a name divides the area above it, of which only a part is asked for."""
    return "面积" in group and word != group and bool(_PARTS.search(word))


def bare(word: str) -> str:
    """A column's name without what is put around it: `*房 号(必填)` is 房号."""
    found = _IN_BRACKETS.sub("", fold(word))
    while (shorter := _NO_NAME.sub("", found)) != found:
        found = shorter
    return found
