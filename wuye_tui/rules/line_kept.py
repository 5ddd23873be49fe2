"""What is to be repaired all the same, in the words of somebody who cancels something else.

灯不用修了，马桶还是要修: the lamp is cancelled and the toilet is not.
"""

from typing import Final

from wuye_tui.rules.faults import Fault
from wuye_tui.rules.units_text import compiled, fold

_CLAUSE: Final = r"[,，。;；、\s]+"
_KEPT: Final = (
    r"还是?(?:要|得|需要)(?:修|来|弄|换|处理)|(?:照|继续|照常|照旧|仍然?|还)(?:修|来修|处理)"
    r"|(?<!不)要修|(?:别|不要|不能)取消|不变"
)


def given_up(line: str, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Those of the faults of a line that no clause of it wants to be repaired still."""
    clauses = compiled(_CLAUSE).split(fold(line))
    kept = " ".join(clause for clause in clauses if compiled(_KEPT).search(clause))
    return tuple(fault for fault in faults if fold(fault.words)[:2] not in kept)
