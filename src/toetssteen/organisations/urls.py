"""Addresses of organisations, their people and invitations."""

from django.urls import URLPattern, path

from toetssteen.organisations import views

_ONE = "organisations/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("act-for/", views.act_for, name="act_for"),
    path("organisations/", views.organisation_list, name="organisation_list"),
    path("organisations/new/", views.organisation_create, name="organisation_create"),
    path(_ONE, views.organisation_detail, name="organisation_detail"),
    path(_ONE + "edit/", views.organisation_edit, name="organisation_edit"),
    path(_ONE + "membership/start/", views.membership_admit, name="membership_admit"),
    path(_ONE + "membership/end/", views.membership_end, name="membership_end"),
    path(_ONE + "membership/merge/", views.membership_merge, name="membership_merge"),
    path(_ONE + "membership/suspend/", views.membership_suspend, name="membership_suspend"),
    path(_ONE + "membership/resume/", views.membership_resume, name="membership_resume"),
    path(_ONE + "situation/", views.situation_override, name="situation_override"),
    path(_ONE + "situation/end/", views.situation_override_end, name="situation_override_end"),
    path(_ONE + "invite/", views.invitation_create, name="invitation_create"),
    path("colleagues/", views.colleague_list, name="colleague_list"),
    path("colleagues/<int:pk>/role/", views.appointment_role, name="appointment_role"),
    path("colleagues/<int:pk>/remove/", views.appointment_end, name="appointment_end"),
    path("invitations/<int:pk>/again/", views.invitation_resend, name="invitation_resend"),
    path("invitations/<int:pk>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("invitation/<str:token>/", views.invitation_accept, name="invitation_accept"),
]
