"""Texts made comparable: small Latin letters without marks."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

_NOT_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=60_000)
def fold(text: str) -> str:
    """Small Latin letters and digits, words divided by one space."""
    return _NOT_WORD.sub(" ", anyascii(text).replace("'", "").lower()).strip()


def key(text: str) -> str:
    """The same without any space, so that "Yavan Thur" and "Yavanthur" are equal."""
    return fold(text).replace(" ", "")
