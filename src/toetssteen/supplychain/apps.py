from django.apps import AppConfig


class SupplychainConfig(AppConfig):
    name = "toetssteen.supplychain"

    def ready(self) -> None:
        from toetssteen.foundation import hooks
        from toetssteen.supplychain import buying, checking

        hooks.answers("chain.next_steps", checking.next_steps)
        hooks.answers("stones_bought", buying.stones_bought)
