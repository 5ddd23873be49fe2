"""Why a whole file cannot be taken in: one sentence each, which begins with the file's name and
says what to do (exit status 3).

Why a single cell cannot is said by `wuye_tui.intake.reasons`.
"""

from typing import ClassVar

from wuye_tui.rules.errors import BadFile
from wuye_tui.rules.text import visible
from wuye_tui.words import N_, _


class FileRefused(BadFile):
    """A file that cannot be read. Subclasses hold the sentence; `values` fill it in."""

    sentence: ClassVar[str] = ""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(_(self.sentence).format(name=visible(name), **values))


class NoFile(FileRefused):
    """There is no such file, or it is a folder or a device."""

    sentence = N_("没有「{name}」这个文件。请检查路径后再试。")


class Unreadable(FileRefused):
    """The operating system does not let us read it."""

    sentence = N_("「{name}」打不开。请检查读取权限，并关闭正在使用它的程序。")


class WrongEnding(FileRefused):
    """Neither .xlsx nor .xls nor .csv."""

    sentence = N_("「{name}」不是 .xlsx、.xls 或 .csv。请用表格软件另存为 .xlsx，再导入。")


class EmptyFile(FileRefused):
    """Not one byte, or not one filled cell."""

    sentence = N_("「{name}」是空的。请确认选对了文件，并已在表格软件里保存。")


class TooBig(FileRefused):
    """Bigger on disk than any register of an office. Value: mib."""

    sentence = N_("「{name}」超过 {mib} MiB。请删去图片，或分成几个文件导入。")


class UnpacksTooBig(FileRefused):
    """Bigger once unpacked than any register of an office. Value: mib."""

    sentence = N_("「{name}」解压后超过 {mib} MiB。请只留要导入的那张表，或分成几个文件导入。")


class Bomb(FileRefused):
    """Unpacks to suspiciously much, has too many parts, or one endless cell."""

    sentence = N_("「{name}」的压缩内容不正常。请把数据复制到新建的工作簿里，另存后再导入。")


class TooManyRows(FileRefused):
    """More rows than one file may hold. Value: limit."""

    sentence = N_("「{name}」超过 {limit} 行。请删去多余的行，或分成几个文件导入。")


class TooManyColumns(FileRefused):
    """Something is written further to the right than any column of ours. Value: limit."""

    sentence = N_("「{name}」在第 {limit} 列以外还有内容。请删去多余的列，再导入。")


class TooManyCells(FileRefused):
    """Too many cells, most of them surely blank but formatted. Value: limit."""

    sentence = N_("「{name}」超过 {limit} 个单元格。请把有内容的部分复制到新建的工作簿里，再导入。")


class NotAWorkbook(FileRefused):
    """Named like a workbook, but something else: a text, an .ods, a letter."""

    sentence = N_("「{name}」不是真正的 Excel 工作簿。请用表格软件打开，另存为 .xlsx 再导入。")


class WebPage(FileRefused):
    """A web page, or XML, that some system exported under a spreadsheet's name."""

    sentence = N_("「{name}」其实是网页。请用表格软件打开，另存为 .xlsx 再导入。")


class VeryOldWorkbook(FileRefused):
    """The formats before Excel 97."""

    sentence = N_("「{name}」是 Excel 95 或更早的格式。请用表格软件打开，另存为 .xlsx 再导入。")


class Encrypted(FileRefused):
    """Protected by a password."""

    sentence = N_("「{name}」设了打开密码。请在表格软件里取消密码并保存，再导入。")


class ReallyWorkbook(FileRefused):
    """Named .csv, but a workbook."""

    sentence = N_("「{name}」其实是工作簿，不是 CSV。请用表格软件打开，另存为 .xlsx 再导入。")


class Damaged(FileRefused):
    """Cut off in copying, flipped bits, or parts that contradict each other."""

    sentence = N_("「{name}」已损坏或不完整。请重新复制一份，或用表格软件打开修复并另存，再导入。")


