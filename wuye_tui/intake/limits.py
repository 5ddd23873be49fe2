"""How much a file may hold, so that whatever comes in is read within 200 MB and 2 s."""

from typing import Final

MIB: Final = 1 << 20
MAX_FILE: Final = 10 * MIB
MAX_UNPACKED: Final = 80 * MIB
MAX_RATIO: Final = 120
MAX_MEMBERS: Final = 200
MAX_ROWS: Final = 60_000
MAX_COLUMNS: Final = 60
MAX_CELLS: Final = 1_000_000
"""Cells, rows, shared strings and merged ranges together."""
LAST_ROW: Final = MAX_ROWS + 999
"""With titles and gaps; the rows themselves are counted later."""
