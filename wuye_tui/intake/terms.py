"""The short lists of words that columns take, and the codes they become.

Every list reads its Chinese words, the other words that offices use for the same, and the code
itself; a refusal shows the Chinese words.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from wuye_tui.intake.reasons import NotOneOf
from wuye_tui.rules.directory import GROUPS, Group
from wuye_tui.rules.faults import Category
from wuye_tui.rules.rights import HAT_WORDS, Hat
from wuye_tui.words import N_, _

Code = TypeVar("Code", bound=StrEnum)


class UnitKind(StrEnum):
    """What a unit is."""

    HOME = "home"
    SHOP = "shop"
    PARKING = "parking"


class UnitStatus(StrEnum):
    """Who uses it."""

    OCCUPIED = "occupied"
    RENTED = "rented"
    VACANT = "vacant"


class Flag(StrEnum):
    """What a desk must know before it rings or knocks."""

    LIVES_ALONE = "lives_alone"
    DO_NOT_DISTURB = "do_not_disturb"
    DOG = "dog"
    VIP = "vip"


class PersonRole(StrEnum):
    """What somebody is to a unit."""

    OWNER = "owner"
    TENANT = "tenant"
    FAMILY = "family"
    EMERGENCY = "emergency"


class Department(StrEnum):
    """The departments of a management office."""

    SERVICE = "service"
    ENGINEERING = "engineering"
    GUARDS = "guards"
    FINANCE = "finance"
    ADMINISTRATION = "administration"
    CLEANING = "cleaning"
    MANAGEMENT = "management"


class Level(StrEnum):
    """Job levels, from the company's management (A) to the front line (E)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


