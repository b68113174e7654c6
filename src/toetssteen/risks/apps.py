from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "toetssteen.risks"

    def ready(self) -> None:
        """Tell the evidence below which files are sources of risks."""
        from toetssteen.documents import hooks
        from toetssteen.risks import usage

        hooks.usage.append(usage.evidence_usage)
