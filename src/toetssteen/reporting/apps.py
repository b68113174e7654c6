from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "toetssteen.reporting"

    def ready(self) -> None:
        from toetssteen.foundation import hooks

        hooks.answers("year_has_final_reports", _year_has_final_reports)


def _year_has_final_reports(year_id: int) -> bool:
    from toetssteen.reporting.choices import ReportState
    from toetssteen.reporting.models import Report

    return Report.objects.filter(year_id=year_id, state=ReportState.FINAL).exists()
