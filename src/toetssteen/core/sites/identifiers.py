"""The registry's own number of a site: it has a check character, so that a typing error is seen, and is never reused.

The form is `TS-000042-P`: six letters or digits that count up, and the check character of ISO 7064 MOD 37,36 over
prefix and number. It finds every single wrong character and nearly every exchange of two neighbours.
"""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PREFIX = "TS"
LENGTH = 6
LARGEST = len(ALPHABET) ** LENGTH - 1
_FORM = re.compile(rf"{PREFIX}[\s-]*([0-9A-Z]{{{LENGTH}}})[\s-]*([0-9A-Z])")


class IdentifierError(ValueError):
    """The text is not an identifier of a site; `code` says why: "form" or "check"."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"'{text}' is not a site identifier ({code})")
        self.code = code


def check_character(text: str) -> str:
    """The check character of ISO 7064 MOD 37,36 for digits and capital letters."""
    product = len(ALPHABET)
    for character in text:
        product = (product + ALPHABET.index(character)) % 36 or 36
        product = product * 2 % 37
    return ALPHABET[(37 - product) % 36]


def site_identifier(number: int) -> str:
    """The identifier of the site with this running number, from 1; the caller keeps numbers from being used twice."""
    if not 1 <= number <= LARGEST:
        raise ValueError(f"a running number lies between 1 and {LARGEST}")
    digits, rest = "", number
    for _ in range(LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return f"{PREFIX}-{digits}-{check_character(PREFIX + digits)}"


def parse_identifier(text: str) -> int:
    """The running number behind an identifier, however it is spaced; an IdentifierError where it was mistyped."""
    found = _FORM.fullmatch(text.strip().upper())
    if not found:
        raise IdentifierError("form", text)
    digits, check = found.groups()
    if check_character(PREFIX + digits) != check:
        raise IdentifierError("check", text)
    number = 0
    for character in digits:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    if not number:
        raise IdentifierError("form", text)
    return number


def is_identifier(text: str) -> bool:
    """Whether the text is an identifier without a typing error."""
    try:
        parse_identifier(text)
    except IdentifierError:
        return False
    return True
