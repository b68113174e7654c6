"""Addresses of the pages about evidence."""

from django.urls import URLPattern, path

from toetssteen.documents import views

urlpatterns: list[URLPattern] = [
    path("evidence/", views.evidence_list, name="evidence_list"),
    path("evidence/add/", views.evidence_add, name="evidence_add"),
    path("evidence/<int:pk>/", views.evidence_edit, name="evidence_edit"),
    path("evidence/<int:pk>/file/", views.evidence_file, name="evidence_file"),
    path("evidence/<int:pk>/remove/", views.evidence_remove, name="evidence_remove"),
    path("evidence/<int:pk>/restore/", views.evidence_restore, name="evidence_restore"),
]
