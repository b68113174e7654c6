"""Addresses of the assessment."""

from __future__ import annotations

from django.urls import path

from toetssteen.assessment import views

FILE = "secretariat/reports/<int:pk>/"

urlpatterns = [
    path("secretariat/queue/", views.work_queue, name="work_queue"),
    path(FILE, views.assessment_file, name="assessment_file"),
    path(FILE + "handed-in/", views.report_as_submitted, name="report_as_submitted"),
    path(FILE + "assess/", views.assess_report, name="assess_report"),
    path(FILE + "questions/<slug:question>/", views.assess_question, name="assess_question"),
    path(FILE + "assign/", views.report_assign, name="report_assign"),
    path(FILE + "return/", views.report_return, name="report_return"),
    path(FILE + "call-in/", views.report_call_in, name="report_call_in"),
    path(FILE + "talk/", views.talk_edit, name="talk_add"),
    path(FILE + "talk/<int:talk>/", views.talk_edit, name="talk_edit"),
    path(FILE + "provisional/", views.provisional_give, name="provisional_give"),
    path(FILE + "provisional/take-back/", views.provisional_take_back, name="provisional_take_back"),
    path(FILE + "second-reading/", views.second_reading, name="second_reading"),
    path(FILE + "decision/", views.decision_take, name="decision_take"),
    path(FILE + "extension/", views.extension_grant, name="extension_grant"),
    path("secretariat/years/", views.year_overview, name="year_overview"),
    path("secretariat/years/<int:number>/", views.year_overview, name="year_overview"),
    path("secretariat/years/<int:number>/companies.csv", views.year_export, name="year_export"),
    path("secretariat/years/<int:number>/remind/", views.undelivered_remind, name="undelivered_remind"),
    path(
        "secretariat/years/<int:number>/not-delivered/<int:organisation>/",
        views.undelivered_declare,
        name="undelivered_declare",
    ),
    path("secretariat/trail/", views.audit_list, name="audit_list"),
    path("reports/<int:pk>/assessment/", views.assessment_company, name="assessment_company"),
]
