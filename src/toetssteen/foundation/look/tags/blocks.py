"""Tags that wrap content."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from toetssteen.foundation.look.icons import icon_svg
from toetssteen.foundation.look.ids import own_id

register = template.Library()
KINDS = {"info": "info", "ok": "check", "warn": "warn", "bad": "cross"}


@register.simple_block_tag
def notice(content: str, kind: str = "info", small: bool = False, status: bool = False) -> SafeString:
    """`{% notice "warn" %}…{% endnotice %}`: one thing to know, in place; kinds info, ok, warn, bad."""
    return format_html(
        '<div class="notice{}{}"{}>{}<div>{}</div></div>',
        "" if kind == "info" else f" notice--{kind}",
        " sm" if small else "",
        mark_safe(' role="status"') if status else "",
        icon_svg(KINDS[kind]),
        content,
    )


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, title: Any = "", **options: Any) -> SafeString:
    """`{% card _("Your chain") %}…{% endcard %}`; options `id`, `aside` (beside it), `lift`, `flush`, `level`."""
    title_id = options.get("id") or own_id(context, "card")
    classes = "card" + (" card--lift" if options.get("lift") else "") + (" card--flush" if options.get("flush") else "")
    if not title:
        return format_html('<div class="{}">{}</div>', classes, content)
    level = int(options.get("level", 2))
    aside = format_html('<p class="sm dim">{}</p>', options["aside"]) if options.get("aside") else ""
    head = format_html('<div class="card-head"><h{} id="{}">{}</h{}>{}</div>', level, title_id, title, level, aside)
    return format_html('<section class="{}" aria-labelledby="{}">{}{}</section>', classes, title_id, head, content)


@register.simple_block_tag
def panel(content: str, soft: bool = False) -> SafeString:
    """An explanation; `soft=True` for facts that the platform filled in."""
    return format_html('<div class="panel{}">{}</div>', " panel--soft" if soft else "", content)


@register.simple_block_tag
def quote(content: str, by: Any = "") -> SafeString:
    """Last year's answer, a reason, the text of a clause."""
    source = format_html('<p class="sm dim mt">{}</p>', by) if by else ""
    return format_html('<blockquote class="quote">{}</blockquote>{}', content, source)


@register.simple_block_tag
def more(content: str, summary: Any, open: bool = False) -> SafeString:
    """Details that most readers do not need at once."""
    return format_html(
        '<details class="more"{}><summary>{}</summary>{}</details>',
        mark_safe(" open") if open else "",
        summary,
        content,
    )


@register.simple_block_tag
def nothing(content: str, sentence: Any = "", url: str = "", label: Any = "") -> SafeString:
    """An empty place: what would stand here and the first step. Extra content may stand in the block."""
    step = format_html('<p class="row"><a class="btn btn--2 btn--s" href="{}">{}</a></p>', url, label) if url else ""
    words = format_html("<p>{}</p>", sentence) if sentence else ""
    return format_html('<div class="empty">{}{}{}</div>', words, content, step)
