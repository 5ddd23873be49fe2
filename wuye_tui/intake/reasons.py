"""Why one cell, and so its row, cannot be taken in: the reason that stands in the list of bad rows.

These never leave the intake as exceptions. What `wuye_tui.rules.text` and `.money` refuse is said
in their words.
"""

from collections.abc import Iterable

from wuye_tui.rules.errors import BadFile
from wuye_tui.rules.text import visible
from wuye_tui.words import _, listed


class CellRefused(BadFile):
    """One cell that cannot be taken; the sentence says what to write instead."""


class Needed(CellRefused):
    """A blank where there must be something."""

    def __init__(self) -> None:
        super().__init__(_("不能为空。请填写；与上一行相同的，也要逐行填满。"))


class NoResultHere(CellRefused):
    """A formula that was never reckoned."""

    def __init__(self) -> None:
        super().__init__(_("公式没有结果。请用表格软件打开并保存一次，或改成填好的值。"))


class LongNumber(CellRefused):
    """A number of 16 digits and more: the spreadsheet has already lost its tail."""

    def __init__(self) -> None:
        super().__init__(_("长号码被存成了数字，末几位已丢失。请把这一列设为文本，重新填写。"))


class BecameDate(CellRefused):
    """The spreadsheet program took a room or a number for a date."""

    def __init__(self) -> None:
        super().__init__(_("被表格软件改成了日期。请把这一列设为文本，重新填写。"))


class NotAnArea(CellRefused):
    """No number of square metres that a certificate could show."""

    def __init__(self) -> None:
        super().__init__(_("不是有效的面积。请填平方米数，最多两位小数，例如 89.53。"))


class NotADate(CellRefused):
    """Not a day of the calendar."""

    def __init__(self) -> None:
        super().__init__(_("不是有效的日期。请写成 2027-06-30 这样。"))


class ShortYear(CellRefused):
    """18-5-3: nothing in the column says which of the numbers is the year."""

    def __init__(self) -> None:
        super().__init__(_("看不出哪一个数是年份。请把年份写成四位，例如 2018-05-03。"))


class MovedBefore(CellRefused):
    """Somebody moved out before moving in."""

    def __init__(self) -> None:
        super().__init__(_("迁出日期早于入住日期。请核对这两个日期。"))


class DayOfAnother(CellRefused):
    """A day that only somebody of another role can have: 起租日期 of an owner."""

    def __init__(self, role: str) -> None:
        super().__init__(
            _("这个日期只有{role}才有，这一行却不是。请改正身份，或删去这个日期。").format(
                role=role
            )
        )


class TwoRoles(CellRefused):
    """The role beside the name is not that of the column."""

    def __init__(self) -> None:
        super().__init__(_("与姓名旁边写的身份不一致。请改成同一个。"))


class UnclearNames(CellRefused):
    """One name or several: 阿依古丽 买买提."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "看不出是一个人还是几个人。几个人请用「、」隔开；一个人请去掉中间的空格，或换成间隔号。"
            )
        )


class NoName(CellRefused):
    """无牌车主 or 空置 beside a telephone or a plate, which must be somebody's."""

    def __init__(self) -> None:
        super().__init__(_("这不是人的姓名。请填写姓名；不知道是谁的，请删去这一行。"))


class NoLongerThere(CellRefused):
    """Somebody of whom the name's own cell says that they have gone, without a day."""

    def __init__(self) -> None:
        super().__init__(_("写着已经不在了。请填迁出日期；从未登记过的，请删去这一行。"))


class TooManyNames(CellRefused):
    """A list of people in one cell."""

    def __init__(self) -> None:
        super().__init__(_("一格里的人太多。请每人写一行。"))


