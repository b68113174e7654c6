import datetime as dt
from typing import Any

from django.apps import AppConfig

from toetssteen.core.access import Actor


class InsightsConfig(AppConfig):
    name = "toetssteen.insights"

    def ready(self) -> None:
        from toetssteen.foundation import hooks

        hooks.answers("published", _published)
        hooks.answers("to_publish", _to_publish)


def _published(actor: Actor, year_id: int, number: int, at: dt.datetime) -> None:
    from toetssteen.insights.services import freeze_public_figures, freeze_public_results

    freeze_public_figures(actor=actor, year_id=year_id, number=number, now=at)
    freeze_public_results(actor=actor, year_id=year_id, number=number, now=at)


def _to_publish(year_id: int, on: dt.date) -> dict[str, Any]:
    """The tables that become public with a year, by their hash: who previews them publishes exactly these."""
    from toetssteen.covenant.models import CovenantYear
    from toetssteen.insights.results.queries import to_publish
    from toetssteen.insights.services import digest_of

    content = to_publish(CovenantYear.objects.select_related("pack").get(pk=year_id), on)
    return {"name": "results", "sha256": digest_of(content), "companies": content["companies"]}
