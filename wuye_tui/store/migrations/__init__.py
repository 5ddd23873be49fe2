"""How the schema came to be, step by step. Each step is a revision; 0001 is the first.

`HEAD` is the revision that this program works with. It is written down here so that starting the
desk need not load Alembic; a test holds it to the files in `versions`.
"""

HEAD = "0015"
