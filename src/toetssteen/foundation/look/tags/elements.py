"""Small elements: icons, verdicts, tags, buttons, marks, meters."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from toetssteen.foundation.look import charts, figures
from toetssteen.foundation.look.icons import icon_svg, verdict_svg
from toetssteen.foundation.look.ids import own_id

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "check" %}`: silent; `{% icon "check" label=_("meets") %}`: named."""
    return icon_svg(name, label)


def _colour(colour: Any) -> str:
    value = str(getattr(colour, "value", colour) or "")
    return value if value in {"green", "orange", "red"} else "none"


def _colour_word(colour: str) -> str:
    return {
        "green": pgettext("verdict", "Green"),
        "orange": pgettext("verdict", "Orange"),
        "red": pgettext("verdict", "Red"),
        "none": gettext("No report"),
    }[colour]


register.filter("before_stop", figures.before_stop)


@register.filter
def colour_word(colour: Any) -> str:
    """The word of a verdict inside a sentence: groen."""
    return _colour_word(_colour(colour)).lower()


@register.simple_tag
def verdict(colour: Any, proposal: bool = False, large: bool = False, label: Any = "") -> SafeString:
    """`{% verdict "green" %}` is a decision, filled; with `proposal=True` what the rule proposes, dashed."""
    name = _colour(colour)
    word = label or _colour_word(name)
    if proposal and not label:
        word = gettext("No proposal") if name == "none" else gettext("Proposed: %(colour)s") % {"colour": word.lower()}
    return format_html(
        '<span class="verdict{}{} v-{}">{}{}</span>',
        " verdict--prop" if proposal else "",
        " verdict--lg" if large else "",
        name,
        verdict_svg(name),
        word,
    )


@register.simple_tag
def v_word(colour: Any, label: Any = "") -> SafeString:
    """The same verdict in tables and lines, without a fill; without a colour it is still open."""
    name = _colour(colour)
    word = label or (gettext("still open") if name == "none" else _colour_word(name).lower())
    return format_html('<span class="v-word v-{}">{}{}</span>', name, verdict_svg(name), word)


@register.simple_tag
def tag(label: Any, kind: str = "", icon: str = "") -> SafeString:
    """A short status or kind: `{% tag _("key question") kind="info" icon="key" %}`; kinds info, ok, warn, bad, line."""
    mark = icon_svg(icon) if icon else ""
    return format_html('<span class="tag{}">{}{}</span>', f" tag--{kind}" if kind else "", mark, label)


@register.simple_tag(takes_context=True)
def btn(context: Context, label: Any, url: str = "", variant: str = "", **options: Any) -> SafeString:
    """A button, or a link that looks like one if `url` is given.

    `variant`: "" primary, "2" alternative, "3" quiet. Options: `icon`, `icon_after`, `small`, `wide`, `name`, `value`,
    `type` (submit), `form`, `about` (words for screen readers only), and `verdict`: if that says no, the button is
    there but disabled and its sentence stands under it.
    """
    classes = "btn" + (f" btn--{variant}" if variant else "")
    classes += (" btn--s" if options.get("small") else "") + (" btn--wide" if options.get("wide") else "")
    before = icon_svg(options["icon"]) if options.get("icon") else ""
    after = icon_svg(options["icon_after"]) if options.get("icon_after") else ""
    about = format_html('<span class="sr"> {}</span>', options["about"]) if options.get("about") else ""
    inside = format_html("{}{}{}{}", before, label, about, after)
    said = options.get("verdict")
    if said not in (None, "") and not said:
        why_id = own_id(context, "why")
        return format_html(
            '<button type="button" class="{}" aria-disabled="true" aria-describedby="{}">{}</button>{}',
            classes,
            why_id,
            inside,
            why(str(said), why_id),
        )
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', classes, url, inside)
    attributes = format_html_join("", ' {}="{}"', [(k, options[k]) for k in ("name", "value", "form") if k in options])
    return format_html(
        '<button type="{}" class="{}"{}>{}</button>', options.get("type", "submit"), classes, attributes, inside
    )


@register.simple_tag
def why(sentence: Any, id: str = "") -> SafeString:
    """Why something cannot be done now, under its disabled button."""
    named = format_html(' id="{}"', id) if id else ""
    return format_html('<span class="why"{}>{}<span>{}</span></span>', named, icon_svg("info"), sentence)


