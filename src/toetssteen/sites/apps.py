from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "toetssteen.sites"

    def ready(self) -> None:
        """Hear of changed chains, and tell the pages of chains what a company is asked."""
        from toetssteen.foundation import hooks
        from toetssteen.sites import queries, tasks

        hooks.answers("chain.links_saved", tasks.chains_changed)
        hooks.answers("chain.next_steps", queries.next_steps)
