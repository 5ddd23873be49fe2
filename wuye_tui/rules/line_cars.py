"""Cars that stand in the way: plates as people say them, and whether a car is to be moved.

A plate said in full is found by `units_text.find_plates`; here is what is said of one without its
province (F61902, A12345, 尾号902), believed only where the words are about a car.
"""

from typing import Final

from wuye_tui.rules.units_text import Mark, compiled

_A_CAR: Final = "车(?![库位棚道间])"
_ABOUT_A_CAR: Final = (
    rf"挪|移[车开走]|车牌|车主|{_A_CAR}.{{0,8}}[挡堵占停拦]"
    rf"|[挡堵占停拦].{{0,8}}{_A_CAR}|[挡堵拦][路门道住]|停[在到了进].{{0,6}}车位|占.{{0,6}}车位"
)
_SAID_TO_BE: Final = (
    r"(?:(?:车牌|牌照)(?:号码?|尾号)?|尾号)(?:是|为)?\s?:?\s?([A-Za-z0-9]{3,7})(?![0-9A-Za-z-])"
)
_BY_ITSELF: Final = (
    r"(?<![0-9A-Za-z#.-])((?:[A-Za-z][A-HJ-NP-Za-hj-np-z0-9]?(?=[0-9A-Za-z]*[0-9]{3})[0-9A-Za-z]{4,5}"
    r"|[0-9]{5}))(?![0-9A-Za-z.#-]|[元块号栋楼室])"
)
_WAY: Final = "(?:通道|路口?|大?门口?|出入?口|入口|车库口?|坡道|楼道口?|单元门)"
_BY: Final = "[死了住着在]{0,2}[,，。\\s]{0,2}"
MOVED: Final = "挪|移[开走]|开走|让[一个]?(?:下|路|道|位)"
IN_THE_WAY: Final = (
    rf"{_A_CAR}[^,。;\s]{{0,6}}[堵挡拦](?:在|住|了|着|到|路|门|道|我)"
    "|[堵挡拦](?:在|住|了|着|路|门|道|我)"
)
TO_BE_MOVED: Final = (
    r"挪(?:一?下|个|开|走)?车|[把让叫].{0,6}车.{0,2}(?:挪|[开移]走)|移车"
    rf"|{_A_CAR}[^,。;\s]{{0,6}}[堵挡拦](?:在|住|着|路|门|道|我)"
    # A way that is blocked, and a car that does it: 消防通道堵了 一辆白车.
    rf"|{_WAY}[^,。;\s]{{0,4}}[堵挡占](?!车){_BY}[一两几那这有]?(?:辆|台|个)?[^,。;\s]{{0,4}}{_A_CAR}"
    rf"|{_WAY}[被让给]?[一两几那这]?(?:辆|台|个)?[^,。;\s]{{0,4}}{_A_CAR}[^,。;\s]{{0,3}}[堵挡占]"
    rf"|[一两几那这有](?:辆|台)[^,。;\s]{{0,4}}{_A_CAR}[^,。;\s]{{0,4}}[堵挡占]了?[^,。;\s]{{0,4}}{_WAY}"
)

_MINE: Final = "(?:我们?家?|自己家?|业主|\x00+)的?(?:私家|私人|固定|专用)?"
_MY_SPACE: Final = (
    rf"停[在到了进]?{_MINE}(?:[^,。;\s]{{0,6}}(?:车位|泊位)|车库|位[子置])"
    rf"|{_A_CAR}[^,。;\s]{{0,6}}停[在到了]{_MINE}家?门口"
    rf"|{_MINE}[^,。;\s]{{0,4}}(?:车位|泊位)[^,。;\s]{{0,4}}停[了着](?:一?辆|别[人的]|[^,。;\s]{{0,4}}{_A_CAR})"
    rf"|占(?:用|[了着住到])*{_MINE}(?:[^,。;\s]{{0,6}}(?:车位|泊位)|车库)"
    rf"|{_A_CAR}[^,。;\s]{{0,8}}占(?:用|[了着住到])*(?:[^,。;\s公共消防]{{0,4}})(?:车位|泊位)"
    r"|(?:车位|泊位)[^,。;\s挡]{0,6}(?:被|让|给)[^,。;\s]{0,8}(?:占|停)"
)
_NO_CAR: Final = (
    "杂物|垃圾|建材|材料|家具|纸箱|箱子|摊|广告|施工|地锁|路锥|锥桶|堆|停车费|月租|车位费|租金"
)
_EVER_AGAIN: Final = "经常|老是|总是|天天|每天|每次|长期|一直|[老总]被|[好很]多次|又被"


def takes_my_space(text: str) -> bool:
    """Whether a car stands where the caller's own should: on 我家车位, or 车位被占了.

    Not what else lies there, nor what happens again and again: that is complained of.
    """
    if compiled(f"{_NO_CAR}|{_EVER_AGAIN}").search(text):
        return False
    return compiled(_MY_SPACE).search(text) is not None


def find_plate_tails(text: str) -> list[Mark]:
    """What folded text about a car says of a plate without its province, as `F61902`."""
    if not compiled(_ABOUT_A_CAR).search(text):
        return []
    found = (m for said in (_SAID_TO_BE, _BY_ITSELF) for m in compiled(said).finditer(text))
    return [Mark(*m.span(1), m[1].upper()) for m in found][:1]


def is_in_the_way(text: str) -> bool:
    """Whether text that names a plate says that the car blocks something."""
    return compiled(IN_THE_WAY).search(text) is not None


def is_to_move(text: str) -> bool:
    """Whether text that names a plate says that the car is to be moved."""
    return compiled(MOVED).search(text) is not None
