"""The training office: spreadsheets through the imports, a month through the verbs."""

from wuye_tui.demo.making import DAYS, NAME, make
from wuye_tui.demo.roster import RECEPTIONIST

__all__ = ["DAYS", "NAME", "RECEPTIONIST", "make"]
