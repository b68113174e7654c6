from django.apps import AppConfig


class CommunicationConfig(AppConfig):
    name = "toetssteen.communication"

    def ready(self) -> None:
        """Stand beside the plan of action."""
        from toetssteen.communication import presentation
        from toetssteen.foundation import hooks

        hooks.answers("plan_links", presentation.links_of_plan)
