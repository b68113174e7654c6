"""Addresses of the plan of action and of public reports."""

from django.urls import path

from toetssteen.plans import views

urlpatterns = [
    path("plan/", views.plan_edit, name="plan_edit"),
    path("plan/<int:year>/", views.plan_edit, name="plan_year"),
    path("plan/<int:year>/summary/", views.plan_summary, name="plan_summary"),
    path("plan/<int:year>/goals/add/", views.objective_edit, name="objective_add"),
    path("plan/<int:year>/goals/<int:pk>/", views.objective_edit, name="objective_edit"),
    path("plan/<int:year>/goals/<int:pk>/remove/", views.objective_delete, name="objective_delete"),
    path("plan/<int:year>/goals/<int:pk>/move/", views.objective_move, name="objective_move"),
    path("plan/<int:year>/goals/<int:goal>/actions/add/", views.action_edit, name="action_add"),
    path("plan/<int:year>/goals/<int:goal>/actions/<int:pk>/", views.action_edit, name="action_edit"),
    path("plan/<int:year>/goals/<int:goal>/actions/<int:pk>/remove/", views.action_delete, name="action_delete"),
    path("plan/<int:year>/public/", views.plan_public, name="plan_public"),
    path("plan/<int:year>/public/withdraw/", views.plan_withdraw, name="plan_withdraw"),
    path("public-reports/", views.public_report_list, name="public_report_list"),
    path("public-reports/<int:pk>/remove/", views.public_report_delete, name="public_report_delete"),
]