class DeclaresEntities(FileRefused):
    """XML with a DOCTYPE or an entity of its own: no spreadsheet program writes that."""

    sentence = N_("「{name}」含有不安全的 XML 声明。请把数据复制到新建的工作簿里，再导入。")


class NoResult(FileRefused):
    """A formula that failed or was never reckoned, and would come in as a blank. Value: cell."""

    sentence = N_("「{name}」单元格 {cell} 的公式没有结果。请改成填好的值并保存，再导入。")


class NoSheet(FileRefused):
    """A workbook of charts only."""

    sentence = N_("「{name}」里没有数据表。请把数据放在第一张表里，再导入。")


class NoSuchSheet(FileRefused):
    """The sheet that was asked for is not there. Values: sheet, sheets."""

    sentence = N_("「{name}」里没有名叫「{sheet}」的表。请从这些里选一张：{sheets}。")


class SeveralSheets(FileRefused):
    """The first sheet is only a cover, and more than one of the others could be meant."""

    sentence = N_(
        "「{name}」的第一张表没有列名，后面这几张都有：{sheets}。"
        "请用 --sheet 写明导入哪一张，一张一张导入。"
    )


class WrongEncoding(FileRefused):
    """A CSV file that is neither UTF-8 nor GB18030."""

    sentence = N_("「{name}」的文字编码认不出来。请另存为「CSV UTF-8」或 .xlsx，再导入。")


class BrokenCharacter(FileRefused):
    """A UTF-8 file with bytes in one line that are not. Value: line."""

    sentence = N_("「{name}」第 {line} 行有损坏的文字。请改正这一行，另存为「CSV UTF-8」再导入。")


class NullCharacter(FileRefused):
    """A CSV file with NUL characters: cut off, or no text at all. Value: line."""

    sentence = N_("「{name}」第 {line} 行有空字符，文件可能已损坏。请用表格软件另存，再导入。")


class BrokenQuote(FileRefused):
    """A quotation mark in a CSV file that is not closed where it should be. Value: row."""

    sentence = N_("「{name}」第 {row} 行起双引号没有成对。请改正，或另存为 .xlsx，再导入。")


class HugeField(FileRefused):
    """One field of a CSV file longer than any text of ours. Value: row."""

    sentence = N_("「{name}」第 {row} 行有一格内容太长。请删短后再导入。")


class NoHeader(FileRefused):
    """No row of column names near the top. Values: within, needed."""

    sentence = N_("「{name}」前 {within} 行里没有列名。请在数据上方加一行列名，至少有：{needed}。")


class StrangeHeader(FileRefused):
    """Words near the top, but hardly one is a column's name. Values: row, seen, needed."""

    sentence = N_(
        "「{name}」里没有认得的列名：第 {row} 行是 {seen}。请加上或改成这些列名，至少有：{needed}。"
    )


class MissingColumns(FileRefused):
    """A row of column names, but not all that are needed. Values: row, missing, seen."""

    sentence = N_(
        "「{name}」第 {row} 行的列名里缺少：{missing}；那里写的是 {seen}。请补上这些列，再导入。"
    )


class OtherTable(FileRefused):
    """A file for another import. Values: table, needed, found, other, noun (of the other)."""

    sentence = N_(
        "「{name}」不是{table}：要有 {needed}，这里的列名是 {found}。"
        "它像是{other}，请用 wuye {noun} import 导入。"
    )


class TwiceTheColumn(FileRefused):
    """Two columns that would fill the same field. Values: first, second."""

    sentence = N_("「{name}」的「{first}」和「{second}」是同一项内容。请只留一列，再导入。")


class DayOfNobody(FileRefused):
    """A day that only tenants have beside owners alone, or the other way. Values: column, role."""

    sentence = N_(
        "「{name}」的「{column}」只有{role}才有，表里却没有{role}姓名。请加上这一列，或删去「{column}」，再导入。"
    )


class NoRows(FileRefused):
    """Column names and nothing below them."""

    sentence = N_("「{name}」的列名下面没有数据。请填好后再导入。")
