"""Addresses of pages by name, remembered: a page with a hundred links asks for the same addresses every time."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf
from django.urls import reverse as work_out

MOST = 20_000


@lru_cache(maxsize=MOST)
def _remembered(prefix: str, urlconf: Any, name: str, args: tuple[Any, ...], kwargs: tuple[Any, ...]) -> str:
    """The address does not depend on anything but these: not on the person and not on the language."""
    return work_out(name, urlconf, [value for _type, value in args], {key: value for key, _type, value in kwargs})


def reverse(name: str, args: Any = None, kwargs: Any = None) -> str:
    """The address of a page; `NoReverseMatch` where there is none, as Django says it."""
    given = tuple((type(value), value) for value in args) if args else ()  # 1 and True are two addresses
    named = tuple((key, type(value), value) for key, value in sorted(kwargs.items())) if kwargs else ()
    try:
        return _remembered(get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF, name, given, named)
    except TypeError:  # a value that cannot be remembered
        return work_out(name, args=args or None, kwargs=kwargs or None)
