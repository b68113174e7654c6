"""The registry's own numbers: what they look like, and which typing errors they find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toetssteen.core.sites import IdentifierError, is_identifier, parse_identifier, site_identifier
from toetssteen.core.sites.identifiers import ALPHABET, LARGEST, check_character

numbers = st.integers(1, LARGEST)


def test_the_check_character_is_that_of_the_standard() -> None:
    assert check_character("A12425GABC1234002") == "M"  # the example of ISO 7064 MOD 37,36 in GRid codes
    assert site_identifier(42) == "TS-000016-M"


@given(numbers)
def test_every_number_comes_back(number: int) -> None:
    text = site_identifier(number)
    assert parse_identifier(text) == number
    assert parse_identifier(f" {text.lower().replace('-', ' ')} ") == number
    assert parse_identifier(text.replace("-", "")) == number


@given(numbers, numbers)
def test_two_numbers_never_share_an_identifier(one: int, other: int) -> None:
    assert (site_identifier(one) == site_identifier(other)) == (one == other)


@given(numbers, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_every_wrong_character_is_found(number: int, at: int, wrong: str) -> None:
    code = site_identifier(number).replace("-", "")[2:]
    mistyped = code[:at] + wrong + code[at + 1 :]
    if mistyped != code:
        with pytest.raises(IdentifierError) as caught:
            parse_identifier("TS" + mistyped)
        assert caught.value.code == "check"


def test_nearly_every_exchange_of_neighbours_is_found() -> None:
    exchanged = missed = 0
    for number in range(1, 200_000, 37):
        code = site_identifier(number).replace("-", "")[2:]
        for at in range(6):
            other = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            if other != code:
                exchanged += 1
                missed += is_identifier("TS" + other)
    assert exchanged > 10_000
    assert missed / exchanged < 0.01


@pytest.mark.parametrize("text", ["", "TS-00001-6", "XX-000016-M", "TS-000016", "TS-000000-1", "42", "TS-ÉÉÉÉÉÉ-M"])
def test_other_text_is_no_identifier(text: str) -> None:
    assert not is_identifier(text)


@pytest.mark.parametrize("number", [0, -1, LARGEST + 1])
def test_only_counting_numbers_have_an_identifier(number: int) -> None:
    with pytest.raises(ValueError, match="running number"):
        site_identifier(number)
