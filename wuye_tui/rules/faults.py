"""What is wrong, in the caller's words: fault categories and emergencies.

The words stand in tables: one that is missing is added to its row. The longest word wins, and the
rows of words that mean no fault (上门, 影响) keep 门 and 响 from being found inside them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from wuye_tui.rules.trapped import TRAPPED, is_released
from wuye_tui.rules.units_text import EDGE, MASK, compiled, fold, mask


class Category(StrEnum):
    """The trade that a fault belongs to. Heating, walls, floors and pests are `OTHER`."""

    WATER = "water"
    POWER = "power"
    DRAIN = "drain"
    GAS = "gas"
    LOCK = "lock"
    LIFT = "lift"
    LIGHT = "light"
    AIRCON = "aircon"
    DOOR_WINDOW = "door_window"
    APPLIANCE = "appliance"
    NETWORK = "network"
    CARD = "card"
    OTHER = "other"


class Emergency(StrEnum):
    """What is acted upon before it is written (NB-3, SB-4)."""

    ENTRAPMENT = "entrapment"
    FIRE = "fire"
    BURST_PIPE = "burst_pipe"
    GAS = "gas"
    POWER = "power"
    INJURY = "injury"


@dataclass(frozen=True)
class Fault:
    """A fault and the words that say it."""

    category: Category
    words: str


@dataclass(frozen=True)
class FoundFault:
    """A fault at the characters `start` to `end`; `trouble`: it is broken, not just named."""

    fault: Fault
    start: int
    end: int
    trouble: bool


# What may be broken. The longest word is found, so 门禁卡 is no door and 电梯灯 no light.
_THINGS: Final = {
    Category.WATER: """
        水管 热水管 冷水管 上水管 给水管 自来水 水龙头 龙头 角阀 三角阀 软管 花洒 淋浴 水表 阀门
        总阀 水阀 水箱 马桶 坐便器 面盆 洗手盆 洗脸盆 洗手池 台盆 水槽 水池 浴缸""",
    Category.DRAIN: """
        下水道 下水管 下水 地漏 排水管 排水沟 污水管 污水井 污水 雨水管 雨水井 化粪池 管道""",
    Category.POWER: """
        电闸 空开 空气开关 漏保 插座 开关 电线 线路 配电箱 电箱 电表 保险丝 电源 总闸""",
    Category.GAS: "燃气 煤气 天然气 燃气表 燃气灶 煤气灶 燃气管 燃气软管",
    Category.LOCK: "门锁 锁芯 锁 指纹锁 密码锁 智能锁 钥匙",
    Category.LIFT: "电梯 电梯门 电梯灯 电梯按钮 轿厢 号梯 客梯 货梯 扶梯",
    Category.LIGHT: """
        灯 路灯 灯泡 灯管 吸顶灯 声控灯 应急灯 感应灯 射灯 筒灯 日光灯 节能灯 楼道灯 镇流器""",
    Category.AIRCON: "空调 空调外机 空调内机 中央空调 外机 内机 风机盘管 新风 冷凝水",
    Category.DOOR_WINDOW: """
        门 窗 窗户 窗子 窗帘 纱窗 玻璃 合页 门把手 把手 推拉门 移门 防盗门 入户门 单元门 闭门器
        地弹簧 滑轮 阳台门 卷帘门 房门 大门 卧室门 厕所门 卫生间门 厨房门 玻璃门 防火门 门吸""",
    Category.APPLIANCE: """
        热水器 燃气热水器 壁挂炉 洗衣机 冰箱 油烟机 抽油烟机 浴霸 排气扇 换气扇 排风扇 电视机
        微波炉 净水器 洗碗机 消毒柜 电磁炉""",
    Category.NETWORK: """
        网络 宽带 网线 路由器 光纤 光猫 有线电视 电视信号 机顶盒 电话线 WIFI""",
    Category.CARD: """
        门禁 门禁卡 电梯卡 门卡 车卡 停车卡 道闸 对讲 对讲机 可视对讲 人脸识别 人脸 梯控 读卡器
        门铃""",
    Category.OTHER: """
        墙面 墙皮 墙体 墙砖 外墙 瓷砖 地砖 地板 天花板 天花 吊顶 屋顶 晾衣架 暖气 暖气片 地暖 护栏
        栏杆 扶手 井盖 台阶 蟑螂 老鼠 白蚁 蚊虫 健身器材 橱柜 柜门 镜子""",
}
# What may be wrong with it; under None with anything.
_TROUBLES: Final = {
    Category.WATER: """
        漏水 漏雨 渗水 滴水 漏 渗 滴 一直流 长流 流不停 冲不了 不冲水 水压 水小 水很小 不出水
        出水小 关不紧 爆管 爆裂 喷水 跑水 水黄 水浑""",
    Category.DRAIN: """
        堵 堵塞 堵住 返水 反水 返味 反味 返臭 不下水 下水慢 排水慢 溢水 倒灌""",
    Category.POWER: "跳闸 跳电 短路 打火 火花 漏电 推不上 电压",
    Category.GAS: "打不着火 打不着 点不着 点不着火",
    Category.LOCK: "锁不上 反锁",
    Category.LIFT: "困人 关人",
    Category.LIGHT: "不亮 闪 不停闪",
    Category.AIRCON: "不制冷 不制热 不冷",
    Category.NETWORK: "没网 断网 上不了网 没信号 无信号",
    Category.CARD: "刷不开 刷不了 刷不上 刷不出 刷不进 消磁",
    None: """
        坏 坏了 坏掉 坏掉了 打不开 关不上 关不严 关不住 开不了 关不了 卡住 卡死 松 松了 松动 脱落
        掉了 掉下 掉落 开裂 裂 裂了 裂缝 破 破损 破了 断了 断裂 断开 碎 碎了 倒了 异响 不灵 失灵
        没反应 不工作 不启动 不转 不动 不好用 用不了 不能用 故障 变形 老化 生锈 起泡 空鼓 发霉
        不热 漏气 漏风 进水 积水 冒水 不通 报错 推不动 按不动 按不亮 停运""",
}
# Asked about as often as reported: alone they make no repair of a question.
_STATES: Final = {
    Category.WATER: "没水 停水 没来水 无水 断水 没有水 没热水 没有热水 热水没有",
    Category.POWER: "没电 停电 没来电 断电 没有电",
    Category.GAS: "没气 停气 没来气",
    None: "臭 异味 响 很响 报警 没暖气 疏通 打孔",
}
_NO_FAULT: Final = """
    上门 门口 单元门口 部门 专门 出门 进门 门牌 门卫 门岗 门面 门店 开门 关门 敲门 热门 门诊 门外
    门内 门前 门后 门市 门厅 门槛 车门 车窗 车灯 堵门 挡门 家门 对门 南门 北门 东门 西门 晚上 马上
    红绿灯 连锁 封锁 锁定 锁车 影响 反响 音响 遗漏 堵车 堵路 堵住车 堵住门 堵住路 破坏 突破 坏人
    坏账 滴滴 轻松 放松 松树 停车 上下水 下水费 自来水费 燃气费 不动产 没电梯 开锁公司 漏油 粉碎
    一闪 厨余 电话 晕倒 昏倒 摔倒"""


@cache
def _words() -> tuple[re.Pattern[str], dict[str, tuple[str, Category | None]]]:
    known: dict[str, tuple[str, Category | None]]
    known = dict.fromkeys(_NO_FAULT.split(), ("", None))
    for sort, table in (("state", _STATES), ("trouble", _TROUBLES), ("thing", _THINGS)):
        for category, words in table.items():
            known |= dict.fromkeys(words.split(), (sort, category))
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE), known


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    sort: str
    category: Category | None


def find_faults(text: str) -> list[FoundFault]:
    """The faults of a folded text, in order: a thing, what is wrong with it, or both together."""
    found = []
    for run in _runs(text):
        start, end = run[0].start, run[-1].end
        trouble = any(word.sort == "trouble" for word in run)
        fault = Fault(_category(run), text[start:end])
        found.append(FoundFault(fault, start, end, trouble))
    return found


def names_only_things(words: str) -> bool:
    """Whether words name a thing or several, and say nothing of them: 水管, 厨房 水管."""
    text = fold(words)
    runs = list(_runs(text))
    if not runs or any(word.sort != "thing" for run in runs for word in run):
        return False
    for word in (word for run in runs for word in run):
        text = mask(text, word.start, word.end)
    return compiled(rf"(?:{MASK}|\s|[,.。、的和!]|{_WHERE})*").fullmatch(text) is not None


def is_alike(fault: Fault, words: str) -> bool:
    """Whether a slip in these words may be about this very fault: it is of the same trade.

    Walls, pests and heating have no trade of their own: there both have to name the same thing.
    """
    found = find_faults(fold(words))
    if not found or found[0].fault.category is not fault.category:
        return False
    if fault.category is Category.WATER:  # no water is no leak
        return _no_water(fault.words) is _no_water(found[0].fault.words)
    if fault.category is not Category.OTHER:
        return True
    ours, theirs = _things(fault.words), _things(found[0].fault.words)
    return any(one in other or other in one for one in ours for other in theirs)


def is_same(held: Fault, named: Fault) -> bool:
    """Whether a slip's fault is the one that was named: of its trade, or beginning with its thing:
    马桶 is of another trade than 马桶堵.
    """
    return held.category is named.category or held.words[:2] in fold(named.words)


def _no_water(words: str) -> bool:
    return compiled("(?:停|没有?|没来|无|断|缺)(?:自来)?水").search(fold(words)) is not None


def _things(words: str) -> list[str]:
    text = fold(words)
    return [text[w.start : w.end] for run in _runs(text) for w in run if w.sort == "thing"]


def _runs(text: str) -> Iterator[list[_Word]]:
    """Words that belong together: things, then troubles, with at most three characters between."""
    pattern, known = _words()
    run: list[_Word] = []
    for m in pattern.finditer(text):
        sort, category = known.get(m[0]) or known[m[0].upper()]
        if not sort:
            continue
        word = _Word(m.start(), m.end(), sort, category)
        if run and not _continues(text, run[-1], word):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _continues(text: str, last: _Word, word: _Word) -> bool:
    between = text[last.end : word.start]
    close = len(between) <= 3 and not any(c in ",。;、!?" + MASK for c in between)
    return close and (word.sort != "thing" or last.sort == "thing")


_MAY_BE_BLOCKED: Final = (None, Category.WATER, Category.OTHER, Category.APPLIANCE)


def _category(run: list[_Word]) -> Category:
    """The thing's trade, unless it is blocked; of several things the last, unless in a lift."""
    things = [word.category for word in run if word.sort == "thing"]
    wrong = next((w.category for w in run if w.sort != "thing" and w.category), None)
    thing = Category.LIFT if Category.LIFT in things else things[-1] if things else None
    if wrong is Category.DRAIN and thing in _MAY_BE_BLOCKED:
        return Category.DRAIN
    if thing and thing is not Category.OTHER:
        return thing
    return wrong or Category.OTHER