def fold(text: str) -> str:
    """A word as it is compared: full-width forms narrow, no blanks, no capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True)
class Terms(Generic[Code]):
    """One list: the word of each code, and further words for some."""

    words: Mapping[Code, str]
    others: Mapping[str, Code]

    def read(self, text: str) -> Code:
        """The code of a word. Raises NotOneOf with the list."""
        wanted = fold(text)
        for code, word in self.words.items():
            if wanted in (fold(word), code.casefold(), fold(_(word))):
                return code
        if wanted in self.others:
            return self.others[wanted]
        raise NotOneOf(_(word) for word in self.words.values())

    def word(self, code: Code) -> str:
        """What a person sees for the code."""
        return _(self.words[code])


BEING_DECORATED = ("装修", "装修中", "在装修", "正在装修", "在装", "待装修")
"""Of a unit in which nobody lives yet, though somebody works."""
_IN_USE = """
    业主自住 已入住 入住 自用 在住 常住 已入伙 入伙 已住 居住 居住中 自住中 住人 使用中 在用
    营业 营业中 正常营业 经营中 自营 开业"""
_LET = "租赁中 已出租 租住 租赁 出租中 在租 已租 租用 对外出租"
_UNUSED = """
    未入住 空关 空房 闲置 未装修 毛坯 未售 未交付 未交房 未收房 未入伙 未住 空置中 空置房 无人居住
    空铺 未出租 待租 待售 停业 歇业"""

KINDS = Terms(
    {UnitKind.HOME: N_("住宅"), UnitKind.SHOP: N_("商铺"), UnitKind.PARKING: N_("车位")},
    {
        "店铺": UnitKind.SHOP, "商业": UnitKind.SHOP, "门面": UnitKind.SHOP, "底商": UnitKind.SHOP,
        "商业用房": UnitKind.SHOP, "商用": UnitKind.SHOP, "店面": UnitKind.SHOP,
        "车库": UnitKind.PARKING, "停车位": UnitKind.PARKING, "地下车位": UnitKind.PARKING,
        "产权车位": UnitKind.PARKING, "人防车位": UnitKind.PARKING,
        "住房": UnitKind.HOME, "公寓": UnitKind.HOME, "普通住宅": UnitKind.HOME,
        "高层": UnitKind.HOME, "小高层": UnitKind.HOME, "多层": UnitKind.HOME,
        "高层住宅": UnitKind.HOME, "多层住宅": UnitKind.HOME, "洋房": UnitKind.HOME,
        "别墅": UnitKind.HOME,
    },
)  # fmt: skip

STATUSES = Terms(
    {UnitStatus.OCCUPIED: N_("自住"), UnitStatus.RENTED: N_("出租"), UnitStatus.VACANT: N_("空置")},
    {
        **dict.fromkeys(_IN_USE.split(), UnitStatus.OCCUPIED),
        **dict.fromkeys(_LET.split(), UnitStatus.RENTED),
        **dict.fromkeys(_UNUSED.split(), UnitStatus.VACANT),
        **dict.fromkeys(BEING_DECORATED, UnitStatus.VACANT),
    },
)

FLAGS = Terms(
    {
        Flag.LIVES_ALONE: N_("独居"),
        Flag.DO_NOT_DISTURB: N_("请勿打扰"),
        Flag.DOG: N_("有狗"),
        Flag.VIP: N_("VIP"),
    },
    {
        "独居老人": Flag.LIVES_ALONE, "勿扰": Flag.DO_NOT_DISTURB, "免打扰": Flag.DO_NOT_DISTURB,
        "养狗": Flag.DOG, "有犬": Flag.DOG, "重要客户": Flag.VIP,
    },
)  # fmt: skip

_KIN: Final = (
    "家属 爱人 老公 老婆 媳妇 父 母 公公 婆婆 岳父 岳母 儿媳 女婿 长子 次子 长女 次女 爷爷 奶奶 "
    "外公 外婆 祖父 祖母 外祖父 外祖母 孙 孙子 孙女 外孙 外孙女 兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 "
    "兄弟 姐妹 姐弟 兄妹 侄子 侄女"
)

ROLES = Terms(
    {
        PersonRole.OWNER: N_("业主"),
        PersonRole.TENANT: N_("租客"),
        PersonRole.FAMILY: N_("家属"),
        PersonRole.EMERGENCY: N_("紧急联系人"),
    },
    {
        "产权人": PersonRole.OWNER, "房东": PersonRole.OWNER, "户主": PersonRole.OWNER,
        "本人": PersonRole.OWNER, "租户": PersonRole.TENANT, "承租人": PersonRole.TENANT,
        "共有人": PersonRole.OWNER, "共有产权人": PersonRole.OWNER, "房主": PersonRole.OWNER,
        "业主本人": PersonRole.OWNER, "承租": PersonRole.TENANT, "租住": PersonRole.TENANT,
        "租赁人": PersonRole.TENANT, "使用人": PersonRole.TENANT, "租住人": PersonRole.TENANT,
        "配偶": PersonRole.FAMILY, "夫妻": PersonRole.FAMILY, "妻子": PersonRole.FAMILY,
        "丈夫": PersonRole.FAMILY, "妻": PersonRole.FAMILY, "夫": PersonRole.FAMILY,
        "子女": PersonRole.FAMILY, "儿子": PersonRole.FAMILY, "女儿": PersonRole.FAMILY,
        "子": PersonRole.FAMILY, "女": PersonRole.FAMILY, "父母": PersonRole.FAMILY,
        "父亲": PersonRole.FAMILY, "母亲": PersonRole.FAMILY, "父子": PersonRole.FAMILY,
        "母子": PersonRole.FAMILY, "父女": PersonRole.FAMILY, "母女": PersonRole.FAMILY,
        "同住人": PersonRole.FAMILY, "紧急联络人": PersonRole.EMERGENCY,
        "家庭成员": PersonRole.FAMILY, "亲属": PersonRole.FAMILY, "家人": PersonRole.FAMILY,
        **dict.fromkeys(_KIN.split(), PersonRole.FAMILY),
    },
)  # fmt: skip

DEPARTMENTS = Terms(
    {
        Department.SERVICE: N_("客户服务部"),
        Department.ENGINEERING: N_("工程管理部"),
        Department.GUARDS: N_("秩序维护部"),
        Department.FINANCE: N_("财务部"),
        Department.ADMINISTRATION: N_("行政部"),
        Department.CLEANING: N_("保洁部"),
        Department.MANAGEMENT: N_("经理室"),
    },
    {
        "客服": Department.SERVICE, "工程": Department.ENGINEERING, "保安": Department.GUARDS,
        "安保部": Department.GUARDS, "秩序": Department.GUARDS, "财务": Department.FINANCE,
        "行政": Department.ADMINISTRATION, "人事行政部": Department.ADMINISTRATION,
        "办公室": Department.ADMINISTRATION, "综合管理部": Department.ADMINISTRATION,
        "保洁": Department.CLEANING, "环境": Department.CLEANING,
        "项目部": Department.MANAGEMENT, "项目经理室": Department.MANAGEMENT,
        "客服部": Department.SERVICE, "客服中心": Department.SERVICE,
        "工程部": Department.ENGINEERING, "工程维修部": Department.ENGINEERING,
        "保安部": Department.GUARDS, "秩序部": Department.GUARDS, "安管部": Department.GUARDS,
        "秩序管理部": Department.GUARDS, "财务管理部": Department.FINANCE,
        "行政人事部": Department.ADMINISTRATION, "综合部": Department.ADMINISTRATION,
        "环境管理部": Department.CLEANING, "环境部": Department.CLEANING,
        "管理处": Department.MANAGEMENT, "总经理办公室": Department.MANAGEMENT,
    },
)  # fmt: skip

CATEGORIES = Terms(
    {
        Category.WATER: N_("给水"),
        Category.POWER: N_("用电"),
        Category.DRAIN: N_("疏通"),
        Category.GAS: N_("燃气"),
        Category.LOCK: N_("门锁"),
        Category.LIFT: N_("电梯"),
        Category.LIGHT: N_("照明"),
        Category.AIRCON: N_("空调"),
        Category.DOOR_WINDOW: N_("门窗"),
        Category.APPLIANCE: N_("家电"),
        Category.NETWORK: N_("网络"),
        Category.CARD: N_("门禁卡"),
        Category.OTHER: N_("其他"),
    },
    {
        "水": Category.WATER, "水路": Category.WATER, "电": Category.POWER, "电路": Category.POWER,
        "强电": Category.POWER, "下水": Category.DRAIN, "排水": Category.DRAIN, "锁": Category.LOCK,
        "灯": Category.LIGHT, "灯具": Category.LIGHT, "弱电": Category.NETWORK,
        "其它": Category.OTHER,
    },
)  # fmt: skip

LOOSE_GROUPS: Final = {
    **dict.fromkeys(("公共服务", "公共事业", "公共", "市政", "市政服务"), Group.UTILITY),
    **dict.fromkeys(("便民服务", "便民", "便民电话", "其他", "其它"), Group.SERVICE),
}
"""Groups of an office's own in which numbers of several of ours may stand."""
_GROUP_NAMES: Final = {
    Group.EMERGENCY: "报警 急救 报警求助 应急电话 紧急电话",
    Group.UTILITY: "水电 水电气 水电燃气 水电煤气 供水供电",
    Group.AUTHORITY: "政府部门 政府机关 政府单位 政务 街道 街道社区 社区街道 居委会",
    Group.MAKER: "维保单位 设备厂家 设备维修 维保厂家 设备",
    Group.SERVICE: "外协单位 外包 外包单位 外部单位 合作单位 供应商 服务商 社会服务",
    Group.INSIDE: "内部电话 内部通讯录 物业内部 公司内部 项目内部 物业",
}

DIRECTORY = Terms(
    GROUPS,
    {
        **LOOSE_GROUPS,
        **{name: group for group, names in _GROUP_NAMES.items() for name in names.split()},
        "应急": Group.EMERGENCY, "紧急": Group.EMERGENCY, "公用事业": Group.UTILITY,
        "政府": Group.AUTHORITY, "社区": Group.AUTHORITY, "维保": Group.MAKER,
        "厂家": Group.MAKER, "服务": Group.SERVICE, "外部": Group.SERVICE, "公司": Group.INSIDE,
        "外协": Group.SERVICE,
    },
)  # fmt: skip

# The hats that a register can give. The night is worn by whoever holds the night duty alone, and
# nobody is the system.
HATS: Terms[Hat] = Terms(
    {hat: word for hat, word in HAT_WORDS.items() if hat not in (Hat.NIGHT, Hat.SYSTEM)},
    {
        "水电维修工": Hat.MAINTAINER,
        "信息管理员": Hat.INFORMATION,
        "保安": Hat.GUARD,
        "出纳": Hat.CASHIER,
    },
)
