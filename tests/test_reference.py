"""What an office may edit: our own files first, and the office's in their place."""

from pathlib import Path

import pytest

from wuye_tui.reference import BadReference, Reference


def own(tmp_path: Path, text: str) -> Reference:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "phrases.toml").write_text(text, "utf-8")
    return Reference(tmp_path)


@pytest.mark.clause("KF-16")
def test_every_moment_of_a_call_has_its_words_in_the_offices_name() -> None:
    phrases = Reference().phrases
    assert phrases[0].spoken("思兰雅苑", "李晓燕") == (
        "您好，思兰雅苑物业服务中心，我是李晓燕，请问有什么可以帮您？",
    )
    said = "".join(words for phrase in phrases for words in phrase.say)
    for wanted in ("请稍候", "他暂时不在，需要我转告吗", "久等", "再见"):
        assert wanted in said
    assert all(phrase.clause in Reference().clauses for phrase in phrases)


@pytest.mark.clause("LY-4.1.4")
def test_what_must_never_be_said_stands_beside_it() -> None:
    never = {words for phrase in Reference().phrases for words in phrase.never}
    assert {"喂，找谁？", "喂，什么事？", "喂，哪里？", "你是谁？", "你是什么单位？"} <= never


def test_an_office_says_it_in_its_own_words(tmp_path: Path) -> None:
    text = '[[phrase]]\nwhen = "接起电话"\nclause = "KF-16"\nsay = ["{office}，您好"]\n'
    (phrase,) = own(tmp_path, text).phrases
    assert (phrase.spoken("乐家", ""), phrase.never) == (("乐家，您好",), ())


@pytest.mark.parametrize("text", ["[[phrase]\n", '[[phrase]]\nwhen = "接"\n', 'phrase = "接"\n'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadReference, match=r"phrases\.toml"):
        _ = own(tmp_path, text).phrases