class OtherUnit(CellRefused):
    """The price is for another unit than the column beside it says."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            _("与单位一列的「{unit}」不一致。请改成同一个单位。").format(unit=visible(unit))
        )


class OpenPrice(CellRefused):
    """50-80, 100起: a price that is not one amount."""

    def __init__(self) -> None:
        super().__init__(
            _("不是一个固定的价。请只写一个数，例如 50；要到现场才能定价的，请写「面议」。"),
            "BX-10",
        )


class NotAServiceNumber(CellRefused):
    """Nothing that anybody could dial."""

    def __init__(self) -> None:
        super().__init__(
            _("不是能拨的号码。请填短号、手机号或带区号的座机，例如 95598、023-55501001。")
        )


class NotAPhone(CellRefused):
    """Neither a mobile number nor a fixed line with its area code."""

    def __init__(self) -> None:
        super().__init__(
            _("不是有效的电话。请填一个 11 位手机号，或带区号的座机，例如 0571-88157788。")
        )


class ShortLandline(CellRefused):
    """A fixed line of an area whose numbers have eight digits, with only seven."""

    def __init__(self, area: str) -> None:
        super().__init__(_("{area} 的座机是 8 位，这里只有 7 位。请补全号码。").format(area=area))


class NotAPlate(CellRefused):
    """Not one number plate."""

    def __init__(self) -> None:
        super().__init__(_("不是有效的车牌。请填一个车牌，例如 浙A12345。"))


class SeveralRooms(CellRefused):
    """More than one room in a cell: 2-2-1801、1802."""

    def __init__(self) -> None:
        super().__init__(
            _("这一格写了几个房号。请一户写一行，每行房号写全，例如 3-1-502，其余各列照写。")
        )


class NotARoom(CellRefused):
    """Building, entrance and room cannot be told apart."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "看不懂这个房号。请写成「栋-单元-房号」，例如 3-1-502、3-1-3A01；"
                "商铺写成 S-03，某一栋的商铺写成 3-S03。"
            )
        )


class NoBuilding(CellRefused):
    """The column of buildings is blank in this row, and the room does not say its building."""

    def __init__(self, column: str) -> None:
        super().__init__(
            _(
                "这一行的「{column}」是空的，不知道是哪一栋。请填上，或把房号写成 3-1-502 这样。"
            ).format(column=visible(column))
        )


class TwoRooms(CellRefused):
    """The room's own column says another building or entrance than the columns beside it."""

    def __init__(self) -> None:
        super().__init__(_("与「楼栋」「单元」两列不一致。请核对这三列，改成同一个房号。"))


class AgainstTitle(CellRefused):
    """A room in two parts begins with another number than its building, which a title names."""

    def __init__(self) -> None:
        super().__init__(_("与上面写的楼栋不一致。请写成「栋-单元-房号」，例如 3-1-502。"))


class UnclearAround(CellRefused):
    """What stands above does not say of which building a room is."""

    def __init__(self, said: str) -> None:
        super().__init__(
            _(
                "上面的「{said}」看不出是哪一栋。请把它改成「3栋」或「3栋1单元」，"
                "或把房号写成 3-1-502。"
            ).format(said=visible(said))
        )


class NotACode(CellRefused):
    """A staff or tariff number with characters that numbers don't have."""

    def __init__(self, example: str) -> None:
        super().__init__(
            _("不是有效的编号。请用字母、数字和短横，例如 {example}。").format(example=example)
        )


class NotOneOf(CellRefused):
    """A word that is not in the field's own short list."""

    def __init__(self, choices: Iterable[str]) -> None:
        super().__init__(_("没有这一项。可以填：{choices}。").format(choices=listed(choices)))


class UnknownPost(CellRefused):
    """A post that the office's table of posts does not have."""

    def __init__(self, like: str, where: str) -> None:
        words = _("岗位表里没有这个岗位。请改正，或先在 {where} 里加上它。").format(where=where)
        if like:
            words = _(
                "岗位表里没有这个岗位，最像的是「{like}」。请改正，或先在 {where} 里加上它。"
            ).format(like=like, where=where)
        super().__init__(words, "HR-5.1")


class AgainstPost(CellRefused):
    """Department or level differ from what the table says of the post: rights follow the post."""

    def __init__(self, post: str, expected: str, where: str) -> None:
        words = _(
            "岗位「{post}」在岗位表里是「{expected}」。请把这一格写成「{expected}」；"
            "本单位不是这样的，先在 {where} 里改这个岗位。"
        )
        super().__init__(words.format(post=post, expected=expected, where=where), "HR-5.1")


class BelowSupervisor(CellRefused):
    """Duty managers are of supervisor level and above."""

    def __init__(self) -> None:
        super().__init__(_("值班经理须由主管级(C)及以上人员担任。请删去这项兼任。"), "ZB-3.2")


class Repeated(CellRefused):
    """The same unit, person, number or item stands further up."""

    def __init__(self, row: int) -> None:
        super().__init__(_("与第 {row} 行重复。请只留一行。").format(row=row))
