"""Collects every sentence of the program into the English catalogue: `make words`.

What is translated stays; what nobody says any more goes; what is new waits with an empty msgstr,
and `tests/test_words.py` fails until it is translated.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "data" / "locale" / "en" / "LC_MESSAGES" / "wuye.po"
_EPOCH = datetime(2026, 11, 21, tzinfo=UTC)  # a date that moved would make noise in every commit
PACKAGES = ("wuye_tui", "screens")


def spoken() -> Iterator[tuple[str, str]]:
    """Every sentence marked for translation, with the file it stands in."""
    for package in PACKAGES:
        found = extract_from_dir(
            ROOT / package, [("**.py", "python")], keywords={"_": None, "N_": None}
        )
        for name, _line, message, _comments, _context in found:
            yield (message if isinstance(message, str) else message[0]), f"{package}/{name}"
    yield from _data()


def _data() -> Iterator[tuple[str, str]]:
    """Words of reference data that are shown through the catalogue."""
    import tomllib

    document = tomllib.loads((ROOT / "data" / "duties.toml").read_text("utf-8"))
    for duty in document["duty"]:
        yield duty["word"], "data/duties.toml"
    for file in sorted((ROOT / "data" / "rosters").glob("*.toml")):
        kind = tomllib.loads(file.read_text("utf-8"))
        for word in (kind["word"], *(one["word"] for one in kind["shift"])):
            yield word, f"data/rosters/{file.name}"


def catalogue() -> Catalog:
    """The English catalogue as it stands."""
    return read_po(BytesIO(CATALOGUE.read_bytes()), locale="en")


def collect() -> None:
    """Rewrites the catalogue: old translations kept, new sentences added empty."""
    known = catalogue() if CATALOGUE.exists() else Catalog(locale="en")
    fresh = Catalog(
        locale="en",
        header_comment="# English words of wuye; the message ids are the Chinese sentences.",
        creation_date=_EPOCH,
        revision_date=_EPOCH,
        fuzzy=False,
    )
    for message, place in spoken():
        before = known.get(message)
        fresh.add(message, before.string if before else "", locations=[(place, 0)])
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, fresh, omit_header=False, sort_output=True, include_lineno=False, width=98)


if __name__ == "__main__":
    collect()
