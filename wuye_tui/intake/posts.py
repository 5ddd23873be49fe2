"""The office's table of posts (HR-5.1): rights follow the post."""

from collections.abc import Mapping
from dataclasses import dataclass

from wuye_tui.intake.post_names import OTHER_NAMES
from wuye_tui.intake.terms import DEPARTMENTS, HATS, Department, Level, fold
from wuye_tui.reference import BadReference, Reference
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.rights import Hat


@dataclass(frozen=True)
class Post:
    """A post as the table has it: where it belongs, its level, and the hats that come with it."""

    title: str
    department: Department
    level: Level
    hats: tuple[Hat, ...]


def posts(reference: Reference) -> Mapping[str, Post]:
    """Every post by its folded title, and by the further names that offices have for it.

    Raises BadReference for a word that means nothing.
    """
    try:
        own = {fold(title): _post(title, row) for title, row in reference.posts.items()}
    except (DeskError, KeyError, ValueError, AttributeError) as why:
        raise BadReference("posts.csv", str(why)) from why
    others = {fold(name): fold(title) for name, title in OTHER_NAMES.items()}
    return {name: own[title] for name, title in others.items() if title in own} | own


def _post(title: str, row: Mapping[str, str]) -> Post:
    return Post(
        title,
        DEPARTMENTS.read(row["department"]),
        Level(row["level"].strip()),
        tuple(HATS.read(word) for word in row["hats"].split()),
    )
