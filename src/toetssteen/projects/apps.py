from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "toetssteen.projects"

    def ready(self) -> None:
        """Tell the rooms below who takes part in projects."""
        from toetssteen.foundation import hooks
        from toetssteen.projects import queries

        hooks.answers("projects.joined_count", queries.joined_count)
