"""What offices call the posts of the table besides (HR-5.1): 门岗 is a 秩序维护员.

Only posts of the same work and level: rights follow the post, so a name that may mean more than one
(领班, 文员) stands nowhere here. An office's own post of the same name comes before these.
"""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Final

_NAMES: Final[Mapping[str, str]] = {
    "项目经理": "物业经理 物业项目经理 物业服务中心经理 小区经理",
    "客服主管": "客服领班 客服组长 客服班长",
    "客服专员": "客服 客服员 客服人员 客服管家 物业管家 楼栋管家 片区管家 管家 楼管 楼管员 前台 "
    "前台客服 前台接待 前台接待员 客服前台 接待员 客服接待",
    "客服助理": "实习客服 实习管家 客服实习生 管家助理 助理管家",
    "水电维修工": "水电工 水电 水电员 电工 维修电工 水工 水暖工 管道工 水电维修 水电维修员",
    "综合维修工": "维修员 维修人员 维修师傅 维修技工 工程技工 工程维修工 工程维修 工程人员 万能工",
    "电梯工": "电梯安全员 电梯安全管理员 电梯管理员 电梯司机",
    "设备值班工": "设备值班员 配电房值班员 水泵房值班员 设备工",
    "秩序维护主管": "秩序维护队长 秩序队长 秩序主管 安保主管 安保队长 护卫队长 安管主管 安管队长",
    "保安主管": "保安队长",
    "秩序维护班长": "秩序班长 保安班长 安保班长 护卫班长 安管班长 门岗班长",
    "秩序维护员": "门岗 门岗员 大门岗 门卫 秩序员 保安 安保 安保员 安管员 护卫员 巡逻员 巡逻岗 "
    "形象岗 岗亭 秩序维护 秩序维护人员",
    "监控员": "监控 监控岗 监控室 监控值班员 监控室值班员 消控员 中控员 消控室值班员 中控室值班员",
    "车辆管理员": "车管员 车场管理员 停车管理员 车库管理员",
    "保洁主管": "保洁领班 保洁队长 保洁班长 保洁组长 环境主管 环境领班",
    "保洁员": "保洁 保洁工 清洁工 清洁员 环卫工 环境保洁员",
    "绿化员": "绿化 绿化工 园林工 园艺工 花工",
    "绿化养护工": "绿化养护员 绿化养护",
    "收费员": "收费 收银员 收款员",
}
OTHER_NAMES: Final = {name: post for post, names in _NAMES.items() for name in names.split()}
"""Every further name, and the post that it means."""
_ALIKE: Final = 0.3


def most_like(typed: str, posts: Iterable[str]) -> str:
    """The post whose name is most like what was typed; empty where none is."""
    alike = ((SequenceMatcher(None, typed, post).ratio(), post) for post in posts)
    how, post = max(alike, default=(0.0, ""), key=lambda one: one[0])
    return post if how >= _ALIKE else ""
