"""Addresses of the site itself: what it promises, and the gallery of components in a demonstration."""

from django.urls import URLPattern, path

from toetssteen.foundation import views

urlpatterns: list[URLPattern] = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("what-is-public/", views.what_is_public, name="what_is_public"),
    path("gallery/", views.gallery, name="gallery"),
]
