import datetime as dt

from django.apps import AppConfig

from toetssteen.core.access import Actor


class InsightsConfig(AppConfig):
    name = "toetssteen.insights"

    def ready(self) -> None:
        from toetssteen.foundation import hooks

        hooks.answers("published", _published)


def _published(actor: Actor, year_id: int, number: int, at: dt.datetime) -> None:
    from toetssteen.insights.services import freeze_public_figures

    freeze_public_figures(actor=actor, year_id=year_id, number=number, now=at)
