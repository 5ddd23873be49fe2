"""The optimisation libraries, loaded when first asked for: the office's desk never needs them."""

from importlib import import_module
from typing import Any

from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _


class NoSolver(DeskError):
    """The libraries are not installed here."""

    def __init__(self) -> None:
        super().__init__(_("这台机器没有装排班求解器。请先执行 pip install ortools，再试一次。"))


def _load(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as missing:
        raise NoSolver from missing


def arrays() -> Any:
    """numpy, which ortools brings along. NoSolver where it is missing."""
    return _load("numpy")


def sat() -> Any:
    """CP-SAT's modelling module. NoSolver where it is missing."""
    return _load("ortools.sat.python.cp_model")


def linear() -> Any:
    """The wrapper of GLOP and HiGHS. NoSolver where it is missing."""
    return _load("ortools.linear_solver.pywraplp")
