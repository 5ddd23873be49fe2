"""What every test of the screens stands on besides."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.textual_once import looked_at


@pytest.fixture
def snap_compare(snap_compare: Callable[..., bool]) -> Callable[..., bool]:
    """A picture is taken of a console that has come to rest: whoever drives it sees to that."""

    def compare(*app: Any, **given: Any) -> bool:
        with looked_at():
            return snap_compare(*app, **given)

    return compare
