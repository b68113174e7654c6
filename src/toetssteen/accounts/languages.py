"""The language of the screens: where it is remembered."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.http.response import HttpResponseBase

R = TypeVar("R", bound=HttpResponseBase)

KNOWN = frozenset(code for code, _name in settings.LANGUAGES)
YEAR = 365 * 24 * 3600


def is_known(language: str) -> bool:
    """True for a language that the screens speak."""
    return language in KNOWN


def remember_language(response: R, language: str) -> R:
    """Keep the language in this browser for a year."""
    if is_known(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", httponly=True,
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )  # fmt: skip
    return response
