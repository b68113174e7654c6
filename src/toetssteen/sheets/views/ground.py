"""What every page about spreadsheets needs."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.sheets import policies, queries
from toetssteen.sheets.choices import ImportState
from toetssteen.supplychain.views.ground import Ground

__all__ = ["Ground", "address_of", "import_or_404", "steps"]


def import_or_404(actor: Actor, pk: int) -> Any:
    """The import; for whom may not see it, it does not exist."""
    found = queries.sheet_import(actor, pk)
    if found is None:
        raise Http404
    return found


def steps() -> list[str]:
    """The steps from a file to chains."""
    return [_("File"), _("Columns"), _("Check"), _("Take over"), _("Done")]


def address_of(kept: Any) -> str:
    """Where the work on an import goes on."""
    if kept.state in policies.OPEN:
        name = "sheet_columns" if kept.state == ImportState.COLUMNS else "sheet_rows"
        return reverse(name, args=[kept.pk])
    return reverse("sheet_import", args=[kept.pk])
