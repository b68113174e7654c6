"""What builds on an import, and the trade names that the secretariat added."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation import hooks
from toetssteen.foundation.look.figures import in_language
from toetssteen.sheets.models import SheetImport, TradeName
from toetssteen.sheets.permissions import visible_trade_names
from toetssteen.supplychain.models import Chain, ChainLink

DERIVED = ("sheets", "sites", "supplychain")  # apps whose rows about a chain follow from it, or are part of it


def built_on(kept: SheetImport) -> list[str]:
    """Why an import cannot be undone any more, in sentences; empty when it can."""
    chains = kept.chains.order_by()
    said: list[str] = []
    touched = chains.exclude(chain__row_version=F("version_after")).count()
    if touched:
        said.append(
            ngettext(
                "%(n)s chain of this import was changed in the meantime.",
                "%(n)s chains of this import were changed in the meantime.",
                touched,
            )
            % {"n": touched}
        )
    for sentence in hooks.said("chains.reported_since", organisation_id=kept.organisation_id, since=kept.imported_at):
        if sentence:
            said.append(sentence)
    users = _users_of(kept)
    if users:
        said.append(_("Something was recorded about these chains: %(what)s.") % {"what": ", ".join(users)})
    return said


def _users_of(kept: SheetImport) -> list[str]:
    """What rows of other rooms point at the chains that this import added."""
    added = kept.chains.filter(act="added").values("chain_id")
    found = []
    for target, ids in ((Chain, added), (ChainLink, ChainLink.objects.filter(chain_id__in=added).values("pk"))):
        for relation in target._meta.get_fields(include_hidden=True):
            model = relation.related_model if relation.auto_created and not relation.concrete else None
            if model is None or isinstance(model, str) or model._meta.app_label in DERIVED:
                continue
            points = relation.remote_field
            if points and model._base_manager.filter(**{f"{points.name}__in": ids}).exists():
                found.append(_NAMES.get(model._meta.label, model._meta.verbose_name_plural))
    return [str(name) for name in dict.fromkeys(found)]


_NAMES: dict[str, Any] = {}


def trade_names(actor: Actor, pack: Pack) -> list[tuple[TradeName, str]]:
    """The trade names that the secretariat added, with the material in words."""
    materials = {material.id: in_language(material.text) for material in pack.materials}
    found = visible_trade_names(actor).select_related("added_by")
    return [(name, materials.get(name.material, name.material)) for name in found]
