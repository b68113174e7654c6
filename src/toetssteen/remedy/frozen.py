"""What a report freezes of complaints and remedy: what was made known, the known mechanisms, and given remedy."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from toetssteen.covenant.models import CovenantYear
from toetssteen.remedy import queries
from toetssteen.remedy.models import GivenRemedy


def frozen_remedy(organisation_id: int, year: CovenantYear) -> dict[str, Any]:
    """The records of one company about a year; no codes of posters and no content of files."""
    made = queries.made_known(organisation_id, year)
    proof = _with_proof([row.pk for row in made])
    return {
        "made_known": [
            {
                "made_on": row.made_on,
                "mechanism": row.mechanism,
                "way": row.way,
                "audiences": row.audiences,
                "languages": row.languages,
                "reached": row.reached,
                "places": [{"name": at.name, "place": at.place, "country": at.country} for at in row.places.all()],
                "evidence": row.pk in proof,
            }
            for row in made
        ],
        "mechanisms": [
            {
                "name": row.name,
                "place": row.place,
                "country": row.country,
                "has_one": row.has_one,
                "source": row.source,
                "said_on": row.said_on,
                "fits": {one.criterion: one.fit for one in row.judged.all()},
            }
            for row in queries.mechanisms(organisation_id)
        ],
        "remedies": [
            {
                "harm": row.harm,
                "for_whom": row.for_whom,
                "role": row.role,
                "done": row.done,
                "state": row.state,
                "satisfied": row.satisfied,
                "known_on": row.known_on,
                "done_on": row.done_on,
            }
            for row in _remedies(organisation_id, year)
        ],
    }


def _with_proof(ids: list[int]) -> frozenset[int]:
    rows = queries.MadeKnown.evidence.through.objects.filter(madeknown_id__in=ids)
    return frozenset(rows.values_list("madeknown_id", flat=True))


def _remedies(organisation_id: int, year: CovenantYear) -> list[GivenRemedy]:
    """The harm known by the end of the year and not remedied before it began."""
    rows = GivenRemedy.objects.filter(organisation_id=organisation_id, known_on__lte=year.ends_on)
    return list(rows.filter(Q(done_on__isnull=True) | Q(done_on__gte=year.starts_on)).order_by("known_on", "pk"))
