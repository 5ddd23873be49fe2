"""How a name may be typed.

* every reading of every character, a surname's own among them, ü as v
* initials and full pinyin, Latin letters as they are, signs as nothing
* never more than 64 keys, each of a-z and 0-9 only, whatever the name
* what is typed is folded to the same letters, and is nothing when it is no letters
"""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import HOSTILE
from wuye_tui.desk import Desk
from wuye_tui.rules.pinyin import MOST_KEYS, name_keys, typed_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("陈立", {"cl", "chenli"}),
        ("单田芳", {"stf", "shantianfang", "dtf"}),
        ("仇英", {"qy", "qiuying"}),
        ("曾国藩", {"zgf", "zengguofan"}),
        ("区志明", {"ozm", "ouzhiming"}),
        ("朴树", {"ps", "piaoshu"}),
        ("查良镛", {"zly", "zhaliangyong"}),
        ("翟天临", {"ztl", "zhaitianlin"}),
        ("解晓东", {"xxd", "xiexiaodong"}),
        ("黑金", {"hj", "hejin", "heijin"}),
        ("尉迟恭", {"ycg", "yuchigong"}),
        ("万俟雪", {"mqx", "moqixue"}),
        ("吕绿", {"ll", "lvlv"}),
        ("𬱖䶮", {"dy", "diyan"}),
        ("阿依努尔·买买提", {"aynemmt", "ayinuermaimaiti"}),
    ],
)
def test_a_name_is_found_by_each_of_its_readings(name: str, expected: set[str]) -> None:
    assert expected <= name_keys(name)


def test_latin_names_and_signs() -> None:
    assert name_keys("John Smith") == {"js", "johnsmith"}
    assert name_keys("Ａ座 李") >= {"azl", "azuoli"}
    assert name_keys("José") == {"j", "jose"}
    assert name_keys("·· !") == frozenset()
    assert name_keys("") == frozenset()


def test_where_readings_are_too_many_the_usual_ones_stay() -> None:
    keys = name_keys("单" + "能" * 11)
    assert len(keys) <= MOST_KEYS
    assert "shan" + "neng" * 11 in keys


@given(st.text(max_size=60))
def test_keys_are_few_and_of_plain_letters_whatever_the_name(name: str) -> None:
    keys = name_keys(name)
    assert len(keys) <= MOST_KEYS
    assert all(key.isascii() and key.isalnum() and key == key.lower() for key in keys)


@given(st.text(max_size=100))
def test_whatever_is_typed_folds_to_plain_letters_or_nothing(text: str) -> None:
    key = typed_key(text)
    assert key == "" or (key.isascii() and key.isalnum() and key == typed_key(key))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_have_keys_like_any_other(text: str) -> None:
    assert len(name_keys(text)) <= MOST_KEYS


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("cl", "cl"), ("Chen Li", "chenli"), ("ＣＬ", "cl"), ("xi'an", "xian"), ("xi’an", "xian"),
        ("nǚ", "nv"), ("lü", "lv"), ("lv", "lv"), ("陈", ""), ("陈li", ""), ("c%", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_is_typed(typed: str, key: str) -> None:
    assert typed_key(typed) == key


def test_the_dictionary_is_loaded_only_to_write_and_without_its_phrases() -> None:
    ask = (
        "import sys, wuye_tui.registers.people as people;"
        "assert 'pypinyin' not in sys.modules;"
        "assert 'cl' in people.keys_of('陈立');"
        "assert 'pypinyin.phrases_dict' not in sys.modules"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", ask], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_looking_for_somebody_in_pinyin_does_not_load_the_dictionary(desk: Desk) -> None:
    ask = (
        "import sys; from wuye_tui import settings; from wuye_tui.desk import open_desk;"
        "from wuye_tui.registers.search import search; from wuye_tui.registers import directory;"
        f"desk = open_desk(settings.load(home={str(desk.settings.home)!r}));"
        "assert [hit.code for hit in search(desk, 'zhangm')] == ['XZ01'];"
        "directory.listing(desk);"
        "assert 'pypinyin' not in sys.modules"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", ask], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
