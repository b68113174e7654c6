from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "toetssteen.workspace"

    def ready(self) -> None:
        """Look for the weekly mail every now and then."""
        from toetssteen.foundation import hooks
        from toetssteen.workspace.tasks import look_for_digests

        hooks.answers("worker.minute", look_for_digests)
