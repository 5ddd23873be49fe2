"""The library that stands between a process and its disk: compiled from `shim.c` when it is needed.

It has to be there before the process begins (LD_PRELOAD), so whoever is watched or made to fail is
a Python program of its own; inside it `loaded` finds the library again.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).with_name("shim.c")
WHERE = "WUYE_SHIM"  # the variable that tells a watched process where its library lies


class NoCompiler(Exception):
    """Nothing here compiles C, or it is no Linux; the sentence says which."""


@cache
def built() -> Path:
    """The compiled library, once a process."""
    if sys.platform != "linux":
        raise NoCompiler("LD_PRELOAD needs Linux")
    compiler = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
    if compiler is None:
        raise NoCompiler("no cc, gcc or clang on this machine; install a C compiler")
    library = Path(mkdtemp(prefix="wuye-shim-")) / "shim.so"
    line = [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", str(library)]
    done = subprocess.run(
        [*line, str(SOURCE), "-ldl", "-lpthread"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoCompiler(f"{compiler}: {done.stderr.strip()[-400:]}")
    return library


def run_behind(module: str, *words: str) -> str:
    """Runs `python -m module words` behind the library; its standard output."""
    library = built()
    env = {**os.environ, "LD_PRELOAD": str(library), WHERE: str(library)}
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise AssertionError(f"{module}: {done.returncode} {done.stderr[-2000:]}")
    return done.stdout


def loaded() -> ctypes.CDLL:
    """The library that this process was begun behind."""
    library = ctypes.CDLL(os.environ[WHERE])
    library.shim_watch.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    library.shim_fail.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_int]
    library.shim_hits.restype = library.shim_calls.restype = ctypes.c_long
    return library


def watch(library: ctypes.CDLL, folder: Path, journal: Path | None = None) -> None:
    """From here on every write below `folder` is seen, and written down in `journal`."""
    library.shim_watch(str(folder).encode(), str(journal or "").encode())
