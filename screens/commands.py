"""Every key of the console, once: bindings, the bar of keys, help and palette are made from it.

`where` says which part of the screen has to have the focus: `desk` is everywhere but on the lock.
"""

import re
from collections.abc import Iterable

from textual.binding import Binding

from screens.command import Command as Command
from screens.command import has_moved
from screens.command import remap as remap
from screens.command import spoken as spoken
from screens.roster_commands import OF_ROSTER
from screens.roster_commands import ROSTER as ROSTER
from wuye_tui.words import N_

DESK, LINE, QUEUE, FORM, CHOOSE, PANE, FILTER, LOCK = (
    "desk", "line", "queue", "form", "choose", "pane", "filter", "lock",
)  # fmt: skip
CALLS, WORKERS = "calls", "workers"
FOUND, NUMBERS, NOTICES = "found", "numbers", "notices"
RECORDS = "records"  # the archive and the supervisor's desk
LOG = "log"  # a day of the duty manager's log
LOOK = "look"  # one look on patrol, or at what was put right
PAPER = "paper"  # a form as it will be printed
HANDOVER = "handover"
NIGHT = "night"  # the three choices of whoever holds the night
CALLBACKS, COUNTED, SUMMARY = "callbacks", "counted", "summary"
TABS = "tabs"  # the palette while nothing is typed
BILL_FIND, BILLING, PAYING = "bill_find", "billing", "paying"  # whose, what is owed, the money
ARREARS = "arrears"  # who owes
STATUS = "status"  # the line at the top, with what is late and what is next

_LISTS = (FOUND, NUMBERS, NOTICES, CALLBACKS, COUNTED)  # with a line to type into
_ENTRIES = (RECORDS, HANDOVER, LOG, BILLING, ARREARS)
_COUNTER = (BILL_FIND, BILLING, PAYING)
_ALARM = N_("紧急情况一键：马上看到先打给谁，打完再填；这一行的字带进去")

