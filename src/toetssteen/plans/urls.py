"""Addresses of the plan of action, of shared and corrective actions, and of public reports."""

from django.urls import path

from toetssteen.plans.views import actions, corrective, goals, plan, reports, shared

urlpatterns = [
    path("plan/", plan.plan_edit, name="plan_edit"),
    path("plan/corrective/", corrective.corrective_list, name="corrective_list"),
    path("plan/corrective/add/", corrective.corrective_edit, name="corrective_add"),
    path("plan/corrective/<int:pk>/", corrective.corrective_detail, name="corrective_detail"),
    path("plan/corrective/<int:pk>/edit/", corrective.corrective_edit, name="corrective_edit"),
    path("plan/corrective/<int:pk>/review/", corrective.corrective_review, name="corrective_review"),
    path("plan/corrective/<int:pk>/exit/", corrective.corrective_exit, name="corrective_exit"),
    path("plan/corrective/<int:pk>/resume/", corrective.corrective_resume, name="corrective_resume"),
    path("plan/corrective/<int:pk>/remove/", corrective.corrective_delete, name="corrective_delete"),
    path("plan/corrective/<int:pk>/restore/", corrective.corrective_restore, name="corrective_restore"),
    path("plan/corrective/<int:corrective>/steps/<int:pk>/", corrective.corrective_step, name="corrective_step"),
    path(
        "plan/corrective/<int:corrective>/steps/<int:pk>/remove/",
        corrective.corrective_step_delete,
        name="corrective_step_delete",
    ),
    path(
        "plan/corrective/<int:corrective>/steps/<int:pk>/restore/",
        corrective.corrective_step_restore,
        name="corrective_step_restore",
    ),
    path("plan/<int:year>/", plan.plan_edit, name="plan_year"),
    path("plan/<int:year>/summary/", plan.plan_summary, name="plan_summary"),
    path("plan/<int:year>/goals/add/", goals.objective_edit, name="objective_add"),
    path("plan/<int:year>/goals/confirm/", goals.objective_confirm_all, name="objective_confirm_all"),
    path("plan/<int:year>/goals/<int:pk>/", goals.objective_edit, name="objective_edit"),
    path("plan/<int:year>/goals/<int:pk>/confirm/", goals.objective_confirm, name="objective_confirm"),
    path("plan/<int:year>/goals/<int:pk>/stop/", goals.objective_stop, name="objective_stop"),
    path("plan/<int:year>/goals/<int:pk>/remove/", goals.objective_delete, name="objective_delete"),
    path("plan/<int:year>/goals/<int:pk>/restore/", goals.objective_restore, name="objective_restore"),
    path("plan/<int:year>/goals/<int:pk>/move/", goals.objective_move, name="objective_move"),
    path("plan/<int:year>/goals/<int:goal>/examples/", actions.action_examples, name="action_examples"),
    path("plan/<int:year>/goals/<int:goal>/actions/add/", actions.action_edit, name="action_add"),
    path("plan/<int:year>/goals/<int:goal>/actions/<int:pk>/", actions.action_edit, name="action_edit"),
    path(
        "plan/<int:year>/goals/<int:goal>/actions/<int:pk>/progress/", actions.action_progress, name="action_progress"
    ),
    path("plan/<int:year>/goals/<int:goal>/actions/<int:pk>/remove/", actions.action_delete, name="action_delete"),
    path("plan/<int:year>/actions/<int:pk>/restore/", actions.action_restore, name="action_restore"),
    path("plan/<int:year>/public/", plan.plan_public, name="plan_public"),
    path("plan/<int:year>/public/choose/", plan.plan_compose, name="plan_compose"),
    path("plan/<int:year>/public/withdraw/", plan.plan_withdraw, name="plan_withdraw"),
    path("plan/<int:year>/public/off/", plan.plan_off, name="plan_off"),
    path("plan/<int:year>/public/back/", plan.plan_back, name="plan_back"),
    path("public-reports/", reports.public_report_list, name="public_report_list"),
    path("public-reports/<int:pk>/remove/", reports.public_report_delete, name="public_report_delete"),
    path("secretariat/shared-actions/", shared.shared_action_list, name="shared_action_list"),
    path("secretariat/shared-actions/add/", shared.shared_action_edit, name="shared_action_add"),
    path("secretariat/shared-actions/<int:pk>/", shared.shared_action_edit, name="shared_action_edit"),
    path("secretariat/shared-actions/<int:pk>/close/", shared.shared_action_close, name="shared_action_close"),
]
