"""Whoever signs for a department is of it (XX-4.2.3): by the staff list, or else by their post.

Where the list names nobody of the department, a name on paper serves.
"""

from typing import Any

import pytest

from tests.factories import signatures, situation, started, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import views
from wuye_tui.rules.refusals import OtherDepartment, UnknownStaff
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff


def placed(desk: Desk, **columns: tuple[str, str]) -> None:
    """Gives people a department and a post: ZX01=("guards", "")."""

    def place(act: Act) -> Result:
        for number, (department, post) in columns.items():
            person = act.session.get(Staff, (act.site, number))
            assert person is not None
            person.department, person.post = department, post
        return {}

    desk.perform("staff.post", place)


def issued(desk: Desk, department: str = "guards") -> str:
    number = str(started(desk, "order", department=department, text="车位被占")["number"])
    taken(desk, number, "issue")
    return number


@pytest.mark.clause("XX-4.2.3")
@pytest.mark.parametrize(
    "guard", [("guards", ""), ("秩序维护部", ""), ("", "保安主管"), ("guards", "维修工")]
)
def test_an_order_is_signed_for_by_its_own_department_alone(
    any_desk: Desk, guard: tuple[str, str]
) -> None:
    placed(any_desk, ZX01=guard, GC01=("engineering", "维修主管"))
    number = issued(any_desk)
    with pytest.raises(OtherDepartment, match=r"秩序维护部的人来签，GC01 不是.*ZX01") as error:
        taken(any_desk, number, "receive", department="GC01", assistant="KF05")
    assert error.value.clause == "XX-4.2.3"
    with pytest.raises(UnknownStaff):
        taken(any_desk, number, "receive", department="老马", assistant="KF05")
    taken(any_desk, number, "receive", department="刘洋", assistant="KF05")
    assert situation(any_desk, number).state == "received"


@pytest.mark.clause("XX-4.2.3")
def test_where_nobody_of_the_department_is_on_the_list_a_name_on_paper_serves(desk: Desk) -> None:
    placed(desk, GC01=("engineering", "维修主管"))
    number = issued(desk, "cleaning")
    taken(desk, number, "receive", department="保洁公司老马", assistant="KF05")
    signed = {role: (row.staff, row.how) for (_, role), row in signatures(desk, number).items()}
    assert signed["department"] == ("", "paper")
    assert {one.role: one.name for one in views.show(desk, number).valid}["department"] == (
        "保洁公司老马"
    )
    other = issued(desk, "cleaning")
    with pytest.raises(UnknownStaff):  # the assistant is of the desk, whatever the department is
        taken(desk, other, "receive", department="老马", assistant="小周")


@pytest.mark.clause("ZB-4.7")
def test_a_task_is_signed_for_by_its_own_department_too(desk: Desk) -> None:
    placed(desk, ZX01=("guards", ""), GC01=("engineering", ""))
    given: dict[str, Any] = {"department": "guards", "text": "消防通道堵了", "place": "6栋"}
    number = str(started(desk, "task", staff="KF04", **given)["number"])
    with pytest.raises(OtherDepartment):
        taken(desk, number, "receive", staff="GC01", department="GC01")
    taken(desk, number, "receive", staff="ZX01", department="ZX01")
    assert situation(desk, number).facts["worker"] == "ZX01"
