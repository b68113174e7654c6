"""How often one address may try links: guessing is slowed down, answering never."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

MOST_MISSES, MOST_WRITES, WINDOW = 20, 240, 600


def _key(kind: str, address: str) -> str:
    return f"inquiries.{kind}." + hashlib.sha256(address.encode()).hexdigest()[:32]


def too_many_misses(address: str) -> bool:
    """Somebody tried so many links that do not work that they must wait."""
    return int(cache.get(_key("miss", address), 0)) >= MOST_MISSES


def note_miss(address: str) -> None:
    """Count a link that did not work."""
    _count(_key("miss", address))


def may_write(token: str) -> bool:
    """One link may be saved often, not without end."""
    return _count(_key("write", token)) <= MOST_WRITES


def _count(key: str) -> int:
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key)
    except ValueError:
        return 1
