"""The manual of each screen, made from the table of keys and the tables of the procedures.

`python -m screens.manual` writes `docs/manual.md` in a checkout; a test says when it is behind.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from screens.commands import (
    ARREARS,
    BILL_FIND,
    BILLING,
    CALLBACKS,
    CALLS,
    CHOOSE,
    COUNTED,
    DESK,
    FILTER,
    FORM,
    FOUND,
    HANDOVER,
    LINE,
    LOCK,
    LOG,
    LOOK,
    NIGHT,
    NOTICES,
    NUMBERS,
    PANE,
    PAPER,
    PAYING,
    QUEUE,
    RECORDS,
    ROSTER,
    STATUS,
    SUMMARY,
    TABS,
    WORKERS,
    Command,
    of,
)
from screens.help_words import PLACES
from screens.offers import english
from wuye_tui.rules.lifecycle import NEW, Lifecycle, Row
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.words import N_

# Each place: the picture of it, and what one has to know before the keys.
SCREENS: tuple[tuple[str, str, str], ...] = (
    (
        LINE,
        "line",
        N_(
            "边听边打一句话：房号、什么事、什么时候。下面两行是系统听懂的，看一眼再回车；没听懂的原样留着。"
            "认出房号就有这一户的卡片：住户、未结的单、正在通知的事和该说的原话、最近的来电。"
        ),
    ),
    (STATUS, "", N_("最上面一行：谁在值班、超时几张、下一个到期的。来电这一行按上键就到这里。")),
    (
        QUEUE,
        "ticked",
        N_(
            "未结的单，最先到期的在最上面；剩下多少时间每秒在走，超时写「超时」。"
            "F7 走这张单通常的下一步，F8 列出现在能走的每一步；勾上几张就一起办。"
        ),
    ),
    (
        PANE,
        "slip",
        N_("整张单：谁、哪里、什么事、费用、每个时限出自哪一条、每一步谁在什么时候办的。"),
    ),
    (
        FORM,
        "form",
        N_(
            "一步要填的，一栏一行，由规程的表生成。填错了一句话说清怎么改，已填的都在；"
            "被电话打断就先放着，回来连光标都在原处。"
        ),
    ),
    (CHOOSE, "steps", N_("打汉字、拼音首字母或英文就缩到那几项；没打字时按数字就选。")),
    (
        HANDOVER,
        "",
        N_(
            "交班的人点清工具和钱，按 F8 签字；接班的人一项一项看，看过的打勾，"
            "按 F7 用自己的密码签收。没变化的一起确认；签收以前 F8 收回，签收以后不能改。"
            "到点没交完，值班的人继续值班。"
        ),
    ),
    (
        NIGHT,
        "",
        N_(
            "值夜班的人看到三件事：来电话了，出去干活，还有什么没办。打一句话回车，再按一个数字说怎么办："
            "自己去修、马上告诉谁、明天安排。"
        ),
    ),
    (TABS, "palette", N_("F10 打开，第二排标签是没有专门键的几个列表。")),
    (
        CALLS,
        "calls",
        N_("本班的来电，新的在上。未接的和问了还没答复的，一直在最上面，直到有人办了。"),
    ),
    (
        FOUND,
        "search",
        N_("一个框找全部：房号怎么写都行，姓名、拼音、首字母、电话尾号、车牌、单号、价格、条款。"),
    ),
    (
        NOTICES,
        "notices",
        N_("正在影响业主的事：念给业主的原话、发到群里的文字、部门四小时内报了没有。"),
    ),
    (
        CALLBACKS,
        "",
        N_(
            "修完两天之内要打的回访，最先到期的在上面：打给谁、怎么说、问什么、试过几次、这一户还修过什么。"
            "F7 记下满意度和意见，F8 是没联系上、不愿回访等；晚上八点到早上九点不打。"
        ),
    ),
    (
        SUMMARY,
        "",
        N_(
            "一个月的回访月报，上个月并列；选中的数怎么算写在下面，Enter 列出它数的每一张，"
            "左右换月份。存成表格用 wuye callbacks summary。"
        ),
    ),
    (COUNTED, "", N_("月报里一个数的每一张：什么时候到期、结果、意见原话、另开了什么单。")),
    (NUMBERS, "directory", N_("手边的电话，和每个号码最近一次是谁打通的。")),
    (PAPER, "", N_("要打印的表单，先在屏幕上看；打出来的就是这些字。")),
    (WORKERS, "workers", N_("谁在现场、谁手上有活、谁空着。")),
    (
        RECORDS,
        "",
        N_(
            "F10 打「归档」：办完还没归档的记录，一周一段，齐不齐、缺什么。"
            "F10 打「主管」：当日报修记录、等补签的夜间单、超时和人手。"
        ),
    ),
    (
        LOG,
        "",
        N_(
            "值班经理的一天：突发事件和报告了没有、巡查多久、哪些岗位和机房没到、整改要复查的、"
            "记录和更正、任务单、以前没办完的、批阅。F7 补记，F8 上报，F9 巡查，左右换天。"
        ),
    ),
    (
        LOOK,
        "",
        N_(
            "到了一处：没问题按 0；有问题打字，F7 开任务单，F8 当场已解决。"
            "复查整改也在这里：写看到什么，F7 合格，F8 不合格。"
        ),
    ),
    (
        BILL_FIND,
        "",
        N_(
            "F6 收费：打房号、姓名、拼音首字母、电话尾号或车牌，回车就是这一户欠的。"
            "电话里的、单上的房号自己带进来；一家几套一起收，都打上，开一张收据。"
        ),
    ),
    (
        BILLING,
        "",
        N_(
            "欠的每一笔，最早的在上面，超期写几天，违约金算到今天；上面是共欠、预存、押金和勾着的合计。"
            "空格打勾只收这几笔，F7 收款，F8 打印收据，F9 是今天的收据、作废、今天收了多少、日结。"
        ),
    ),
    (
        ARREARS,
        "",
        N_(
            "谁欠、欠多久、催到哪一步、答应哪天，逾期最久的在前。回车看这一户的账，"
            "F7 看投诉和怎么说，提醒、答应都从那里记。"
        ),
    ),
    (
        PAYING,
        "",
        N_(
            "收多少：不打就是要收的，打了就收这么多，多的问找零还是存作预存。怎样付：1 到 5。"
            "收现金可以写给了多少，找零就在旁边。一路回车就收好，收据号和大写金额在下面。"
        ),
    ),
    (
        ROSTER,
        "",
        N_(
            "一个月谁上哪一班：一行一个人，一列一天；光标那一格的班次、时间、岗位和同班的人在下面。"
            "回车看这个人的一个月，空格看这个岗位。F7 换班，要在这班开始以前；F8 缺勤，就找替班。"
        ),
    ),
    (FILTER, "", N_("只看含这几个字的单。")),
    (LOCK, "lock", N_("离开座位就锁；换人也在这里。打了一半的字都留着。")),
)
_EMERGENCIES: str = N_(
    "每种紧急情况一个键。卡片先出来：先打给谁、先问什么、绝不做什么，打完再填下面的表；"
    "单开了以后卡片还在，干完才收。"
)
_MATTERS: str = N_(
    "每一种单都照自己的表走。F8 里只有现在能走的步骤；走不了的，会说差什么、是哪一条。"
)


def main() -> None:
    """Writes the page into this checkout. OSError where there is none."""
    (Path(__file__).parents[1] / "docs" / "manual.md").write_text(page(), "utf-8")


def page() -> str:
    """The whole manual, Chinese beside English."""
    lines = [
        "# The manual / 使用手册",
        "",
        "Made from the tables by `make docs`; not to be edited. 由程序里的表生成，不要手改。",
        "Your first day at a real office: [first-day.md](first-day.md). 第一天怎么开张也在那里。",
        "",
    ]
    for place, picture, about in SCREENS:
        lines += [*_screen(place, picture, about), ""]
    lines += [*_keys(_heading(N_("随时能按的键")), of(DESK)), ""]
    alarms = [one for one in of(DESK) if one.id.startswith("alarm")]
    lines += [*_keys(_heading(N_("紧急情况")), alarms, _EMERGENCIES), ""]
    lines += [_heading(N_("各种单怎么走")), "", *_both(_MATTERS), ""]
    for cycle in PROCEDURES.values():
        lines += [*_matter(cycle), ""]
    return "\n".join(lines).rstrip() + "\n"


def _screen(place: str, picture: str, about: str) -> Iterator[str]:
    yield from _keys(_heading(PLACES.get(place, N_("锁屏"))), of(place), about, picture)


def _heading(word: str) -> str:
    return f"## {english(word)} / {word}"


def _keys(
    heading: str, keys: Iterable[Command], about: str = "", picture: str = ""
) -> Iterator[str]:
    yield from (heading, "")
    if about:
        yield from (*_both(about), "")
    if picture:
        yield from (f"![]({_picture(picture)})", "")
    yield "| key / 键 | | what it does | 做什么 |"
    yield "| --- | --- | --- | --- |"
    for one in keys:
        name = f"{english(one.word)} / {one.word}"
        yield f"| {one.key} | {name} | {english(one.help)} | {one.help} |"


def _matter(cycle: Lifecycle) -> Iterator[str]:
    """The steps that people take of one kind, in the order of its table."""
    yield from (f"### {english(cycle.word)} / {cycle.word}", "")
    yield "| step / 步骤 | from / 从 | to / 到 | clause / 条款 |"
    yield "| --- | --- | --- | --- |"
    for row in (row for row in cycle.rows if not row.auto):
        step = f"{english(row.word)} / {row.word}"
        yield f"| {step} | {_span(cycle, row)} | {_to(cycle, row)} | {row.clause} |"


def _span(cycle: Lifecycle, row: Row) -> str:
    parts = []
    for part in row.frm.split(","):
        first, _dash, last = (one.strip() for one in part.partition("-"))
        begin = N_("新单") if first == NEW else cycle.state_word(first)
        until = f" .. {_pair(cycle.state_word(last))}" if last else ""
        parts.append(_pair(begin) + until)
    return "; ".join(parts)


def _to(cycle: Lifecycle, row: Row) -> str:
    return _pair(cycle.state_word(row.to)) if row.moves else _pair(N_("不变"))


def _pair(word: str) -> str:
    return f"{english(word)} {word}"


def _both(about: str) -> tuple[str, str, str]:
    return english(about), "", about


def _picture(name: str) -> str:
    return f"pictures/{name}.svg"


if __name__ == "__main__":
    main()
