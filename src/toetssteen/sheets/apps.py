from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "toetssteen.sheets"
