"""The companies that meet somewhere: the same names stand at many places, so each is drawn once per page."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from toetssteen.foundation.addresses import reverse

register = template.Library()


@register.simple_tag
def company_links(names: Iterable[tuple[int, str]], drawn: dict[int, SafeString]) -> SafeString:
    """`{% company_links meeting.names drawn %}`: names with links to their maps; `drawn` is the memory of the page."""
    links = []
    for pk, name in names:
        if pk not in drawn:
            drawn[pk] = format_html('<a href="{}">{}</a>', reverse("company_chain_map", (pk,)), name)
        links.append(drawn[pk])
    return SafeString(", ".join(links))
