import datetime as dt

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "toetssteen.insights"

    def ready(self) -> None:
        from toetssteen.foundation import hooks

        hooks.answers("published", _published)


def _published(year_id: int, number: int, at: dt.datetime) -> None:
    from toetssteen.insights.services import freeze_public_figures

    freeze_public_figures(year_id=year_id, number=number, now=at)
