"""The columns of each noun, under all the names that offices give them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from wuye_tui.words import N_


@dataclass(frozen=True)
class Column:
    """One field: its usual Chinese name, its other names (parted by blanks), whether needed."""

    field: str
    title: str
    names: str = ""
    needed: bool = False


_BUILDING = Column(
    "building",
    N_("楼栋"),
    "栋 栋号 栋座 楼号 楼栋号 幢 幢号 座 座号 楼 楼宇 楼栋名称 building block",
)
_ENTRANCE = Column("entrance", N_("单元"), "单元号 梯 门 entrance stair")
_ROOM = Column(
    "room",
    N_("房号"),
    "房间号 房屋编号 房屋编码 房屋 室号 房间 房间编号 门牌号 门牌 房屋号 户号 楼栋房号 室 "
    "房号地址 房屋地址 房屋坐落 铺号 商铺号 商铺编号 商铺 店铺号 铺位 铺位号 门面号 "
    "room roomno unit unitno unitlabel",
    needed=True,
)
_PHONE = Column(
    "phone",
    N_("电话"),
    "手机 手机号 手机号码 联系电话 电话号码 联系方式 移动电话 联系手机 联系号码 电话1 手机1 "
    "手机号1 手机号码1 联系电话1 联系方式1 本人电话 住户电话 员工电话 车主电话 车主手机 "
    "车主手机号 车主联系电话 车主联系方式 "
    "新号码 phone mobile telephone tel",
)
REASON: Final = N_("原因")
"""The column that `write_bad_rows` adds; on the way back in it is passed over."""

LAYOUTS: Final[Mapping[str, tuple[Column, ...]]] = {
    "units": (
        _BUILDING,
        _ENTRANCE,
        _ROOM,
        Column(
            "area",
            N_("建筑面积"),
            "面积 产权面积 房屋面积 计费面积 收费面积 建面 房屋建筑面积 产权建筑面积 计费建筑面积 "
            "建筑面积合计 总建筑面积 建筑总面积 建筑面积小计 area",
        ),
        Column("kind", N_("类型"), "房屋类型 物业类型 房屋用途 用途 业态 kind type"),
        Column("status", N_("状态"), "入住状态 房屋状态 使用状态 居住状态 入住情况 status"),
        Column(
            "warranty_until",
            N_("保修期至"),
            "保修到期 保修到期日 保修截止 保修截止日期 保修期限 质保期至 warrantyuntil warranty",
        ),
        Column("flags", N_("标记"), "提示 特别提示 注意事项 标签 flags"),
    ),
    "people": (
        _BUILDING,
        _ENTRANCE,
        _ROOM,
        Column(
            "name",
            N_("姓名"),
            "业主姓名 住户姓名 客户姓名 客户名称 业主 住户 联系人 商户业主 业主商户 商户姓名 name",
            needed=True,
        ),
        Column(
            "role",
            N_("身份"),
            "关系 与业主关系 与户主关系 住户身份 住户类型 住户类别 人员类型 人员类别 客户类型 类型 "
            "role",
        ),
        _PHONE,
        # There is room for one number; what stands here is used where the other is blank.
        Column(
            "phone2",
            N_("备用电话"),
            "电话2 手机2 手机号2 手机号码2 联系电话2 联系方式2 第二电话 固定电话 固话 座机 "
            "住宅电话 家庭电话 其他电话 其它电话 备用手机 备用号码 secondphone",
        ),
        Column(
            "since",
            N_("入住日期"),
            "入住时间 起始日期 迁入日期 迁入时间 开始日期 搬入日期 since movein",
        ),
        Column(
            "until", N_("迁出日期"), "迁出时间 搬离日期 搬出日期 搬走日期 离开日期 until moveout"
        ),
        # Left alone unless somebody there has gone: see states.
        Column(
            "state",
            N_("状态"),
            "住户状态 业主状态 租户状态 租客状态 承租人状态 居住状态 "
            "在住状态 入住状态 租住状态 租赁状态 出租状态 人员状态 当前状态",
        ),
        Column(
            "ends",
            N_("到期日"),
            "到期日期 到期时间 租期至 租期止 租期到 租期截止 租期结束 租约到期 租约到期日 合同到期 "
            "合同到期日 合同到期日期 租赁到期日 租赁到期日期 租赁截止日期 租赁结束日期 截止日期",
        ),
        # A sale: the owner is one since that day, and the one before has gone on it.
        Column(
            "sold", N_("过户日期"), "过户时间 过户登记日期 产权过户日期 交易日期 成交日期 转让日期"
        ),
        Column(
            "former",
            N_("原业主"),
            "原业主姓名 原业主名称 原产权人 原房主 前业主 老业主 上任业主 卖方 转让方 转让人",
        ),
        Column("plate", N_("车牌号"), "车牌 车牌号码 车号 车辆号牌 车辆牌照 机动车号牌 plate"),
        # The name, in a list that has no other; beside one, whose the plate is: see whose.
        Column("driver", N_("车主"), "车主姓名 车主名称 车辆所有人 车辆车主"),
        # Looked at, never kept: see rows.person.
        Column(
            "identity", N_("身份证号"), "身份证 身份证号码 证件号 证件号码 idnumber idno identity"
        ),
    ),
    "staff": (
        Column("number", N_("工号"), "员工编号 员工号 员工工号 编号 number staffno"),
        Column("name", N_("姓名"), "员工姓名 name", needed=True),
        Column("department", N_("部门"), "所属部门 所在部门 部门名称 department"),
        Column(
            "post", N_("岗位"), "职务 职位 岗位名称 现任岗位 岗位职务 post position", needed=True
        ),
        Column("level", N_("职级"), "级别 岗位级别 level grade"),
        Column("hats", N_("兼任"), "兼职 兼岗 兼任岗位 hats roles"),
        Column("qualifications", N_("资质"), "资格 证书 资格证书 上岗证 持证 qualifications"),
        _PHONE,
        Column("left", N_("离职日期"), "离职时间 离岗日期 离岗时间 辞职日期 left leaving"),
        Column(
            "standing", N_("在职状态"), "在职 是否在职 员工状态 人员状态 在岗状态 状态 standing"
        ),
    ),
    "tariff": (
        Column("code", N_("编号"), "项目编号 代码 编码 项目代码 code number"),
        Column(
            "name",
            N_("项目"),
            "项目名称 维修项目 名称 服务项目 服务名称 收费项目 维修内容 name item",
            needed=True,
        ),
        Column("category", N_("类别"), "分类 项目类别 服务类别 category"),
        Column("unit", N_("单位"), "计量单位 计价单位 unit"),
        Column(
            "price",
            N_("人工费"),
            "单价 价格 收费标准 收费价格 服务价格 金额 收费 price labour",
            needed=True,
        ),
        Column("material", N_("材料"), "材料费 主材 是否含材料 含材料 material"),
        Column("keywords", N_("关键词"), "关键字 别名 keywords"),
    ),
    "directory": (
        Column(
            "name",
            N_("名称"),
            "单位 单位名称 联系单位 部门 单位部门 部门单位 name organisation",
            needed=True,
        ),
        Column("kind", N_("类别"), "分类 类型 kind category"),
        Column(
            "phone",
            N_("电话"),
            "号码 电话号码 联系电话 联系方式 值班电话 phone telephone tel",
            needed=True,
        ),
        Column("second", N_("备用电话"), "第二电话 另一电话 手机 second mobile"),
        Column("hours", N_("时间"), "服务时间 办公时间 值守时间 hours"),
        Column("note", N_("备注"), "说明 联系人 note remark"),
    ),
    # A meter is named by its number, by its room, or by both.
    "readings": (
        _BUILDING,
        _ENTRANCE,
        replace(_ROOM, needed=False),
        Column(
            "meter",
            N_("表号"),
            "表具号 表具编号 表编号 表身号 仪表编号 水表号 水表编号 电表号 电表编号 meter meterno",
        ),
        Column(
            "fee",
            N_("类别"),
            "表类 表类型 表类别 表种 能源类型 费用类型 费用项目 收费项目 项目 fee",
        ),
        Column(
            "before",
            N_("上次读数"),
            "上期读数 上月读数 前次读数 上次 上期 上月 上次表码 上期止码 上月止码 起码 起数",
        ),
        Column(
            "value",
            N_("本次读数"),
            "本期读数 本月读数 抄表读数 表读数 当前读数 读数 本次 本期 本月 本次表码 表码 "
            "本期止码 本月止码 止码 止数 reading",
            needed=True,
        ),
        Column(
            "day",
            N_("抄表日期"),
            "抄表时间 抄表日 本次抄表日期 本期抄表日期 本月抄表日期 本次日期 本期日期 本月日期 "
            "日期 day date",
        ),
        Column(
            "day_before",
            N_("上次抄表日期"),
            "上次抄表时间 上期抄表日期 上月抄表日期 上次日期 上期日期 上月日期",
        ),
        # A meter that was changed since it was read last, within the row of the new reading.
        Column(
            "removed",
            N_("旧表止码"),
            "旧表止数 旧表读数 旧表底数 旧表底码 原表止码 原表止数 原表底数 换表止码 拆表止码 "
            "拆表读数 拆表底数 removed",
        ),
        Column(
            "installed",
            N_("新表起码"),
            "新表起数 新表底数 新表底码 新表初始读数 换表起码 装表起码 装表读数 装表底数 installed",
        ),
        Column(
            "new_meter",
            N_("新表号"),
            "新表表号 新表编号 新表身号 新水表号 新电表号 换后表号 newmeter newmeterno",
        ),
        Column("swapped", N_("换表日期"), "换表时间 更换日期 更换时间 拆表日期 装表日期 swapped"),
        Column("factor", N_("倍率"), "倍数 变比 互感器倍率 电流互感器倍率 factor"),
        Column("digits", N_("位数"), "表位数 整数位 整数位数 读数位数 digits"),
        Column("note", N_("备注"), "说明 抄表备注 抄表情况 表况 note remark"),
    ),
    # At least one of the three amounts; what a row says of them is its own.
    "opening": (
        _BUILDING,
        _ENTRANCE,
        _ROOM,
        Column(
            "fee",
            N_("收费项目"),
            "项目 费项 收费项 收费名称 项目名称 费用项目 费用名称 费用类型 费用类别 欠费项目 科目 "
            "fee item",
        ),
        Column(
            "period",
            N_("账期"),
            "月份 期间 费用月份 所属月份 所属期 所属账期 收费月份 计费月份 欠费月份 应收月份 "
            "欠费期间 费用期间 period month",
        ),
        Column(
            "owed",
            N_("欠费金额"),
            "欠费 欠款 欠费额 欠款金额 欠缴 欠缴金额 未收 未收金额 未缴 未缴金额 应收余额 欠费余额 "
            "期初欠费 期初应收 金额 owed arrears amount",
        ),
        Column(
            "due",
            N_("到期"),
            "到期日 到期日期 到期时间 应缴日期 应收日期 缴费期限 缴费截止日 缴费截止日期 截止日期 "
            "duedate due",
        ),
        Column(
            "prepaid",
            N_("预存"),
            "预存款 预存金额 预存余额 预存款余额 预收 预收款 预收金额 预收余额 期初预存 期初预收 "
            "prepaid",
        ),
        Column(
            "deposit",
            N_("押金"),
            "押金金额 押金余额 押金款 保证金 保证金余额 装修押金 装修保证金 期初押金 deposit",
        ),
    ),
}

OPENING: Final = "opening"
"""Of `wuye bills opening`, and no noun with an import of its own."""
TABLES: Final[Mapping[str, str]] = {
    "units": N_("房号表"),
    "people": N_("住户表"),
    "staff": N_("员工表"),
    "tariff": N_("收费标准表"),
    "directory": N_("通讯录表"),
    "readings": N_("抄表记录表"),
    OPENING: N_("期初余额表"),
}
