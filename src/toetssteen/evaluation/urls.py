"""Addresses of readings and evaluations."""

from __future__ import annotations

from django.urls import path

from toetssteen.evaluation import views

PAGE = "plan/<int:year>/results/"

urlpatterns = [
    path("plan/results/", views.plan_results, name="results_now"),
    path(PAGE, views.plan_results, name="plan_results"),
    path(f"{PAGE}file/<str:ending>/", views.results_export, name="results_export"),
    path(f"{PAGE}evaluation/", views.goal_evaluate, name="year_evaluate"),
    path(f"{PAGE}goals/<int:goal>/evaluation/", views.goal_evaluate, name="goal_evaluate"),
    path(f"{PAGE}goals/<int:goal>/take-up/", views.goal_take_up, name="goal_take_up"),
    path(f"{PAGE}goals/<int:goal>/readings/add/", views.reading_edit, name="reading_add"),
    path(f"{PAGE}goals/<int:goal>/readings/<int:pk>/", views.reading_edit, name="reading_correct"),
    path(f"{PAGE}goals/<int:goal>/readings/<int:pk>/remove/", views.reading_remove, name="reading_remove"),
]
