"""The cells of a table of chains, put together without a template each: a page has some hundreds of them."""

from __future__ import annotations

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.look import figures
from toetssteen.foundation.look.icons import icon_svg
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.queries.chains import Cell, ChainRow

register = template.Library()


def _small(icon: str, word: str, more: str) -> str:
    return f"{icon_svg(icon, '')} {escape(word)}<small>{escape(more)}</small>"


@register.simple_tag
def chain_cell(cell: Cell) -> SafeString:
    """`{% chain_cell cell %}`: what is known at one level of a chain, or how it is not known."""
    return SafeString(_inside(cell))


def _inside(cell: Cell) -> str:
    if cell.state == LinkState.KNOWN:
        more = f' <span class="dim">+{escape(str(cell.more))}</span>' if cell.more else ""
        where = f"<small>{escape(cell.where)}</small>" if cell.where else ""
        return f"{escape(cell.name or _('Known'))}{more}{where}"
    if cell.state == LinkState.REFUSED:
        said, day = _("asked and refused"), cell.answered_on or cell.asked_on
        return _small("refused", _("Refused"), f"{said}, {figures.day(day)}" if day else said)
    if cell.state == LinkState.ASKED:
        said = _("no answer yet")
        return _small("clock", _("Asked"), f"{figures.day(cell.asked_on)}, {said}" if cell.asked_on else said)
    return _small("unknown", _("Unknown"), _("not asked yet"))


@register.simple_tag
def chain_cells(row: ChainRow, may_edit: object = False, focus: str = "") -> SafeString:
    """`{% chain_cells row may_edit focus %}`: the cells of all levels; links where the chain may be changed."""
    editing, change = bool(may_edit) and not row.closed_on, escape(_("change"))
    parts = []
    for cell in row.cells:
        inside, unknown = _inside(cell), cell.state != LinkState.KNOWN
        if editing:
            address, level = escape(reverse("chain_level", (row.id, cell.level))), escape(cell.level)
            inside = (
                f'<a class="cell{" cell--unk" if unknown else ""}" id="c{row.id}-{level}" href="{address}"'
                f' hx-get="{address}" hx-target="#chain-{row.id}" hx-swap="outerHTML"'
                f'{" autofocus" if focus == cell.level else ""}>{inside}<span class="sr"> {change}</span></a>'
            )
        else:
            inside = f'<span class="dim">{inside}</span>' if unknown else f"<span>{inside}</span>"
        parts.append(f'\n<td data-label="{escape(str(cell.label))}">{inside}</td>')
    return SafeString("".join(parts))
