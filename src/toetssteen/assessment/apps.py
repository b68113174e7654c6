from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "toetssteen.assessment"

    def ready(self) -> None:
        """Tell the rooms below what the assessment knows."""
        from toetssteen.assessment import deadlines
        from toetssteen.foundation import hooks

        hooks.answers("report.open_until", deadlines.open_until)
