"""Names as offices write them: padded (王  芳), with a title (刘平先生), several in one cell.

What parts people is plain (、 & 和 between two names, a blank beside two telephones), or the cell
is refused: nobody is to be lost in somebody else's name.
"""

import re
from typing import Final

from wuye_tui.intake.reasons import NotOneOf, UnclearNames
from wuye_tui.intake.terms import ROLES

_TITLES: Final = "先生|女士|小姐|太太|阿姨|老师|师傅|大爷|大妈|叔叔"
USUAL: Final = re.compile(rf"(?!..+(?:{_TITLES})$|.+已)[\u4e00-\u9fff]{{2,4}}")
"""What most names are; they are taken as they stand."""
_GONE: Final = re.compile(
    r"(.+?)(?:\s*[(（\[【]\s*(?:已经?)?|\s*已经?)"
    r"(?:搬走|搬离|搬出|搬家|迁出|迁走|过世|去世|离世|逝世|病故|身故|故|退租|退房|卖房|出售|售出)了?"
    r"\s*[)）\]】]?",
    re.DOTALL,
)
_TITLED: Final = re.compile(rf"(.{{2,}}?)\s*(?:{_TITLES}|[(（](?:{_TITLES})[)）])", re.DOTALL)
_IS_TITLE: Final = re.compile(_TITLES)
_APART: Final = re.compile(
    r"\s*[、,，;；/／\n\r&＆+]+\s*|(?<=[)）\]】])\s+(?=[\u4e00-\u9fff])|\s+(?=[^\s:：]{1,6}[:：])"
)
_AND: Final = re.compile(r"\s*[和及与跟]\s*")
_IN_BRACKETS: Final = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_LONGEST: Final = 4
_COMPOUNDS: Final = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
    "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良"
    "漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五"
)
_COMPOUND: Final = frozenset(_COMPOUNDS[at : at + 2] for at in range(0, len(_COMPOUNDS), 2))
_SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚"
    "范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余"
    "元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻"
    "强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧"
    "隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从"
    "鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏"
    "浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳"
    "沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓"
    "公闫肖付覃邸楼苑展仝岳帅库佟代涂来"
)


def joined(typed: str) -> str:
    """A name without the blanks that pad it: 王  芳 is 王芳, 欧阳 修 is 欧阳修."""
    parts = typed.split()
    if len(parts) > 1 and all(map(_HAN.fullmatch, parts)) and _is_padded(parts):
        return "".join(parts)
    return typed


def untitled(typed: str) -> str:
    """A name without the title behind it; 刘先生 and 欧阳女士 are all that is known of them."""
    found = _TITLED.fullmatch(typed)
    return found[1] if found and found[1] not in _COMPOUND else typed


def without_gone(typed: str) -> str | None:
    """The name before a remark that somebody is there no more: 褚五(已搬走); None without one."""
    found = _GONE.fullmatch(typed)
    return found[1] if found else None


def apart(typed: str, phones: int) -> list[str]:
    """Everybody in a cell beside which so many telephones stand. Raises UnclearNames."""
    parts = [part for part in _APART.split(typed.strip()) if part]
    return [one for part in parts for half in _halves(part) for one in _blanks(half, phones)]


def _halves(part: str) -> list[str]:
    """王芳和李强 are two, 高和平 is one."""
    for found in _AND.finditer(part):
        before, after = part[: found.start()], part[found.end() :]
        wide = found[0] != found[0].strip()
        if all(_is_name(_bare(half), wide) for half in (before, after)):
            return [before, *_halves(after)]
    return [part]


def _blanks(part: str, phones: int) -> list[str]:
    if name := without_gone(part):  # of several, the last has gone
        *others, last = _blanks(name, phones)
        return [*others, f"{last}{part[len(name) :]}"]
    tokens = part.split()
    bare = [_IN_BRACKETS.sub("", token) for token in tokens]
    if len(tokens) < 2 or not all(_HAN.fullmatch(one) for one in bare):
        return [part]
    last, role = bare[-1], ""
    if _IS_TITLE.fullmatch(last) or _is_role(last):
        role = "" if _IS_TITLE.fullmatch(last) else f"({last})"
        tokens, bare = tokens[:-1], bare[:-1]
    if len(tokens) == 1 or _is_padded(bare):
        return ["".join(tokens) + role]
    if role:
        raise UnclearNames
    if any(len(one) > _LONGEST for one in map(untitled, bare)):
        return [part]  # 恒丰公司 张三
    plain = all(_is_name(untitled(one), wide=phones == len(tokens)) for one in bare)
    if not plain:
        raise UnclearNames
    return tokens


def _is_padded(parts: list[str]) -> bool:
    """One name, written wide."""
    if all(len(part) == 1 for part in parts):
        return len(parts) < _LONGEST or "".join(parts[:2]) in _COMPOUND
    two = len(parts) == 2 and len(parts[1]) < 3
    return two and (len(parts[0]) == 1 or parts[0] in _COMPOUND)


def _is_role(word: str) -> bool:
    if len(word) < 2:  # 王 子 is a name
        return False
    try:
        return bool(ROLES.read(word))
    except NotOneOf:
        return False


def _is_name(bare: str, wide: bool) -> bool:
    """Whether it is plainly a whole name; `wide`: something else parts it from the next."""
    if not _HAN.fullmatch(bare) or not 1 < len(bare) <= _LONGEST:
        return False
    if bare[:2] in _COMPOUND:
        return len(bare) > 2 or wide
    return wide or (bare[0] in _SURNAMES and len(bare) < _LONGEST)


def _bare(half: str) -> str:
    return untitled(joined(_IN_BRACKETS.sub("", half).strip()))
