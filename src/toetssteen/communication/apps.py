from django.apps import AppConfig


class CommunicationConfig(AppConfig):
    name = "toetssteen.communication"

    def ready(self) -> None:
        """Stand beside the plan of action, and keep what was published on its list of public communication."""
        from toetssteen.communication import presentation, queries
        from toetssteen.foundation import hooks

        hooks.answers("plan_links", presentation.links_of_plan)
        hooks.answers("public_report_may_go", queries.line_may_go)
