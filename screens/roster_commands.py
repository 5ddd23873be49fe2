"""The keys of the rosters' grid: a part of the table of commands."""

from typing import Final

from screens.command import Command
from wuye_tui.words import N_

ROSTER: Final = "roster"  # a month of who has which shift

OF_ROSTER: Final[tuple[Command, ...]] = (
    Command("roster_whose", "enter", N_("看一个人"), N_("选中的人这个月每一班：日期、时间、岗位"),
            (ROSTER,), bar=7),
    Command("roster_where", "space", N_("看岗位"), N_("选中的岗位这个月每一班有谁"),
            (ROSTER,), bar=9, more="ideographic_space"),
    Command("roster_kind", "f9", N_("换一种"), N_("前台、夜间、秩序、保洁、值班经理，轮着看"),
            (ROSTER,), bar=6, first=True),
    Command("roster_day(-1)", "left", N_("前一天"), N_("光标到前一天"), (ROSTER,)),
    Command("roster_day(1)", "right", N_("后一天"), N_("光标到后一天"), (ROSTER,)),
    Command("roster_person(-1)", "up", N_("上一个人"), N_("光标到上一个人"), (ROSTER,)),
    Command("roster_person(1)", "down", N_("下一个人"), N_("光标到下一个人"), (ROSTER,)),
    Command("roster_month(-1)", "pageup", N_("上个月"), N_("看前一个月的排班"), (ROSTER,)),
    Command("roster_month(1)", "pagedown", N_("下个月"), N_("看后一个月的排班"), (ROSTER,)),
    Command("roster_edge(-1)", "home", N_("月初"), N_("光标到这个月第一天"), (ROSTER,)),
    Command("roster_edge(1)", "end", N_("月末"), N_("光标到这个月最后一天"), (ROSTER,)),
    Command("roster_left", "escape", N_("返回"), N_("回到刚才的地方"), (ROSTER,), bar=8),
)  # fmt: skip
