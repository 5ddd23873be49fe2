"""`wuye orders`: made from the table of its kind."""

from wuye_tui.cli.matters import matter_app

app = matter_app("order")