@register.simple_tag
def saved(at: Any = None) -> SafeString:
    """`{% saved answer.saved_at %}`: "Bewaard om 14.32 uur"; without a moment an empty place for the script."""
    if not at:
        return mark_safe('<span class="saved" role="status"></span>')
    sentence = gettext("Saved at %(time)s") % {"time": figures.moment(at)}
    return format_html('<span class="saved" role="status">{}{}</span>', icon_svg("check"), sentence)


@register.simple_tag
def busy(sentence: Any) -> SafeString:
    """Something takes a while: says what and how long."""
    return format_html('<p class="busy" role="status">{}</p>', sentence)


@register.simple_tag
def mark(placeholder: Any = True) -> SafeString:
    """The asterisk behind a norm that the parties have not set yet; takes a flag or a norm with its mark."""
    if not getattr(placeholder, "placeholder", placeholder):
        return mark_safe("")
    return format_html('<sup aria-hidden="true">*</sup><span class="sr"> {}</span>', gettext("(provisional norm)"))


@register.simple_tag
def mark_note(shown: Any = True) -> SafeString:
    """The line that explains the asterisk; once under whatever holds one."""
    if not shown:
        return mark_safe("")
    sentence = gettext("Provisional norm. The parties still have to set it.")
    return format_html('<p class="xs dim mt"><sup aria-hidden="true">*</sup> {}</p>', sentence)


@register.simple_tag
def suppressed(threshold: int = 5) -> SafeString:
    """A number that is hidden so that nobody can be recognised: "< 5" with a lock."""
    title = gettext("suppressed, so that nobody can be recognised")
    return format_html(
        '<span class="unk">{}&lt;{}{}<span class="sr"> {}</span></span>',
        icon_svg("lock"),
        figures.NBSP,
        threshold,
        title,
    )


@register.simple_tag
def suppressed_note(threshold: int = 5) -> SafeString:
    """The one line that explains suppressed numbers."""
    sentence = gettext(
        "“< %(n)s”: fewer than %(n)s companies. We do not show the exact number, so that nobody can be recognised."
    ) % {"n": threshold}
    return format_html('<p class="sm dim">{}</p>', sentence)


@register.simple_tag
def unknown(sentence: Any = "", refused: bool = False) -> SafeString:
    """Unknown is a fact: `{% unknown _("Unknown, asked on 3 October") %}`, or asked and refused."""
    word = sentence or (gettext("Asked and refused") if refused else gettext("Unknown"))
    return format_html('<span class="unk">{}{}</span>', icon_svg("refused" if refused else "unknown"), word)


@register.simple_tag
def pips(value: int, of: int = 5) -> SafeString:
    """Severity as dots, with the number beside it."""
    circles = format_html_join(
        "",
        '<circle class="pip{}" cx="{}" cy="6" r="4.7"/>',
        [(" on" if n < value else "", 7 + 15 * n) for n in range(of)],
    )
    return format_html(
        '<span class="pips"><svg viewBox="0 0 {0} 12" width="{0}" height="12" aria-hidden="true">{1}</svg></span> {2}',
        15 * of - 1,
        circles,
        gettext("%(part)s of %(whole)s") % {"part": value, "whole": of},
    )


@register.simple_tag
def bar(value: Any, need: Any = None, of: Any = 100, longest: Any = None, large: bool = False) -> SafeString:
    """A meter: `{% bar 54.5 need=60 large=True %}`; the number itself must stand beside it.

    `need` draws the tick of the norm and a dashed gap; `of` is the whole, `longest` the longest whole of its list.
    """
    shape = charts.geometry(value, need, of, longest)
    gap = tick = ""
    if shape["gap"]:
        gap = format_html('<rect class="bar-gap" x="{}" width="{}" height="12"/>', shape["gap"], shape["gap_width"])
    if shape["need"]:
        tick = format_html('<rect class="bar-need" x="{}" y="-3" width=".7" height="18"/>', shape["need"])
    return format_html(
        '<svg class="bar{}" viewBox="0 0 100 12" width="100%" height="12" preserveAspectRatio="none" '
        'aria-hidden="true"><rect class="bar-bg" width="{}" height="12"/>'
        '<rect class="bar-v" width="{}" height="12"/>{}{}</svg>',
        " bar--l" if large else "",
        shape["width"],
        shape["value"],
        gap,
        tick,
    )


@register.simple_tag
def inline_svg(drawing: str) -> SafeString:
    """A drawing made on the server, such as a QR code, without its XML header; never give it text of a user."""
    return mark_safe(drawing[max(drawing.find("<svg"), 0) :])  # noqa: S308  our own drawing