_SUDDENLY: Final = "(?:往外|向外|朝外|到处|直|一直|一?下子|突然|猛|在|都|全|给|被)*"
_SPURTING: Final = (
    f"{_SUDDENLY}(?:(?:喷|飙|滋|射)(?:出|得|了|射|到|涌|个不停)|涌出|(?<=外)[喷涌射飙])"
    "(?!.{0,3}(?:小|细|少|不远|不高|没劲|不热|[冷凉烫黄]))"
)
_PIPE: Final = "(?:水管|管子|管道|龙头|角阀|阀门|接头|弯头|水表|软管|马桶)"
_LEAKS: Final = "漏电(?!保|开关|断路|流|检|测|跳|就跳|会|吗|闸)"
_TRIPPED: Final = "跳[闸电]|漏保|漏电(?:保护|开关|断路)"  # the breaker has done its work
_EMERGENCIES: Final = (
    (Emergency.ENTRAPMENT, TRAPPED),
    (
        Emergency.FIRE,
        "(?<![不易])着火|起火|失火|火灾|冒烟|浓烟|火警(?!误报|主机|系统|按钮|电话)|明火|烧起来|烧焦味|焦糊味",
    ),
    (
        Emergency.GAS,
        "(?:煤气|燃气|天然气|瓦斯)(?:的?味|泄漏|漏气|漏了|在漏|管漏)|漏(?:煤气|燃气|天然气|瓦斯)",
    ),
    (
        Emergency.INJURY,
        r"(?:人|孩子?|老太|老头|宝宝)[^,。;\s]{0,3}[掉落摔跌][^,。;\s]{0,5}(?:[水泳]池|池塘|喷泉|[水河湖井坑沟]里)|"
        "受伤|晕倒|昏倒|昏迷|摔[伤倒]|砸[伤到]了?人?|触电|流血|心脏病|溺水|坠楼|跳楼|烫伤|骨折"
        r"|吐血|抽搐|(?:小孩|孩子|宝宝|老人|有人|手指?|脚|头|人)被[^,。;\s]{0,4}夹"
        "|(?:小孩|孩子|宝宝|老人(?!卡)|(?<!器)人|(?<![把扶])手指?|脚|[孩子人]的?头)[的被给在都]{0,2}"
        "(?:(?:门|电梯|闸机?)[里上缝]{0,2})?(?:卡[在住]|夹[在住到伤了])"
        "|被(?:电?梯?门|道闸|闸机|扶梯)?夹[到住伤]|夹[到住伤]了?(?:小孩|孩子|老人|人|手|脚|头)",
    ),
    (
        Emergency.POWER,
        "麻手|手[都被]?麻(?!将)|麻了一?下|(?<![来停没断有供通充用])电(?:人(?!员|工|说|数|力)|到[手人我他她]|了一?下)"
        "|冒火[花星]|火花四溅|打火花|(?:插[座头]|开关|电[箱表线闸]|空开|排插|接线板).{0,3}(?:打火(?!机)|火花"
        "|冒火|放电)",
    ),
    (
        Emergency.POWER,
        r"(?:高压线|电线|电缆|线缆)(?:被[^,。;\s]{0,4})?(?:掉|断落|断了?掉|垂|耷拉|坠|落|刮断|砸断)"
        "(?![漆色])",
    ),
    (Emergency.POWER, _LEAKS),
    (
        Emergency.BURST_PIPE,
        "爆管|管子?(?:道)?(?:爆|炸|崩)|爆裂|喷水(?![池小不孔头量壶])|往外喷|跑水|被?淹[了水]|水漫"
        f"|(?<!花洒)(?<!喷头)(?<!喷泉)(?<!淋浴)(?<!器)(?<!出)水(?:管里)?{_SPURTING}"
        f"|{_PIPE}{_SUDDENLY}(?:喷(?:水|了|出|得)|爆(?:开|了)|崩(?:开|了))",
    ),
)
_POWER_CUT: Final = "停电|没电|断电"
_MANY_CUT: Final = rf"(?:[全整都]|小区|楼里|家家|楼上楼下).{{0,6}}(?:{_POWER_CUT})"
# One socket, lock or room without it is no power cut, whatever building was said.
_OF_ONE: Final = (
    "(?:插座|插头|排插|锁|灯|空调|开关|门铃|对讲|遥控器?|电池|手机|电[瓶动]车|充电桩|热水器|冰箱|洗衣机|电梯卡"
    "|厨房|房间|卧室?|客厅|卫生间|厕所|阳台|书房)(?:里面?|都|也|突然|全|怎么|一直|又|的)*$"
)
_WHERE: Final = "我?家里?|厨房|客厅|卧室|主卧|次卧|卫生间|洗手间|厕所|阳台|浴室|餐厅|书房|门口"
_DENIED: Final = (
    "(?:没有?|无|未|不|不是|不会|怕|会|防止?|以免|避免|小心|差点|容易|预防|怀疑|疑似|是不是|是否)人?$"
    "|(?:怕|担心|防止|以免|避免|小心).{0,5}$"
)
_HISTORY: Final = rf"(?:昨[天晚]|前[天晚]|上次|上周|上个?月|去年|之前)(?:(?!{EDGE}).){{0,6}}$"
_EXERCISE: Final = "演练|演习|培训|误报"


