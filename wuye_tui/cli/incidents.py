"""`wuye incidents`: made from the table of its kind (ZB-4.2, BG-027)."""

from wuye_tui.cli.matters import matter_app

app = matter_app("incident")
