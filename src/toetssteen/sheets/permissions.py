"""Who may use spreadsheets, and who keeps the list of trade names."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Verdict, no, permission
from toetssteen.sheets import policies
from toetssteen.sheets.models import SheetImport, TradeName
from toetssteen.supplychain.permissions import EDITORS, can_add_chain


def visible_sheet_imports(actor: Actor) -> QuerySet[SheetImport]:
    """The spreadsheets of the own company, for its administrators and editors; nobody else sees any."""
    if actor.company_id is not None and actor.holds_any(EDITORS, actor.company_id):
        return SheetImport.objects.filter(organisation_id=actor.company_id)
    return SheetImport.objects.none()


@permission("sheets.view_sheet_import")
def can_view_sheet_import(actor: Actor, sheet_import: SheetImport) -> Verdict:
    """Administrators and editors of the company itself; the secretariat does not see uploaded spreadsheets."""
    if actor.company_id is not None and actor.holds_any(EDITORS, sheet_import.organisation_id):
        return YES
    return no(_("Only administrators and editors of the company see its spreadsheets."))


@permission("sheets.upload_sheet")
def can_upload_sheet(actor: Actor, organisation_id: int) -> Verdict:
    """Administrators and editors of the company itself."""
    return can_add_chain(actor, organisation_id)


@permission("sheets.change_sheet_import")
def can_change_sheet_import(actor: Actor, sheet_import: SheetImport) -> Verdict:
    """Administrators and editors of the company itself, as long as the sheet was not taken over."""
    verdict = can_upload_sheet(actor, sheet_import.organisation_id)
    return verdict and policies.changeable(sheet_import)


@permission("sheets.undo_sheet_import")
def can_undo_sheet_import(actor: Actor, sheet_import: SheetImport) -> Verdict:
    """Administrators and editors of the company itself, after the sheet was taken over."""
    verdict = can_upload_sheet(actor, sheet_import.organisation_id)
    return verdict and policies.undoable(sheet_import)


@permission("sheets.wipe_sheet_import")
def can_wipe_sheet_import(actor: Actor, sheet_import: SheetImport) -> Verdict:
    """Administrators and editors of the company itself, while nothing runs."""
    verdict = can_upload_sheet(actor, sheet_import.organisation_id)
    return verdict and policies.wipeable(sheet_import)


def visible_trade_names(actor: Actor) -> QuerySet[TradeName]:
    """The secretariat keeps the list; companies benefit from it without seeing it."""
    return TradeName.objects.all() if actor.is_secretariat else TradeName.objects.none()


@permission("sheets.edit_trade_name")
def can_edit_trade_name(actor: Actor) -> Verdict:
    """The secretariat keeps the list of trade names."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat can change the list of trade names."))
