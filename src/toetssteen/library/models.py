"""What the secretariat keeps in the library, questions to the help desk, and answers that everybody may read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.core.frameworks import Text
from toetssteen.foundation.files import secret_path
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.library.choices import For, HelpState, Kind
from toetssteen.organisations.models import Organisation


def random_name(instance: Copy, file_name: str) -> str:
    """Where a file of the library is kept."""
    return secret_path("library")


class Item(Versioned):
    """A guide, sheet, analysis or model text of the covenant itself, with whom it is for; its content has versions."""

    secrecy = Secrecy.PARTIES

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title_nl = models.CharField(_("title in Dutch"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160)
    summary_nl = models.TextField(_("what it is for, in Dutch"), blank=True)
    summary_en = models.TextField(_("what it is for, in English"), blank=True)
    steps = models.JSONField(default=list)  # numbers of due-diligence steps
    themes = models.JSONField(default=list)  # ids of the pack's themes
    countries = models.JSONField(default=list)  # two letters
    materials = models.JSONField(default=list)  # ids of the pack's materials
    tags = models.JSONField(default=list)
    for_company = models.BooleanField(default=False)
    for_authority = models.BooleanField(default=False)
    for_civil_society = models.BooleanField(default=False)
    for_supplier = models.BooleanField(default=False)
    for_public = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(for_company=True)
                | Q(for_authority=True)
                | Q(for_civil_society=True)
                | Q(for_supplier=True)
                | Q(for_public=True),
                name="an_item_is_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="a_withdrawn_item_has_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title_nl

    @property
    def title(self) -> Text:
        """Its name in both languages."""
        return Text(self.title_nl, self.title_en)

    @property
    def audience(self) -> frozenset[str]:
        """Whom it is for."""
        return frozenset(one.value for one in For if getattr(self, f"for_{one.value}"))


class ItemVersion(models.Model):
    """One version of an item, as it was published; a next one never takes it away."""

    secrecy = Secrecy.PARTIES

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    dated_on = models.DateField(_("date of the document"))
    note_nl = models.CharField(_("what changed, in Dutch"), max_length=300, blank=True)
    note_en = models.CharField(_("what changed, in English"), max_length=300, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["item", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="a_withdrawn_version_has_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.number}"

    @property
    def note(self) -> Text:
        """What changed, in both languages."""
        return Text(self.note_nl, self.note_en)


class Copy(models.Model):
    """One text of a version in one or more languages: a file of ours, or an address elsewhere."""

    secrecy = Secrecy.PARTIES

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="copies")
    languages = models.JSONField(default=list)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    file = models.FileField(upload_to=random_name, blank=True)
    file_name = models.CharField(max_length=160, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")), name="a_copy_is_a_file_or_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.file_name or self.url


class Faq(Versioned):
    """A question with its answer for everybody, in both languages; nothing in it points at who asked."""

    secrecy = Secrecy.PUBLIC

    question_nl = models.CharField(_("question in Dutch"), max_length=300)
    question_en = models.CharField(_("question in English"), max_length=300)
    answer_nl = models.TextField(_("answer in Dutch"))
    answer_en = models.TextField(_("answer in English"))
    step = models.PositiveSmallIntegerField(_("step"), null=True, blank=True)
    about = models.CharField(_("question it is about"), max_length=40, blank=True)  # a question of the pack
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["step", "pk"]

    def __str__(self) -> str:
        return self.question_en


class HelpQuestion(Versioned):
    """A question that somebody of a participant asked the secretariat, with its answer."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    page = models.CharField(max_length=200, blank=True)  # the address it was asked from, without anything secret
    text = models.TextField(_("your question"))
    state = models.CharField(max_length=10, choices=HelpState, default=HelpState.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_read_at = models.DateTimeField(null=True, blank=True)  # when those who asked marked it as read
    shared_as = models.ForeignKey(Faq, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

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

    @property
    def is_new_answer(self) -> bool:
        """There is an answer that nobody of those who asked has read yet."""
        return self.state == HelpState.ANSWERED and self.answer_read_at is None
