from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "toetssteen.accounts"

    def ready(self) -> None:
        from toetssteen.accounts import second_factor

        second_factor.connect()
