"""Makes the spreadsheets of the training office 思兰雅苑: `python -m tests.demo.sheets`.

Everybody in them is invented, and the same everybody each time. The twenty homes and the people
that README, docs and tests speak of stand in `named.py`; the rest is drawn around them.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from tests.demo.named import HOMES, PEOPLE
from tests.demo.staff import STAFF
from wuye_tui.registers.people import keys_of

FOLDER = Path(__file__).resolve().parents[2] / "data" / "demo"
SEED = "思兰雅苑"
WRITTEN = datetime(2026, 11, 2, 9)  # noqa: DTZ001 - Excel knows no zones

# Building, entrances (none in a tower), floors that are lived on, homes on each, square metres.
BUILDINGS = (
    ("1", "123", range(1, 12), 2, 112.4), ("2", "12", range(1, 7), 5, 89.53),
    ("3", "12", range(1, 12), 4, 96.4), ("4", "123", range(1, 12), 2, 108.2),
    ("5", "12", range(1, 19), 3, 127.35), ("6", "123", range(1, 12), 2, 118.0),
    ("7", "123", range(1, 7), 2, 134.6), ("8", "12", range(1, 12), 6, 91.6),
    ("9", "12", range(1, 19), 2, 110.25), ("10", "12", range(1, 19), 2, 124.7),
    ("11", "123", range(1, 19), 2, 86.9), ("B", " ", range(2, 15), 6, 54.37),
)  # fmt: skip
SHOPS = (
    "晨光便利店", "好邻居超市", "东北饺子馆", "兰州牛肉面", "康宁大药房", "小蜜蜂托管",
    "美美理发店", "洁丰干洗店", "三味书屋", "顺风快递驿站", "鲜果时光", "老王五金店",
    "贝贝母婴", "舒心足浴", "安居房产", "甜心蛋糕房", "蓝天打印社", "萌宠之家",
    "瑜伽小院", "乐途旅行社",
)  # fmt: skip
PARKING = 228
UNIT_HEADS = (
    "序号", "楼栋", "单元", "房号", "建筑面积\n(㎡)", "类型", "状态", "保修期至", "标记", "备注",
)  # fmt: skip
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
)
GIVEN = """
    建国 秀兰 志强 桂英 晓东 丽华 文杰 雪梅 海涛 静 磊 敏 伟 芳 洋 艳 勇 娟 超 霞 平 刚 明 玲 军 燕
    鹏 婷 浩然 子涵 雨欣 思远 佳怡 俊峰 梦瑶 宇轩 欣怡 嘉豪 若曦 博文 春花 德明 玉珍 金凤 国庆 红霞
    小军 晓燕 永刚 淑芬 凤英 长河 立新 爱民 慧敏 振华 美玲 卫东 素珍 福生"""
_KEPT = frozenset(
    {"qy", "cy", "sxx", "dxx", "zly", "cly", "oynn"}
)  # initials of those who are named
_WARRANTY = date(2027, 6, 30)


def unit_rows() -> Iterator[tuple[Any, ...]]:
    """Every unit: building, entrance, room, area, kind, status, warranty, flags, remark."""
    draw = Random(SEED)
    named = {(home[0], home[1], home[2]): home for home in HOMES}
    for building, entrances, floors, many, area in BUILDINGS:
        for entrance in entrances.strip() or [""]:
            for floor in floors:
                for door in range(1, many + 1):
                    place = (building, entrance, f"{floor}{door:02d}")
                    yield named.get(place) or _home(draw, place, area)
    for n in range(1, len(SHOPS) + 1):
        shop = ("B", "", str(100 + n))
        yield named.get(shop) or (*shop, 38.5 + 6 * (n % 5), "商铺", "出租", "", "", "")
    for n in range(1, PARKING + 1):
        yield ("B1", "", f"A{n:03d}", 12.5, "车位", "自住" if n % 9 else "空置", "", "", "")


def _home(draw: Random, place: tuple[str, str, str], area: float) -> tuple[Any, ...]:
    status = draw.choices(("自住", "出租", "空置"), (74, 19, 7))[0]
    flag = draw.choices(("", "独居", "有狗", "请勿打扰"), (93, 3, 3, 1))[0]
    size = round(area + 8.5 * (int(place[2][-2:]) % 2), 2)
    until = _WARRANTY if place[0] == "10" else date(2025, 12, 31) if place[0] == "9" else ""
    remark = "钥匙在服务台" if status == "空置" and draw.random() < 0.3 else ""
    return (*place, size, "住宅", status, until, "" if status == "空置" else flag, remark)


def label(building: str, entrance: str, room: str) -> str:
    """As a room is written in one column."""
    return "-".join(filter(None, (building, entrance, room)))


class _Names:
    """Names that nobody else of the office has, and numbers that nobody has at all."""

    def __init__(self) -> None:
        self.draw = Random(f"{SEED} people")
        self.taken = {row[1] for row in PEOPLE} | {row[1] for row in STAFF}
        self.phones = iter(range(13800003000, 13800008000))
        self.plates = {row[5] for row in PEOPLE}

    def name(self, surname: str = "") -> str:
        """A new name."""
        while True:
            first = surname or self.draw.choice(SURNAMES)
            found = first + self.draw.choice(GIVEN.split())
            if found not in self.taken and not _KEPT.intersection(keys_of(found)):
                self.taken.add(found)
                return found
            surname = surname if self.draw.random() < 0.9 else ""

    def plate(self) -> str:
        """A new plate; one in three is green."""
        while True:
            letters, digits = "ABCDEFGHKLMNPQRSTUVWXY", "0123456789"
            if self.draw.random() < 0.33:
                found = "浙AD" + "".join(self.draw.choices(digits, k=5))
            else:
                found = "浙A" + self.draw.choice(digits[1:]) + self.draw.choice(letters)
                found += "".join(self.draw.choices(digits, k=3))
            if found not in self.plates:
                self.plates.add(found)
                return found

    def row(self, room: str, name: str, role: str, since: Any, drives: float) -> tuple[Any, ...]:
        """Somebody of a room."""
        plate = self.plate() if self.draw.random() < drives else ""
        return (room, name, role, next(self.phones), since, plate)


def people_rows() -> Iterator[tuple[Any, ...]]:
    """Everybody of the homes and shops: room, name, role, phone, since, plate."""
    names = _Names()
    named: dict[str, list[tuple[Any, ...]]] = {}
    for row in PEOPLE:
        named.setdefault(row[0], []).append(row)
    shops = iter(SHOPS)
    for building, entrance, room, _area, kind, status, _until, flag, _remark in unit_rows():
        home = label(building, entrance, room)
        if kind == "商铺":
            shop = next(shops)
        if home in named:
            yield from named[home]
        elif kind == "商铺":
            yield names.row(home, names.name(), "业主", "", 0)
            yield names.row(home, shop, "租客", _day(names.draw, 2021, 4), 0)
        elif kind == "住宅":
            yield from _household(names, home, status, flag)


def _household(names: _Names, home: str, status: str, flag: str) -> Iterator[tuple[Any, ...]]:
    draw, owner = names.draw, names.name()
    since = "" if status == "空置" else _day(draw, 2018, 6)
    yield names.row(home, owner, "业主", since, 0.5 if status == "自住" else 0)
    if status == "出租":
        yield names.row(home, names.name(), "租客", _day(draw, 2024, 2), 0.3)
    elif flag == "独居":
        yield names.row(home, names.name(owner[0]), "紧急联系人", "", 0)
    elif status == "自住" and draw.random() < 0.45:
        yield names.row(home, names.name(), "家属", since, 0.1)


def _day(draw: Random, year: int, years: int) -> date:
    return date(year, 1, 5) + timedelta(days=draw.randrange(365 * years))


def _write(name: str, tables: tuple[str, str, Sequence[str]], rows: list[tuple[Any, ...]]) -> None:
    title, under, heads = tables
    with xlsxwriter.Workbook(FOLDER / name, {"strings_to_numbers": False}) as book:
        book.set_properties({"created": WRITTEN})
        sheet = book.add_worksheet(title)
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        sheet.set_column(0, len(heads) - 1, 14)
        sheet.write(0, 0, f"思兰雅苑{title}", bold)
        sheet.write(1, 0, under)
        sheet.write_row(2, 0, heads, bold)
        for at, row in enumerate(rows, 3):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, days)  # type: ignore[arg-type]
                elif value != "":
                    sheet.write(at, column, value)


def unit_sheet() -> list[tuple[Any, ...]]:
    """The rows as the office writes them: numbers where Excel would make numbers of them."""
    rows = []
    for n, (building, entrance, room, *rest) in enumerate(unit_rows(), 1):
        house = f"{building}栋" if building.isdigit() else f"{building}座"
        door: Any = int(room) if room.isdigit() else room
        below = "地下一层" if building == "B1" else ""
        where = ("B1", "", door) if below else (house, int(entrance) if entrance else "", door)
        rows.append((n, *where, *rest))
    return rows


def make() -> None:
    """Writes the three workbooks over the old ones."""
    _write(
        "units.xlsx",
        (
            "房屋台账",
            "思兰雅苑物业服务中心    2026年11月2日",
            (
                "序号",
                "楼栋",
                "单元",
                "房号",
                "建筑面积\n(㎡)",
                "类型",
                "状态",
                "保修期至",
                "标记",
                "备注",
            ),
        ),
        unit_sheet(),
    )
    heads = ("房号", "姓名", "身份", "联系电话", "入住日期", "车牌号")
    _write(
        "people.xlsx",
        ("业主住户名册", "内部资料，请勿外传    2026年11月2日", heads),
        list(people_rows()),
    )
    heads = ("工号", "姓名", "部门", "岗位", "职级", "兼任", "资质", "电话")
    _write("staff.xlsx", ("物业服务中心员工名册", "2026年11月2日", heads), list(STAFF))


if __name__ == "__main__":
    make()
