"""What other rooms show of complaints and remedy: where evidence is used, and the way there from the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from toetssteen.documents.hooks import Usage
from toetssteen.foundation.addresses import reverse
from toetssteen.remedy.models import GivenRemedy, MadeKnown, SupplierMechanism


def evidence_usage(evidence_ids: Sequence[int]) -> Iterable[Usage]:
    """The records that these files are proof of."""
    ids = list(evidence_ids)
    made = MadeKnown.evidence.through.objects.filter(evidence_id__in=ids)
    for evidence, row in made.values_list("evidence_id", "madeknown_id"):
        yield Usage(evidence, _("Complaints made known"), reverse("made_known_edit", args=[row]))
    known = SupplierMechanism.evidence.through.objects.filter(evidence_id__in=ids)
    for evidence, key in known.values_list("evidence_id", "suppliermechanism__key"):
        yield Usage(evidence, _("Complaints at a supplier"), reverse("mechanism_edit", args=[key]))
    given = GivenRemedy.evidence.through.objects.filter(evidence_id__in=ids)
    for evidence, row in given.values_list("evidence_id", "givenremedy_id"):
        yield Usage(evidence, _("Remedy"), reverse("remedy_edit", args=[row]))


def links_of_plan(year_number: int) -> list[tuple[str, str]]:
    """The page that stands beside the plan of every year."""
    return [(_("Complaints and remedy"), reverse("remedy_overview"))]
