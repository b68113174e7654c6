"""The cells of a table of chains, put together without a template each: a page has some hundreds of them."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.look import figures
from toetssteen.foundation.look.icons import icon_svg
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.queries.chains import Cell, ChainRow

register = template.Library()

SMALL = "{} {}<small>{}</small>"


@register.simple_tag
def chain_cell(cell: Cell) -> SafeString:
    """`{% chain_cell cell %}`: what is known at one level of a chain, or how it is not known."""
    if cell.state == LinkState.KNOWN:
        more = format_html(' <span class="dim">+{}</span>', cell.more) if cell.more else ""
        where = format_html("<small>{}</small>", cell.where) if cell.where else ""
        return format_html("{}{}{}", cell.name or _("Known"), more, where)
    if cell.state == LinkState.REFUSED:
        said, day = _("asked and refused"), cell.answered_on or cell.asked_on
        return format_html(SMALL, icon_svg("refused", ""), _("Refused"), f"{said}, {figures.day(day)}" if day else said)
    if cell.state == LinkState.ASKED:
        said = _("no answer yet")
        small = f"{figures.day(cell.asked_on)}, {said}" if cell.asked_on else said
        return format_html(SMALL, icon_svg("clock", ""), _("Asked"), small)
    return format_html(SMALL, icon_svg("unknown", ""), _("Unknown"), _("not asked yet"))


@register.simple_tag
def chain_cells(row: ChainRow, may_edit: object = False, focus: str = "") -> SafeString:
    """`{% chain_cells row may_edit focus %}`: the cells of all levels; links where the chain may be changed."""
    editing, change = bool(may_edit) and not row.closed_on, _("change")
    parts = []
    for cell in row.cells:
        inside, unknown = chain_cell(cell), cell.state != LinkState.KNOWN
        if editing:
            address = reverse("chain_level", (row.id, cell.level))
            inside = format_html(
                '<a class="cell{}" id="c{}-{}" href="{}" hx-get="{}" hx-target="#chain-{}" hx-swap="outerHTML"{}>{}'
                '<span class="sr"> {}</span></a>',
                " cell--unk" if unknown else "",
                row.id,
                cell.level,
                address,
                address,
                row.id,
                " autofocus" if focus == cell.level else "",
                inside,
                change,
            )
        else:
            inside = format_html('<span class="dim">{}</span>' if unknown else "<span>{}</span>", inside)
        parts.append(format_html('\n<td data-label="{}">{}</td>', cell.label, inside))
    return SafeString("".join(parts))
