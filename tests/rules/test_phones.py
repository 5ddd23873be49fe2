"""What may stand where a telephone number is asked for, and what a telephone system may tell."""

import pytest

from wuye_tui.rules import phones
from wuye_tui.rules.text import masked_phone
from wuye_tui.rules.units_text import find_phone

IDENTITIES = [
    "440106199001011234",
    "44010619900101123X",
    "440106 19900101 1234",
    "440106-19900101-1234",
    "440106900101123",
    "４４０１０６１９９００１０１１２３４",
]


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678", "138 1234 5678", "+86 138-1234-5678", "8613812345678",
        "0571-88157788", "0571-88157788-801", "(023) 5550 1001", "053188123456",
        "88157788", "8815778", "88157788转12", "8001", "110", "95598", "400-820-8820",
        "+852 9123 4567", "0085291234567", "+1 (415) 555-0100", "027-8888999",
        "13812345678/13987654321", "13812345678、88157788", "13812345678 13987654321", "",
    ],
)  # fmt: skip
def test_what_can_be_dialled_is_kept_as_it_was_typed(typed: str) -> None:
    assert phones.given(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [*IDENTITIES, "abc", "没有", "12", "1381234567", "138123456789", "13812345678/",
     "13812345678/440106199001011234", "6222021234567890123", "3-1-502"],
)  # fmt: skip
def test_whatever_else_stands_there_is_refused(typed: str) -> None:
    with pytest.raises(phones.NotDialled) as refused:
        phones.given(typed, "联系电话")
    assert str(refused.value).startswith("联系电话")
    assert typed not in str(refused.value)


@pytest.mark.parametrize(
    "line",
    ["3-1-502 13812345678 漏水", "3-1-502 0571-88157788转801 漏水", "3-1-502 027-8888999 漏水",
     "3-1-502 400-820-8820 漏水", "3-1-502 电话88157788 漏水", "+86 138 1234 5678 漏水"],
)  # fmt: skip
def test_every_number_that_a_line_gives_may_be_kept(line: str) -> None:
    found = find_phone(line)
    assert found
    assert phones.given(found.value) == found.value


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("13812345678", "13812345678"),
        ("+86 138-0000-1234", "+86 138-0000-1234"),
        ("8001", "8001"),
        ("013812345678", "13812345678"),  # the digit for a trunk, or for an outside line
        ("913812345678", "13812345678"),
        ("9013812345678", "13812345678"),
        ("902388157788", "02388157788"),
        ("861088157788", "+861088157788"),
        ("440106199001011234", ""),
        ("12", ""),
    ],
)
def test_what_a_telephone_system_tells_never_stops_a_call(told: str, number: str) -> None:
    assert phones.heard(told) == number
    assert phones.given(number) == number


@pytest.mark.parametrize("typed", IDENTITIES[:5])
def test_an_identity_number_in_its_place_is_hidden_as_one(typed: str) -> None:
    hidden = masked_phone(typed)
    assert hidden == typed[:3] + "*" * (len(typed) - 5) + typed[-2:]
