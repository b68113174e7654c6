from django.apps import AppConfig


class CovenantConfig(AppConfig):
    name = "toetssteen.covenant"
