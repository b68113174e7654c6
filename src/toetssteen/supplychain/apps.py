from django.apps import AppConfig


class SupplychainConfig(AppConfig):
    name = "toetssteen.supplychain"

    def ready(self) -> None:
        from toetssteen.foundation import hooks
        from toetssteen.supplychain import checking

        hooks.answers("chain.next_steps", checking.next_steps)
