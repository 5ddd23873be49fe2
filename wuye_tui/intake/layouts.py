"""The columns of each noun, under all the names that offices give them, and where they stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wuye_tui.intake.cells import shown
from wuye_tui.intake.errors import MissingColumns, NoHeader, OtherTable, TwiceTheColumn
from wuye_tui.intake.files import Cell, NumberedRow
from wuye_tui.intake.terms import fold
from wuye_tui.rules.text import visible
from wuye_tui.words import N_, _, listed

WITHIN: Final = 10
"""The row of column names is looked for among so many rows."""


@dataclass(frozen=True)
class Column:
    """One field: its usual Chinese name, its other names (parted by blanks), whether needed."""

    field: str
    title: str
    names: str = ""
    needed: bool = False


_BUILDING = Column("building", N_("楼栋"), "栋 栋号 楼号 楼栋号 幢 幢号 座 楼 building block")
_ENTRANCE = Column("entrance", N_("单元"), "单元号 entrance stair")
_ROOM = Column(
    "room",
    N_("房号"),
    "房间号 房屋编号 房屋编码 房屋 室号 房间 门牌号 房屋号 室 room roomno unit unitno unitlabel",
    needed=True,
)
_PHONE = Column(
    "phone",
    N_("电话"),
    "手机 手机号 手机号码 联系电话 电话号码 联系方式 移动电话 phone mobile telephone tel",
)
REASON: Final = N_("原因")
"""The column that `write_bad_rows` adds; on the way back in it is passed over."""

LAYOUTS: Final[Mapping[str, tuple[Column, ...]]] = {
    "units": (
        _BUILDING,
        _ENTRANCE,
        _ROOM,
        Column("area", N_("建筑面积"), "面积 产权面积 房屋面积 计费面积 area"),
        Column("kind", N_("类型"), "房屋类型 物业类型 房屋用途 用途 业态 kind type"),
        Column("status", N_("状态"), "入住状态 房屋状态 使用状态 居住状态 入住情况 status"),
        Column(
            "warranty_until",
            N_("保修期至"),
            "保修到期 保修到期日 保修截止 保修截止日期 保修期限 质保期至 warrantyuntil warranty",
        ),
        Column("flags", N_("标记"), "提示 特别提示 注意事项 标签 flags"),
    ),
    "people": (
        _BUILDING,
        _ENTRANCE,
        _ROOM,
        Column("name", N_("姓名"), "业主姓名 住户姓名 客户姓名 业主 住户 联系人 name", needed=True),
        Column("role", N_("身份"), "关系 与业主关系 住户类型 人员类型 客户类型 类型 role"),
        _PHONE,
        Column("since", N_("入住日期"), "入住时间 起始日期 迁入日期 开始日期 since movein"),
        Column("plate", N_("车牌号"), "车牌 车牌号码 车号 plate"),
        # Looked at, never kept: see rows.person.
        Column(
            "identity", N_("身份证号"), "身份证 身份证号码 证件号 证件号码 idnumber idno identity"
        ),
    ),
    "staff": (
        Column("number", N_("工号"), "员工编号 员工号 编号 number staffno", needed=True),
        Column("name", N_("姓名"), "员工姓名 name", needed=True),
        Column("department", N_("部门"), "所属部门 部门名称 department"),
        Column("post", N_("岗位"), "职务 职位 岗位名称 post position", needed=True),
        Column("level", N_("职级"), "级别 岗位级别 level grade"),
        Column("hats", N_("兼任"), "兼职 兼岗 兼任岗位 hats roles"),
        Column("qualifications", N_("资质"), "资格 证书 资格证书 上岗证 持证 qualifications"),
        _PHONE,
    ),
    "tariff": (
        Column("code", N_("编号"), "项目编号 代码 编码 项目代码 code number", needed=True),
        Column(
            "name", N_("项目"), "项目名称 维修项目 名称 服务项目 收费项目 name item", needed=True
        ),
        Column("category", N_("类别"), "分类 项目类别 category"),
        Column("unit", N_("单位"), "计量单位 计价单位 unit"),
        Column("price", N_("人工费"), "单价 价格 收费标准 金额 收费 price labour", needed=True),
        Column("material", N_("材料"), "材料费 主材 material"),
        Column("keywords", N_("关键词"), "关键字 别名 keywords"),
    ),
    "directory": (
        Column("name", N_("名称"), "单位 单位名称 联系单位 部门 name organisation", needed=True),
        Column("kind", N_("类别"), "分类 类型 kind category"),
        Column(
            "phone",
            N_("电话"),
            "号码 电话号码 联系电话 联系方式 值班电话 phone telephone tel",
            needed=True,
        ),
        Column("second", N_("备用电话"), "第二电话 另一电话 手机 second mobile"),
        Column("hours", N_("时间"), "服务时间 办公时间 值守时间 hours"),
        Column("note", N_("备注"), "说明 联系人 note remark"),
    ),
}

TABLES: Final[Mapping[str, str]] = {
    "units": N_("房号表"),
    "people": N_("住户表"),
    "staff": N_("员工表"),
    "tariff": N_("收费标准表"),
    "directory": N_("通讯录表"),
}

_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_LONGEST: Final = 100
_SHOWN: Final = 12  # column names in a refusal
_NO_NAME: Final = re.compile(r"[*:_.\-/'\"]|(?:m2|平方米|必填)$")


@dataclass(frozen=True)
class Header:
    """The row of column names: where it stands, its words, and what was understood of them."""

    row_number: int
    words: tuple[str, ...]
    places: Mapping[str, int]  # field -> index of its column
    twice: tuple[str, ...] = ()  # two names of one field

    def word(self, field: str) -> str:
        """The column's name as it stands in the file."""
        return self.words[self.places[field]]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names that mean nothing here, and whose columns are left alone."""
        known = set(self.places.values())
        return tuple(
            word
            for at, word in enumerate(self.words)
            if word and at not in known and word != _(REASON)
        )


def find_header(top: Sequence[NumberedRow], noun: str, name: str) -> Header:
    """The row of `top` that understands most columns, those that are needed before all.

    Raises OtherTable, NoHeader, MissingColumns or TwiceTheColumn with the file's `name`.
    """
    needed = _needed(noun)
    best = _best(top, noun)
    _refuse_other(top, noun, best, name)
    missing = [title for field, title in needed.items() if field not in best.places]
    if missing and len(best.places) < 2:
        raise NoHeader(name, within=WITHIN, needed=listed(needed.values()))
    if missing:
        raise MissingColumns(name, row=best.row_number, missing=listed(missing))
    if best.twice:
        raise TwiceTheColumn(name, first=best.twice[0], second=best.twice[1])
    return best


def _needed(noun: str) -> dict[str, str]:
    """The titles of the columns that a noun's file must have, by field."""
    return {column.field: _(column.title) for column in LAYOUTS[noun] if column.needed}


