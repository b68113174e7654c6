"""Parts of pages that are the same for everybody, drawn once per process instead of once per visitor.

What is kept can hold nothing of a person: it is drawn without the request, the actor and the tokens of forms. Its key
holds everything that it depends on (identifiers of versions that never change, the language, the query), so that
nothing has to be thrown away when something changes, and several processes need not tell each other.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import get_template
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST_CHARACTERS = 12_000_000

register = template.Library()


class Kept:
    """Texts by key, the least used ones given up when they are too many characters together."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.texts: OrderedDict[Hashable, str] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, draw: Callable[[], str]) -> str:
        """The text under this key, drawn if it is not there."""
        with self.lock:
            found = self.texts.get(key)
            if found is not None:
                self.texts.move_to_end(key)
                return found
        text = str(draw())
        with self.lock:
            if key not in self.texts:
                self.texts[key] = text
                self.size += len(text)
            while self.size > self.most:
                self.size -= len(self.texts.popitem(last=False)[1])
        return text

    def forget(self) -> None:
        """Empty it; a test that begins with another database needs it."""
        with self.lock:
            self.texts.clear()
            self.size = 0


KEPT = Kept(MOST_CHARACTERS)


def _surroundings() -> tuple[Hashable, ...]:
    """What every part depends on: the language and the addresses."""
    return get_language(), get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF


class Nobody:
    """Stands where components expect the request: it has the query of the page and nothing of who asks."""

    def __init__(self, query: QueryDict) -> None:
        self.GET = query
        self.headers: dict[str, str] = {}


def kept_part(
    request: HttpRequest, part: str, key: tuple[Hashable, ...] | None, context: Callable[[], dict[str, Any]]
) -> SafeString:
    """A part of a page that depends on the key and the query alone; with a key of None it is drawn every time."""

    def draw() -> str:
        return get_template(part).render({**context(), "request": Nobody(request.GET)})

    if key is None:
        return mark_safe(draw())  # noqa: S308 - a template drew it
    whole = ("part", part, *_surroundings(), request.GET.urlencode(), *key)
    return mark_safe(KEPT.get(whole, draw))  # noqa: S308 - a template drew it


def _plain(value: Any) -> Any:
    """Rows as they are, without what would work them out: that would keep a request alive."""
    return tuple(value) if isinstance(value, list | tuple) else value


class KeptNode(template.Node):
    """The inside is drawn in a context that holds only the variables which are named, and kept by their values."""

    def __init__(self, nodelist: NodeList, name: str, values: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.values = nodelist, name, values

    def render(self, context: Context) -> SafeString:
        seen: dict[str, Any] = {str(value.var): _plain(value.resolve(context)) for value in self.values}
        key = ("block", self.name, *_surroundings(), *seen.values())
        return mark_safe(KEPT.get(key, lambda: self.nodelist.render(context.new(seen))))  # noqa: S308 - as above


@register.tag("kept")
def compile_kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "foot" %}…{% endkept %}`: the same for everybody in one language, drawn once.

    `{% kept "strip" day %}` depends on `day` too; inside there are no other variables than those named.
    """
    _tag, name, *values = token.split_contents()
    compiled = [parser.compile_filter(value) for value in values]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, name, compiled)