COMMANDS: tuple[Command, ...] = (
    Command("help", "f1", N_("帮助"), N_("讲清这里能按哪些键，选中的时限和刚才的拒绝出自哪一条"),
            (DESK, LOCK), bar=1, first=True, palette=True,
            more="question_mark,fullwidth_question_mark"),
    Command("line", "f2", N_("来电"), N_("随时回到来电这一行，打了一半的字和光标都还在"),
            (DESK,), bar=2, first=True, palette=True),
    Command("work", "f3", N_("派工"), N_("回到下面：填了一半的表，或者未结的单"),
            (DESK,), bar=3, first=True, palette=True),
    Command("main", "f7", N_("下一步"), N_("选中的单走下一步；正在填表时就是保存"),
            (DESK,), bar=4, first=True, palette=True),
    Command("steps", "f8", N_("其他步骤"), N_("选中的单现在能走的每一步"),
            (DESK,), bar=5, first=True, palette=True),
    Command("palette", "f10,ctrl+p", N_("命令"), N_("用汉字、拼音首字母或英文找任何一个操作"),
            (DESK,), bar=8, first=True),
    Command("lock", "f12", N_("锁屏"), N_("离开座位或换人；打了一半的都留着"),
            (DESK,), bar=9, first=True, palette=True),
    Command("filter", "slash", N_("筛选"), N_("按房号、单号、姓名或内容只看一部分单"),
            (DESK,), palette=True, more="ideographic_comma"),
    Command("undo", "ctrl+z", N_("撤回"),
            N_("撤回我刚办的一件：登记错的来电连单子一起；在输入框里先撤回打字"),
            (DESK,), palette=True),
    Command("refresh", "ctrl+r", N_("刷新"), N_("马上重读一遍；平时每秒自动"),
            (DESK,), first=True, palette=True),
    Command("new", "ctrl+n", N_("按栏登记"), N_("不打一句话，一栏一栏地登记报修"),
            (DESK,), first=True, palette=True),
    Command("duty", "", N_("开始值班"), N_("从现在起由我值前台的班"), (DESK,), palette=True),
    Command("go_on", "", N_("接着值班"), N_("同一个人接着值下一班，不用交接"), (DESK,),
            palette=True),
    Command("step_in", "", N_("顶班"), N_("值班的人晕倒、走了，没法交班：写明原因，我来顶"),
            (DESK,), palette=True),
    Command("discard", "", N_("丢掉草稿"), N_("丢掉填了一半的表：眼前这张，或从单子里挑一张"),
            (DESK,), palette=True),
    Command("theme", "", N_("换颜色"), N_("深色、浅色、高对比、不用颜色，轮着换；下次打开还是它"),
            (DESK,), palette=True),
    Command("quit", "ctrl+q", N_("退出"), N_("退出；打了一半的都留着，下次打开还在"),
            (DESK, LOCK), first=True, palette=True),
    Command("find", "ctrl+f", N_("查找"),
            N_("一个框找房号、姓名、拼音、电话、车牌、单号和单上的字"),
            (DESK,), first=True, palette=True),
    Command("directory", "", N_("通讯录"), N_("手边的电话；打过的按 F9 记下已核对"), (DESK,),
            palette=True),
    Command("notices", "", N_("通知"), N_("停水停电等变化：念给业主的、发到群里的，部门报了没有"),
            (DESK,), palette=True),
    Command("calls", "", N_("来电登记"), N_("这一班的来电，新的在上；在来电这一行按 F2 也行"),
            (DESK,), palette=True),
    Command("answer", "", N_("按通知回答"), N_("照通知原话回答，只计数不开单；正问到时按 F9"),
            (DESK,), palette=True),
    Command("take", "", N_("接听"), N_("接响得最久的电话；来电这一行空着按回车，有字再按来电键"),
            (DESK,), palette=True),
    Command("release", "", N_("对方挂断"), N_("在响的记为未接；已接而不用登记的，号码不再记下"),
            (DESK,), palette=True),
    Command("missed", "", N_("未接来电"), N_("还没有回电的电话，选一个就回电"),
            (DESK,), palette=True),
    Command("call_back", "", N_("回电"), N_("给等得最久的未接来电打回去"), (DESK,), palette=True),
    Command("aside", "", N_("接着打"), N_("回到接电话以前打了一半的那句话"), (DESK,), palette=True),
    Command("tomorrow", "", N_("留到早上"), N_("夜里办不了的：来电这一行只登记，早上再开单"),
            (DESK,), palette=True),
    Command("alarm('entrapment')", "f13", N_("电梯困人"), _ALARM,
            (DESK,), first=True, palette=True),
    Command("alarm('fire')", "f14", N_("火警"), _ALARM, (DESK,), first=True, palette=True),
    Command("alarm('burst_pipe')", "f15", N_("爆管"), _ALARM, (DESK,), first=True, palette=True),
    Command("alarm('gas')", "f16", N_("燃气泄漏"), _ALARM, (DESK,), first=True, palette=True),
    Command("alarm('power')", "f17", N_("停电触电"), _ALARM, (DESK,), first=True, palette=True),
    Command("alarm('injury')", "f18", N_("人员受伤"), _ALARM, (DESK,), first=True, palette=True),
    Command("workers", "ctrl+t", N_("人手"), N_("谁在现场、谁有活、谁空着，手上都有哪些单"),
            (DESK,), bar=6, first=True, palette=True),
    Command("all", "", N_("全部的单"), N_("未结的单全部显示"), (DESK,), palette=True),
    Command("mine", "", N_("只看我的"), N_("只看我负责或我在办的单"), (DESK,), palette=True),
    Command("overdue", "", N_("只看超时"), N_("只看已经超时的单"), (DESK,), palette=True),
    Command("department", "", N_("只看一个部门"), N_("只看一个部门的单"), (DESK,), palette=True),
    Command("unit", "", N_("只看一户"), N_("只看一户、一个单元或一栋楼的单"),
            (DESK,), palette=True),
    Command("state", "", N_("只看一种状态"), N_("只看到了某一步的单，或者挂起的"),
            (DESK,), palette=True),
    Command("submit", "enter", N_("登记"), N_("登记这个来电；有几种可能时先选一个"),
            (LINE,), bar=7),
    Command("join", "f9", N_("并入"), N_("同一件事已经报过：这个来电并到那张单，不另开单"),
            (LINE,), bar=6, first=True),
    Command("choice(1)", "down", N_("下一个"), N_("有几种可能时往下选；没有就到下面"), (LINE,)),
    Command("choice(-1)", "up", N_("上一个"), N_("有几种可能时往上选；没有就到最上面的状态行"),
            (LINE,)),
    Command("see", "enter", N_("打开"), N_("打开括号里的：超时的回访，没有就是下一个到期的单"),
            (STATUS,), bar=6),
    Command("lower", "escape", N_("返回"), N_("回到来电这一行"), (STATUS,), bar=7, more="down"),
    Command("leave", "escape", N_("到下面"), N_("到下面的单；这一行的字留着"), (LINE,)),
    Command("card(-1)", "pageup", N_("卡片往上"), N_("这一户的卡片往上翻"), (LINE,)),
    Command("card(1)", "pagedown", N_("卡片往下"), N_("这一户的卡片往下翻"), (LINE,)),
    Command("open", "enter", N_("看单"), N_("打开选中的整张单"),
            (QUEUE,), bar=7),
    Command("move(-1)", "up", N_("上一张"), N_("选上一张单"), (QUEUE,)),
    Command("move(1)", "down", N_("下一张"), N_("选下一张单"), (QUEUE,)),
    Command("page(-1)", "pageup", N_("上一页"), N_("往上翻一页"), (QUEUE,)),
    Command("page(1)", "pagedown", N_("下一页"), N_("往下翻一页"), (QUEUE,)),
    Command("jump(-1)", "home,ctrl+home", N_("第一张"), N_("到最先到期的一张"), (QUEUE,)),
    Command("jump(1)", "end,ctrl+end", N_("最后一张"), N_("到最后一张"), (QUEUE,)),
    Command("tick", "space", N_("打勾"), N_("勾上这张单，再按一次去掉；勾着的按 F7、F8 一起办"),
            (QUEUE,), bar=6, more="ideographic_space"),
    Command("number", "f9", N_("看号码"),
            N_("选中的单上的完整电话：写明为什么，显示十秒，记入审计"),
            (QUEUE, PANE), palette=True),
    Command("round(1)", "right", N_("换一部分"), N_("全部、我的、超时，轮着看"), (QUEUE,)),
    Command("round(-1)", "left", N_("换回来"), N_("倒着轮：超时、我的、全部"), (QUEUE,)),
    Command("free", "escape", N_("全部显示"), N_("去掉所有的勾；没有勾时全部显示"),
            (QUEUE,), bar=6),
    Command("save", "ctrl+s", N_("保存"), N_("保存这张表，和 F7 一样"), (FORM,), first=True),
    Command("next", "enter", N_("下一栏"), N_("到下一个还要填的栏；都填好了就到保存"),
            (FORM,), bar=6),
    Command("field(1)", "tab", N_("往下一栏"), N_("到下一栏，不管填了没有"), (FORM,), more="down"),
    Command("field(-1)", "shift+tab", N_("往上一栏"), N_("到上一栏"), (FORM,), more="up"),
    Command("close", "escape", N_("先放着"), N_("关上这张表，填的都留着，再打开还在"),
            (FORM,), bar=7),
    Command("pick(1)", "down", N_("往下选"), N_("往下选"), (CHOOSE,)),
    Command("pick(-1)", "up", N_("往上选"), N_("往上选"), (CHOOSE,)),
    Command("chosen", "enter", N_("选定"), N_("就选这一项；没打字时按数字也行"), (CHOOSE,), bar=6),
    Command("cancel", "escape", N_("返回"), N_("什么也不选"), (CHOOSE,), bar=7),
    Command("scroll(-1)", "up", N_("往上"), N_("往上一行"), (PANE, PAPER)),
    Command("scroll(1)", "down", N_("往下"), N_("往下一行"), (PANE, PAPER)),
    Command("turn(-1)", "pageup", N_("上一页"), N_("往上翻一页"), (PANE, PAPER)),
    Command("turn(1)", "pagedown", N_("下一页"), N_("往下翻一页"), (PANE, PAPER),
            more="space"),
    Command("edge(-1)", "home", N_("开头"), N_("到开头"), (PANE, PAPER)),
    Command("edge(1)", "end", N_("末尾"), N_("到末尾"), (PANE, PAPER)),
    Command("back", "escape", N_("返回"), N_("回到刚才的地方"), (PANE, PAPER), bar=7,
            more="enter"),
    Command("print", "", N_("打印"), N_("选中的单、今天的登记表：先看，再送打印机或存成 PDF"),
            (DESK,), palette=True),
    Command("to_printer", "f9", N_("送打印机"), N_("这张表单送到打印机；打印机不在，文件留着"),
            (PAPER,), bar=6, first=True),
    Command("to_file", "ctrl+s", N_("存成 PDF"), N_("这张表单存成 PDF，放在办公室的 paper 文件夹"),
            (PAPER,), bar=6, first=True),
    Command("found", "enter", N_("去选中的单"), N_("到找到的单；打的是整个单号时打开那张单"),
            (FILTER,), bar=6),
    Command("clear", "escape", N_("全部显示"), N_("清掉查找的字，显示全部"), (FILTER,), bar=7),
    Command("slip", "enter", N_("看单"), N_("打开这个来电的单；没有开单的会说"), (CALLS,), bar=6),
    Command("call(-1)", "up", N_("上一个"), N_("选上一个来电"), (CALLS,)),
    Command("call(1)", "down", N_("下一个"), N_("选下一个来电"), (CALLS,)),
    Command("leaf(-1)", "pageup", N_("上一页"), N_("往上翻一页"), (CALLS,)),
    Command("leaf(1)", "pagedown", N_("下一页"), N_("往下翻一页"), (CALLS,)),
    Command("ends(-1)", "home", N_("最新"), N_("到最新的来电"), (CALLS,)),
    Command("ends(1)", "end", N_("最早"), N_("到最早的来电"), (CALLS,)),
    Command("shut", "escape", N_("返回"), N_("回到刚才的地方"), (CALLS,), bar=7),
    Command("edit", "enter", N_("改"), N_("改选中的电话；加一个按 Ctrl+N，要删按 F10 打「删电话」"),
            (NUMBERS,), bar=7),
    Command("use", "enter", N_("打开"), N_("打开选中的单；住户和房号放进来电这一行"),
            (FOUND, NOTICES, CALLBACKS, COUNTED), bar=6),
    Command("point(-1)", "up", N_("往上选"), N_("往上选"), _LISTS),
    Command("point(1)", "down", N_("往下选"), N_("往下选"), _LISTS),
    Command("flip(-1)", "pageup", N_("上一页"), N_("往上翻一页"), _LISTS),
    Command("flip(1)", "pagedown", N_("下一页"), N_("往下翻一页"), _LISTS),
    Command("tried", "f9", N_("核对过"), N_("选中的电话刚打过，是对的：记下谁、哪一天"),
            (NUMBERS,), bar=6, first=True),
    Command("change", "f9", N_("登记变化"), N_("停水、停电、检修：先登记，部门四小时内要报"),
            (NOTICES,), bar=6, first=True, palette=True),
    Command("paste", "ctrl+y", N_("群发"), N_("选中通知的群发文字：整段显示，也送进剪贴板"),
            (NOTICES,), bar=6, first=True, palette=True),
    Command("away", "escape", N_("返回"), N_("回到刚才的地方"), _LISTS, bar=7),
    Command("slips", "enter", N_("看他的单"), N_("只看这个人手上的单"), (WORKERS,), bar=7),
    Command("worker(-1)", "up", N_("上一个人"), N_("选上一个人"), (WORKERS,)),
    Command("worker(1)", "down", N_("下一个人"), N_("选下一个人"), (WORKERS,)),
    Command("seen", "escape", N_("返回"), N_("回到刚才的地方"), (WORKERS,), bar=8),
    Command("whole", "enter", N_("看单"), N_("打开选中的单；选中的是数就看数的是哪些单"),
            (RECORDS, HANDOVER, LOG), bar=7),
    Command("entry(-1)", "up", N_("上一行"), N_("选上一行"), _ENTRIES),
    Command("entry(1)", "down", N_("下一行"), N_("选下一行"), _ENTRIES),
    Command("stretch(-1)", "pageup", N_("上一页"), N_("往上翻一页"), _ENTRIES),
    Command("stretch(1)", "pagedown", N_("下一页"), N_("往下翻一页"), _ENTRIES),
    Command("border(-1)", "home", N_("开头"), N_("到开头"), _ENTRIES),
    Command("border(1)", "end", N_("末尾"), N_("到末尾"), _ENTRIES),
    Command("count(-1)", "left", N_("左边的数"), N_("这一行有几个数时选左边的一个，回车看是哪些单"),
            (RECORDS,)),
    Command("count(1)", "right", N_("右边的数"), N_("这一行有几个数时选右边的一个，回车看是哪些单"),
            (RECORDS,)),
    Command("mark", "space", N_("打勾"), N_("勾上这一项，再按一次去掉；F7、F8 只办勾着的"),
            (RECORDS, HANDOVER, BILLING), bar=6, more="ideographic_space"),
    Command("gone", "escape", N_("返回"), N_("回到刚才的地方"), (RECORDS, HANDOVER, LOG), bar=8),
    Command("turn_day(-1)", "left", N_("前一天"), N_("看前一天的值班日志"), (LOG,)),
    Command("turn_day(1)", "right", N_("后一天"), N_("看后一天的值班日志，到今天为止"), (LOG,)),
    Command("look_again", "space", N_("复查"), N_("选中的整改到现场看过了：记下合格还是不合格"),
            (LOG,), more="ideographic_space"),
    Command("patrol", "f9", N_("巡查"),
            N_("开始巡查；巡查中：到了哪里，没问题还是有问题，或者结束"),
            (LOG,), bar=6, first=True, palette=True),
    Command("further", "enter", N_("写细些"), N_("打开整张表：换部门、期限，写报告了谁"),
            (LOOK,), bar=6),
    Command("look_left", "escape", N_("返回"), N_("先不记；打的字都留着"), (LOOK,), bar=7),
    Command("log", "", N_("值班日志"), N_("值班经理的日志：今天巡查多久、哪里没到、什么要办"),
            (DESK,), palette=True),
    Command("write_down", "", N_("补记"), N_("值班日志记一条：来电、求助、投诉、检查、处罚等"),
            (DESK,), palette=True),
    Command("report_up", "", N_("上报"), N_("突发重大事件：登记，马上报告总经理"),
            (DESK,), palette=True),
    Command("rechecks", "", N_("复查整改"), N_("部门说整改完的，到现场看过记一笔"),
            (DESK,), palette=True),
    Command("archive", "", N_("归档"), N_("办完还没归档的：F7 把齐的归档，F8 把缺的退回补正"),
            (DESK,), palette=True),
    Command("owner_file", "", N_("查档"),
            N_("查阅业主档案：写明为什么，批准的人输密码，看了什么都记下（FW-6.3）"),
            (DESK,), palette=True),
    Command("supervisor", "", N_("主管"), N_("F7 当日记录检查签字，F8 夜间单补签；超时和人手"),
            (DESK,), palette=True),
    Command("strike", "", N_("删电话"), N_("通讯录里选中的电话不再用：写明为什么，拿掉"),
            (DESK,), palette=True),
    Command("callbacks", "", N_("回访"), N_("要做的回访：打给谁、怎么说、试过几次；F7 记下"),
            (DESK,), palette=True),
    Command("late_callbacks", "f19", N_("超时的回访"),
            N_("要做的回访，光标在超时最久的一个；来电这一行按上键、回车也行"),
            (DESK,), first=True, palette=True),
    Command("visit", "", N_("定期回访"), N_("给一户打个电话或上门看看，不是修完的回访"),
            (DESK,), palette=True),
    Command("visits", "", N_("定期回访计划"), N_("很久没有回访过的住户，最久的在上；回车就开回访"),
            (DESK,), palette=True),
    Command("summary", "", N_("回访月报"), N_("一个月的回访：每个数怎么算、数的是哪些单"),
            (DESK,), palette=True),
    Command("behind", "enter", N_("看是哪些"), N_("列出这个数里的每一张"), (SUMMARY,), bar=6),
    Command("figure(-1)", "up", N_("上一个数"), N_("选上一个数，看它怎么算"), (SUMMARY,)),
    Command("figure(1)", "down", N_("下一个数"), N_("选下一个数，看它怎么算"), (SUMMARY,)),
    Command("turn_month(-1)", "left", N_("上个月"), N_("看前一个月"), (SUMMARY,), bar=4),
    Command("turn_month(1)", "right", N_("下个月"), N_("看后一个月"), (SUMMARY,), bar=5),
    Command("summed", "escape", N_("返回"), N_("回到刚才的地方"), (SUMMARY,), bar=7),
    Command("billing", "f6", N_("收费"),
            N_("一户欠多少：打勾、收款、开收据；已经在那里时换一户"),
            (DESK,), first=True, palette=True),
    Command("prices", "", N_("收费标准"), N_("维修收费标准：打项目找，价格念给业主"),
            (DESK,), palette=True),
    Command("rules", "", N_("规程条款"), N_("规程的每一条：打编号或字找，回车看全文"),
            (DESK,), palette=True),
    Command("complaints", "", N_("投诉"), N_("只看还没有消档的投诉"), (DESK,), palette=True),
    Command("complaint_figures", "", N_("投诉统计"), N_("本月的投诉：按原因、按部门、按月份"),
            (DESK,), palette=True),
    Command("order_figures", "", N_("派工单统计"), N_("本月的部门派工单：按部门、按来源、按月份"),
            (DESK,), palette=True),
    Command("receipt_list", "", N_("收据"), N_("本月开的收据，作废的也在"), (DESK,), palette=True),
    Command("receipts_today", "", N_("今天的收据"),
            N_("今天开的收据；回车看一张：收的什么、金额大写、谁收的、作废没有"),
            (DESK,), palette=True),
    Command("void_receipt", "", N_("作废收据"),
            N_("收错了：写明为什么，第二个人用自己的密码签字；号不再用"),
            (DESK,), palette=True),
    Command("day_taken", "", N_("今天收款"), N_("今天收了多少：按人、按怎样付，日结了没有"),
            (DESK,), palette=True),
    Command("close_day", "", N_("日结"), N_("点清抽屉里的现金，结一天的账；差了要写明为什么"),
            (DESK,), palette=True),
    Command("charge_list", "", N_("收费登记表"), N_("维修收费登记表：每张单收多少、收了没有"),
            (DESK,), palette=True),
    Command("complain", "", N_("登记投诉"), N_("按栏目登记一件投诉，可写明被投诉的员工"),
            (DESK,), palette=True),
    Command("order", "", N_("开部门派工单"), N_("不是维修的事，派给一个部门去办"),
            (DESK,), palette=True),
    Command("go(1)", "1", N_("来电登记"), N_("这一班的来电登记"),
            (TABS,), first=True, opens="calls"),
    Command("go(2)", "2", N_("未接"), N_("还没有回电的电话"),
            (TABS,), first=True, opens="missed"),
    Command("go(3)", "3", N_("回访"), N_("还没有做完的回访"),
            (TABS,), first=True, opens="callbacks"),
    Command("go(4)", "4", N_("通知"), N_("停水停电等变化"),
            (TABS,), first=True, opens="notices"),
    Command("go(5)", "5", N_("通讯录"), N_("手边的电话"),
            (TABS,), first=True, opens="directory"),
    Command("go(6)", "6", N_("人手"), N_("谁手上有哪些单"),
            (TABS,), first=True, opens="workers"),
    Command("go(7)", "7", N_("价格"), N_("维修收费标准"),
            (TABS,), first=True, opens="prices"),
    Command("go(8)", "8", N_("条款"), N_("规程的每一条"),
            (TABS,), first=True, opens="rules"),
    Command("go(9)", "9", N_("排班"), N_("一个月谁上哪一班"),
            (TABS,), first=True, opens="rosters"),
    Command("rosters", "", N_("排班"), N_("一个月谁上哪一班：按人、按岗位看，换班，登记缺勤"),
            (DESK,), palette=True),
    *OF_ROSTER,
    Command("handover", "f4", N_("交接"), N_("交接班：点清、逐项看、两个人签字；F7 签收，F8 交班"),
            (DESK,), first=True, palette=True),
    Command("handover_more", "f9", N_("其他"), N_("签到、注意事项、清洁退回、拒绝、打印、以前的"),
            (HANDOVER,), bar=6, first=True),
    Command("owed_of", "enter", N_("看欠费"),
            N_("打房号、姓名、首字母、电话尾号或车牌；几套一起收就都打上"), (BILL_FIND,), bar=7),
    Command("to_owed", "down", N_("到清单"), N_("到下面的欠费清单"), (BILL_FIND,)),
    Command("bill_left", "escape", N_("返回"), N_("回到刚才的地方，打的都留着"),
            (BILL_FIND,), bar=8),
    Command("charge", "enter", N_("看一笔"), N_("选中的这一笔：哪几天、应收、已收、违约金、编号"),
            (BILLING,), bar=7),
    Command("bill_back", "escape", N_("换一户"), N_("回到找住户这一行；直接打房号也行"),
            (BILLING,), bar=8),
    Command("pay_next", "enter", N_("下一栏"), N_("收多少、怎样付、给了多少；最后一栏回车就收款"),
            (PAYING,), bar=7),
    Command("pay_field(1)", "tab", N_("往下一栏"), N_("到下一栏"), (PAYING,), more="down"),
    Command("pay_field(-1)", "shift+tab", N_("往上一栏"), N_("到上一栏"), (PAYING,), more="up"),
    Command("pay_means(1)", "right", N_("换付法"), N_("怎样付：往后选一种；按数字 1 到 5 也行"),
            (PAYING,)),
    Command("pay_means(-1)", "left", N_("换回来"), N_("怎样付：往前选一种"), (PAYING,)),
    Command("pay_left", "escape", N_("先放着"), N_("回到清单；打的都留着，再按 F7 还在"),
            (PAYING,), bar=8),
    Command("billing_more", "f9", N_("其他"),
            N_("收据、作废、日结、催缴、欠费名单、押金、退款、减免、加收"),
            _COUNTER, bar=6, first=True),
    Command("account", "enter", N_("看账"), N_("到选中的这一户的账"), (ARREARS,), bar=7),
    Command("arrears_left", "escape", N_("返回"), N_("回到刚才的地方"), (ARREARS,), bar=8),
    Command("arrears_list", "", N_("欠费名单"), N_("谁欠费，逾期最久的在前；回车看账，F7 催缴"),
            (DESK,), palette=True),
    Command("bill_deposit", "", N_("收押金"), N_("给收费里选好的那一户收押金，开收据"),
            (DESK,), palette=True),
    Command("bill_refund", "", N_("退预存押金"), N_("退收费里选好的那一户的预存或押金，两个人签"),
            (DESK,), palette=True),
    Command("watch", "f5", N_("值班"), N_("夜班看三件事；别人看值班经理的日志"),
            (DESK,), first=True, palette=True),
    Command("night(1)", "1", N_("第一项"), N_("选第一项"), (NIGHT,)),
    Command("night(2)", "2", N_("第二项"), N_("选第二项"), (NIGHT,)),
    Command("night(3)", "3", N_("第三项"), N_("选第三项"), (NIGHT,)),
    Command("taken", "enter", N_("选定"), N_("就选这一项；按数字也行"), (NIGHT,), bar=6),
    Command("shift(-1)", "up", N_("往上选"), N_("往上选"), (NIGHT,)),
    Command("shift(1)", "down", N_("往下选"), N_("往下选"), (NIGHT,)),
    Command("night_left", "escape", N_("看单"), N_("到没办完的单"), (NIGHT,), bar=7),
    Command("not_now", "escape", N_("返回"), N_("不签了，回到刚才的地方"), (LOCK,)),
    Command("enter", "enter", N_("进入"), N_("用这个工号和密码进入"), (LOCK,), bar=1),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}
