from django.apps import AppConfig


class RemedyConfig(AppConfig):
    name = "toetssteen.remedy"
