"""What a telephone system may give as a number: whoever calls chooses it."""

import pytest

from wuye_tui.rules.ringing import BadNumber, dialled


@pytest.mark.parametrize(
    ("typed", "number"),
    [("13800001234", "13800001234"), ("+86 138-0000-1234", "+86 138-0000-1234"), ("-", ""),
     ("8001", "8001"), ("(023) 5550", None), ("", None), ("abc", None), ("--", None),
     ("13800001007; rm -rf", None), ("1" * 60, None), ("１３８", None)],
)  # fmt: skip
def test_a_number_is_digits_and_nothing_that_acts(typed: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(BadNumber) as refused:
            dialled(typed)
        assert refused.value.exit_status == 2
    else:
        assert dialled(typed) == number
