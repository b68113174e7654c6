from django.apps import AppConfig


class RemedyConfig(AppConfig):
    name = "toetssteen.remedy"

    def ready(self) -> None:
        """Tell the evidence list where files are used here."""
        from toetssteen.documents import hooks
        from toetssteen.remedy.usage import evidence_usage

        if evidence_usage not in hooks.usage:
            hooks.usage.append(evidence_usage)
