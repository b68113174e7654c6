from django.apps import AppConfig


class RemedyConfig(AppConfig):
    name = "toetssteen.remedy"

    def ready(self) -> None:
        """Tell the evidence list where files are used here, and the plan that there are pages beside it."""
        from toetssteen.documents import hooks as documents
        from toetssteen.foundation import hooks
        from toetssteen.remedy.usage import evidence_usage, links_of_plan

        if evidence_usage not in documents.usage:
            documents.usage.append(evidence_usage)
        hooks.answers("plan_links", links_of_plan)
