from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "toetssteen.projects"
