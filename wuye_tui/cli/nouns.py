"""Every noun of the command line with its one line of help; imported without anything heavy.

A noun's module is loaded only when it is used, so that `wuye --help` stays quick.
"""

from wuye_tui.words import N_, _

# Commands that stand alone, without a verb.
PLAIN: dict[str, str] = {
    "init": N_("建立物业服务中心：数据库和第一位管理员"),
    "demo": N_("演练用的示范小区「思兰雅苑」，打开前台"),
    "status": N_("前台现在的情况"),
    "upgrade": N_("先备份，再升级数据库"),
    "check": N_("核对审计链、状态、时钟和数据库"),
    "deadlines": N_("正在计时的各项时限，最先到期的在前"),
}
NOUNS: dict[str, str] = {
    "calls": N_("来电、来访登记"),
    "repairs": N_("维修派工单"),
    "orders": N_("部门派工单"),
    "complaints": N_("投诉"),
    "callbacks": N_("回访"),
    "receipts": N_("收据，和维修收费登记表"),
    "fees": N_("收费项目、价格、各户的约定"),
    "readings": N_("抄表：导入读数、补一个读数、看谁家没抄"),
    "bills": N_("出账：先看、再出；记一笔、减免、冲销；日结"),
    "payments": N_("收款：查欠费、收、退"),
    "arrears": N_("欠费和催缴：谁欠、欠多久、怎样催过、答应哪天缴"),
    "notices": N_("通知：停水停电等变化，和对业主的回答"),
    "supervisor": N_("主管：当日记录检查签字、夜间单补签、超时和人手"),
    "archive": N_("归档：一周的记录齐了收档，缺的退回补正"),
    "duties": N_("值班"),
    "rosters": N_("排班：生成、核对、发布，换班、请假、补缺，看、导出"),
    "handovers": N_("交接班：清点、逐项确认、双方签字"),
    "log": N_("值班日志：值班经理一天的记录、更正、批阅"),
    "patrols": N_("巡查：时间、岗位签到、机房抄表"),
    "tasks": N_("工作任务单：派部门整改，值班经理复查"),
    "incidents": N_("突发重大事件：先报告总经理，再记经过"),
    "units": N_("房号"),
    "people": N_("住户"),
    "files": N_("查阅业主档案：办手续、看档案、看查过的记录"),
    "retention": N_("资料保存期限：看多少到期，清除到期的"),
    "staff": N_("员工"),
    "workstations": N_("登记的工作站：在这些电脑上用密码登录，别处要用口令"),
    "tariff": N_("维修收费标准"),
    "directory": N_("通讯录：手边的电话，和最近一次核对"),
    "forms": N_("表单：看、存成文件、打印"),
    "audit": N_("审计记录"),
    "config": N_("配置文件和资料文件：核对、看新版本改了什么"),
    "backup": N_("备份、核对、恢复"),
    "db": N_("数据库：在哪里、谁能做什么、换到另一个"),
}
OPTIONS: tuple[tuple[str, str], ...] = (
    ("--home DIR", N_("物业服务中心的资料夹（WUYE_HOME）")),
    ("--db URL", N_("数据库（WUYE_DATABASE_URL）")),
    (
        "--as NUMBER",
        N_("由谁操作，工号（WUYE_STAFF）；密码取自 WUYE_PIN，口令取自 WUYE_PASSWORD，或当场询问"),
    ),
    ("--now TIME", N_("演练库里设定的时间（WUYE_NOW）")),
    ("--json", N_("标准输出只打印一份 JSON")),
    ("--lang zh|en", N_("语言")),
    ("--yes", N_("不再询问")),
    ("--quiet", N_("不打印进度和提示")),
)


def about(noun: str) -> str:
    """A plain command's line of help, in the language in force."""
    return _(PLAIN[noun])
