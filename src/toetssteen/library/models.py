"""Questions to the help desk, and the questions and answers that everybody may read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.library.choices import HelpState
from toetssteen.organisations.models import Organisation


class HelpQuestion(Versioned):
    """A question that somebody of a participant asked the secretariat, with its answer."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    page = models.CharField(max_length=200, blank=True)  # the address it was asked from
    text = models.TextField(_("your question"))
    state = models.CharField(max_length=10, choices=HelpState, default=HelpState.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=HelpState.ANSWERED) | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="an_answer_has_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"


class Faq(Versioned):
    """A question with its answer for everybody, in both languages; nothing in it points at who asked."""

    secrecy = Secrecy.PUBLIC

    question_nl = models.CharField(_("question in Dutch"), max_length=300)
    question_en = models.CharField(_("question in English"), max_length=300)
    answer_nl = models.TextField(_("answer in Dutch"))
    answer_en = models.TextField(_("answer in English"))
    step = models.PositiveSmallIntegerField(_("step"), null=True, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["step", "pk"]

    def __str__(self) -> str:
        return self.question_en