def _best(top: Sequence[NumberedRow], noun: str) -> Header:
    needed = _needed(noun).keys()
    return max(
        (_understood(number, cells, LAYOUTS[noun]) for number, cells in top),
        key=lambda header: (needed <= header.places.keys(), len(header.places)),
        default=Header(0, (), {}),
    )


def _refuse_other(top: Sequence[NumberedRow], noun: str, own: Header, name: str) -> None:
    """Stops a file that is whole for another noun and says nothing more to this one.

    One list of homes and residents together is right for both: each finds columns of its own.
    """
    whole = _needed(noun).keys() <= own.places.keys()
    found = {
        other: header
        for other in LAYOUTS
        if other != noun
        and _needed(other).keys() <= (header := _best(top, other)).places.keys()
        and len(header.places) > len(own.places)
        and (not whole or set(own.places.values()) <= set(header.places.values()))
    }
    if not found:
        return
    likely = max(found, key=lambda other: len(found[other].places))
    words = [word for word in found[likely].words if word][:_SHOWN]
    raise OtherTable(
        name,
        table=_(TABLES[noun]),
        needed=listed(_needed(noun).values()),
        found=listed(words),
        other=_(TABLES[likely]),
        noun=likely,
    )


def _understood(number: int, cells: list[Cell], wanted: Iterable[Column]) -> Header:
    words = tuple(visible(" ".join(shown(cell)[:_LONGEST].split())) for cell in cells)
    fields = {
        alias: column.field
        for column in wanted
        for alias in (fold(column.title), fold(_(column.title)), *column.names.split())
    }
    places: dict[str, int] = {}
    twice: tuple[str, ...] = ()
    for at, word in enumerate(words):
        field = fields.get(_bare(word))
        if field and field in places:
            twice = twice or (words[places[field]], word)
        elif field:
            places[field] = at
    return Header(number, words, places, twice)


def _bare(word: str) -> str:
    """A column's name without what is put around it: `*房 号(必填)` is 房号."""
    bare = _IN_BRACKETS.sub("", fold(word))
    while (shorter := _NO_NAME.sub("", bare)) != bare:
        bare = shorter
    return bare