_KEY = re.compile(r"(?:Ctrl\+|Shift\+)?(?:F\d\d?|(?<=\+)[A-Z])(?![0-9A-Za-z])", re.ASCII)
_NO_KEY = "unbound"  # what has no key has a binding too, so that it can be given one


def keyed(words: str) -> str:
    """Words of ours that name keys, with the keys that an office has put in their place."""
    if not has_moved():
        return words
    told: dict[str, set[str]] = {}
    for command in COMMANDS:
        told.setdefault(spoken(command.keys.split(",")[0]), set()).add(command.key)
    one = {old: new.pop() for old, new in told.items() if old and len(new) == 1}
    return _KEY.sub(lambda found: one.get(found[0], found[0]), words)


def bindings(*where: str) -> list[Binding]:
    """Textual's bindings of the commands of these places. A field keeps its own characters."""
    found = []
    for command in (c for c in COMMANDS if any(place in c.where for place in where)):
        told, keys = (command.id, command.word), command.keys or _NO_KEY
        found.append(Binding(keys, *told, show=False, priority=command.first, id=command.id))
        if command.more:
            found.append(Binding(command.more, *told, show=False))
    return found


def of(*where: str) -> Iterable[Command]:
    """The commands of these places that have a key, in the order of the table."""
    return (c for c in COMMANDS if c.held and any(place in c.where for place in where))


def bar(*where: str) -> list[Command]:
    """The commands for the bar of keys, from the left."""
    return sorted((c for c in of(*where) if c.bar), key=lambda c: c.bar)


def tabs() -> list[Command]:
    """The second row of tabs, in its order."""
    return [command for command in COMMANDS if command.opens]


def in_palette() -> Iterable[Command]:
    """The commands that the palette offers."""
    return (command for command in COMMANDS if command.palette)
