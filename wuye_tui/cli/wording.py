"""What the registers keep as codes, in words: moments, people, answers, posts, acts.

Only what is printed for people passes here; JSON keeps the codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from wuye_tui.rules.dutyplans import POSTS as POSTS
from wuye_tui.rules.lifecycle import NEW, Ask, Kind, Lifecycle
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.refusals import shown
from wuye_tui.rules.repair_facts import OFF
from wuye_tui.rules.rights import HAT_WORDS, Right, holders
from wuye_tui.rules.saying import Teller, answer_words
from wuye_tui.rules.text import masked_phone, masked_words
from wuye_tui.words import N_, _, listed

_ACTS: Final = {
    "call.add": N_("登记来电"),
    "call.line": N_("登记来电"),
    "call.join": N_("并入来电"),
    "undo": N_("撤回"),
    "duty.start": N_("接班"),
    "duty.continue": N_("接着值班"),
    "tick.runs_on": N_("记下继续值班"),
    "staff.add": N_("加一名员工"),
    "staff.import": N_("导入员工"),
    "units.import": N_("导入房号"),
    "people.import": N_("导入住户"),
    "tariff.import": N_("导入收费标准"),
    "directory.import": N_("导入通讯录"),
    "directory.check": N_("核对电话"),
    "directory.set": N_("改通讯录"),
    "directory.remove": N_("删电话"),
    "people.reveal": N_("查看完整电话"),
    "calls.reveal": N_("查看来电的完整电话"),
    "staff.reveal": N_("查看员工的完整电话"),
    "slips.reveal": N_("成批打印完整电话"),
    "staff.leave": N_("员工离职停用"),
    "staff.return": N_("员工重新启用"),
    "workstations.enrol": N_("登记工作站"),
    "workstations.revoke": N_("撤销工作站"),
    "right refused": N_("越权被拒"),
    "password set": N_("设定口令"),
    "password tried": N_("试口令"),
    "password accepted": N_("口令正确"),
    "password refused": N_("口令不对"),
    "pin set": N_("设定密码"),
    "pin tried": N_("试密码"),
    "pin accepted": N_("密码正确"),
    "pin refused": N_("密码不对"),
    "tick.late": N_("记下超时"),
    "tick.escalate": N_("自动上报督办"),
    "tick.open": N_("自动开立"),
    "fees.set": N_("定收费价格"),
    "fees.term": N_("登记收费约定"),
    "fees.end_term": N_("结束收费约定"),
    "fees.pool": N_("登记公摊"),
    "readings.import": N_("导入读数"),
    "readings.add": N_("登记读数"),
    "readings.correct": N_("改读数"),
    "readings.off": N_("停用表"),
    "bills.begin": N_("开始出账"),
    "bills.prepare": N_("准备账单"),
    "bills.publish": N_("出账"),
    "bills.drop": N_("放弃出账"),
    "bills.withdraw": N_("撤回账单"),
    "bills.charge": N_("记一笔"),
    "bills.waive": N_("减免"),
    "bills.reverse": N_("冲销"),
    "bills.close": N_("日结"),
    "bills.spend": N_("记支出"),
    "bills.unspend": N_("冲回支出"),
    "payments.take": N_("收款"),
    "payments.deposit": N_("收押金"),
    "payments.refund": N_("退款"),
    "payments.void": N_("作废收据"),
    "payments.use_prepaid": N_("预存抵扣"),
    "receipts.print": N_("打印收据"),
    "receipts.invoiced": N_("登记发票"),
    "rosters.generate": N_("生成排班"),
    "rosters.keep": N_("存下排班"),
    "rosters.publish": N_("发布排班"),
    "rosters.swap": N_("换班"),
    "rosters.leave": N_("请假"),
    "rosters.leave.cancel": N_("取消请假"),
    "rosters.absent": N_("缺勤补班"),
    "rosters.wish": N_("提排班愿望"),
    "rosters.unwish": N_("收回愿望"),
    "rosters.missed": N_("提请处理缺勤"),
    "archive.week": N_("一周的记录归档"),
    "archive.file": N_("归档"),
    "archive.back": N_("退回补正"),
}


@dataclass(frozen=True)
class Terms:
    """What answers are put into words with: the zone, names by staff number, tariff items by code.

    `full` shows telephone numbers whole.
    """

    zone: tzinfo
    names: Mapping[str, str]
    items: Mapping[str, str]
    full: bool = False

    def person(self, number: str) -> str:
        """A member of the staff by name and number; a number that is nobody's stays alone."""
        name = self.names.get(number)
        return f"{name}({number})" if name else number

    def item(self, code: str) -> str:
        """An item of the tariff by code and name."""
        if code == OFF:
            return _("标准外")
        return " ".join(filter(None, (code, self.items.get(code, ""))))

    def moment(self, value: Any) -> str:
        """A moment, or a stored one as the facts have it."""
        if not value:
            return ""
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return shown(at, self.zone)

    def answer(self, ask: Ask, value: Any) -> str:
        """An answer as people read it."""
        phone = str if self.full else masked_phone
        said = answer_words(ask, value, Teller(self.moment, self.person, self.item, phone))
        return self.words(said) if ask.kind in (Kind.WORDS, Kind.TEXT) else said

    def words(self, said: str) -> str:
        """Words as somebody said them, with or without the numbers in them."""
        return said if self.full else masked_words(said)


def word_of(words: Mapping[Any, str], code: str) -> str:
    """The word of a code; one that is not in the table stays as it is."""
    return _(words.get(code, code))


def state_of(kind: str, state: str) -> str:
    """The word of a state of a kind of matter."""
    return _(PROCEDURES[kind].state_word(state))


def act_word(what: str) -> str:
    """What an act did; one that is not known here stays as it was written."""
    if what in _ACTS:
        return _(_ACTS[what])
    kind, _dot, verb = what.partition(".")
    rows = PROCEDURES[kind].rows_named(verb) if kind in PROCEDURES else ()
    return _(rows[0].word) if rows else what


def span_words(cycle: Lifecycle, text: str) -> str:
    """`registered-verified` in words: 已登记至已核实."""
    spans = []
    for part in text.split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        word = _("新单") if first == NEW else _(cycle.state_word(first))
        until = _(cycle.state_word(last))
        spans.append(_("{first}至{last}").format(first=word, last=until) if dash else word)
    return listed(spans)


def allowed(right: Right) -> str:
    """Who may: the hats that grant a right."""
    if right is Right.ANYONE:
        return _("任何员工")
    return listed(_(HAT_WORDS[hat]) for hat in holders(right))
