"""Heads that sort, pages, downloads, addresses."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from toetssteen.foundation.look.icons import icon_svg
from toetssteen.foundation.look.navigation import address

register = template.Library()


@register.simple_tag(takes_context=True)
def qs(context: Context, **changes: Any) -> str:
    """The query of this page with changes; None takes a parameter away: `<a href="{% qs page=2 %}">`."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def th(context: Context, label: Any, sort: str = "", default: str = "", right: bool = False) -> SafeString:
    """A table head; with `sort="name"` a link that sorts on the server (`?sort=name`, again `?sort=-name`).

    `default` is the order of the page when the address names none.
    """
    css = mark_safe(' class="r"') if right else ""
    if not sort:
        return format_html('<th scope="col"{}>{}</th>', css, label)
    order = context["request"].GET.get("sort") or default
    state = {sort: "ascending", f"-{sort}": "descending"}.get(order, "")
    link = qs(context, sort=f"-{sort}" if state == "ascending" else sort, page=None)
    pointer = icon_svg("down" if state == "ascending" else "up") if state else ""
    said = format_html(' aria-sort="{}"', state) if state else ""
    return format_html('<th scope="col"{}{}><a href="{}">{} {}</a></th>', css, said, link, label, pointer)


@register.inclusion_tag("foundation/components/pager.html", takes_context=True)
def pager(context: Context, page: Any) -> dict[str, Any]:
    """Numbered pages below a table, for a page of a Django paginator."""
    numbers = []
    if page.paginator.num_pages > 1:
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
            whole = isinstance(number, int)
            numbers.append(
                {"n": number, "url": qs(context, page=number) if whole else "", "now": number == page.number}
            )
    return {"numbers": numbers}


@register.simple_tag
def downloads(*parts: Any) -> SafeString:
    """`{% downloads _("Spreadsheet") xlsx_url "CSV" csv_url %}`: links to the same rows as files."""
    pairs = [(parts[i + 1], icon_svg("download"), parts[i]) for i in range(0, len(parts) - 1, 2)]
    return format_html('<span class="row">{}</span>', format_html_join("", '<a href="{}">{} {}</a>', pairs))


@register.simple_tag
def maybe_url(name: str, *args: Any, **kwargs: Any) -> str:
    """`{% maybe_url "register" as url %}`: the address, or nothing where that page does not exist."""
    return address(name, *args, **kwargs)