def find_emergency(text: str) -> tuple[Emergency, int, int] | None:
    """What cannot wait in a folded text, with its characters; not what is feared, denied or over.

    A power cut is none by itself: see `find_power_cut`.
    """
    if compiled(_EXERCISE).search(text):
        return None
    for emergency, pattern in _EMERGENCIES:
        if pattern == _LEAKS and compiled(_TRIPPED).search(text):
            continue
        if emergency is Emergency.ENTRAPMENT and is_released(text):
            continue
        for m in compiled(pattern).finditer(text):
            if not is_told_otherwise(text, m.start()):
                return emergency, m.start(), m.end()
    return None


def is_told_otherwise(text: str, start: int, history: bool = True) -> bool:
    """Whether the words before deny or fear what follows or, as `history`, say it is over."""
    before = text[max(0, start - 12) : start]
    denied = compiled(_DENIED).search(before) is not None
    return denied or (history and compiled(_HISTORY).search(before) is not None)


def find_power_cut(text: str, building: bool) -> tuple[Emergency, int, int] | None:
    """No electricity in more than one home: a `building` was said, or words like 小区 and 整栋."""
    for m in compiled(_POWER_CUT if building else _MANY_CUT).finditer(text):
        if not compiled(_OF_ONE).search(text[max(0, m.start() - 8) : m.start()]):
            return Emergency.POWER, m.start(), m.end()
    return None
