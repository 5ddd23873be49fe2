"""The ninety-one of regulation A, post by post: its lines add up to 91, its heading says 99."""

from random import Random
from typing import Any

_SERVICE, _WORKS, _GUARDS, _CLEANING = "客户服务部", "工程管理部", "秩序维护部", "保洁部"
_ELECTRIC = "低压电工作业证"
_FIRE = "消防设施操作员证"

# Number, name, department, post, level, further hats, qualifications, phone.
_NAMED: tuple[tuple[Any, ...], ...] = (
    ("JL01", "林文斌", "经理室", "主任", "B", "总经理", "物业管理师", 13800002041),
    ("XZ01", "张敏", "经理室", "副主任", "B", "行政", "物业管理师", 13800002031),
    ("KF05", "赵雅琴", _SERVICE, "客服主管", "C", "客服助理", "物业管理师", 13800002005),
    ("KF01", "李晓燕", _SERVICE, "客服专员", "D", "", "", 13800002001),
    ("KF02", "周敏", _SERVICE, "客服专员", "D", "客服助理、档案管理员", "", 13800002002),
    ("CW01", "何丽娟", "财务部", "收费员", "D", "", "", 13800002021),
    ("GC02", "张志远", _WORKS, "机电主管", "C", "", f"{_ELECTRIC}、高压电工作业证", 13800002012),
    ("GC06", "吴海波", _WORKS, "空调工", "E", "", f"{_ELECTRIC}、制冷与空调作业证", 13800002016),
    ("GC07", "郑小龙", _WORKS, "电梯工", "E", "", f"{_ELECTRIC}、电梯作业证", 13800002017),
    ("GC01", "王建国", _WORKS, "维修主管", "C", "", f"{_ELECTRIC}、电梯安全管理证", 13800002011),
    ("GC03", "李强", _WORKS, "维修工", "E", "", _ELECTRIC, 13800002013),
    ("GC04", "陈大勇", _WORKS, "维修工", "E", "", f"{_ELECTRIC}、高处作业证", 13800002014),
    ("GC05", "黄志明", _WORKS, "维修工", "E", "", f"{_ELECTRIC}、焊工作业证", 13800002015),
    ("ZX01", "马东", _GUARDS, "保安主管", "C", "", "保安员证", 13800002051),
    ("ZX02", "石磊", _GUARDS, "消防主管", "C", "", _FIRE, 13800002052),
    ("ZX03", "唐勇", _GUARDS, "车辆主管", "C", "", "保安员证", 13800002053),
    ("ZX04", "孔庆", _GUARDS, "车辆管理员", "E", "", "", 13800002054),
    ("ZX05", "白雪松", _GUARDS, "车辆管理员", "E", "", "", 13800002055),
    ("BJ01", "田秀芹", _CLEANING, "保洁主管", "C", "", "", 13800002201),
    ("LH01", "江水生", _CLEANING, "绿化主管", "C", "", "", 13800002301),
)
_SURNAMES = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹"
_MEN = """
    大山 铁军 保民 德胜 长顺 有福 满仓 金锁 全喜 来福 志平 建平 国富 守田 传宝 根生 玉柱 永贵"""
_GROWERS = "青山 绿原 大田 春生 水根 木林 长青 福田 秋生"
_WOMEN = "桂香 春兰 翠英 月娥 巧云 凤琴 玉兰 淑贞 秋菊 菊花 银环 彩霞 红梅 二妮"


def _crew(
    draw: Random, prefix: str, first: int, many: int, names: str, post: tuple[str, str, str]
) -> list[tuple[Any, ...]]:
    department, title, paper = post
    called = [surname + given for surname in _SURNAMES for given in names.split()]
    called = [name for name in called if name not in {row[1] for row in _NAMED}]
    phone = {"ZX": 13800002060, "BJ": 13800002201, "LH": 13800002301}[prefix] - first
    return [
        (f"{prefix}{n:02d}", name, department, title, "E", "", paper, phone + n + 1)
        for n, name in enumerate(draw.sample(called, many), first)
    ]


def _everybody() -> tuple[tuple[Any, ...], ...]:
    draw = Random("regulation A")
    guards = _crew(draw, "ZX", 6, 45, _MEN, (_GUARDS, "保安员", "保安员证"))
    cleaners = _crew(draw, "BJ", 2, 14, _WOMEN, (_CLEANING, "保洁员", ""))
    gardeners = _crew(draw, "LH", 2, 12, _GROWERS, (_CLEANING, "绿化养护工", ""))
    return (*_NAMED, *guards, *cleaners, *gardeners)


STAFF = _everybody()
