"""People and the language they read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from toetssteen.foundation.prepared import prepared
from toetssteen.foundation.secrecy import Secrecy


class People(BaseUserManager["Person"]):
    """Makes people; called by services and by the sign-in library."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get(self, *conditions: Any, **named: Any) -> Person:
        """One person; by key, as every page of a signed-in person asks, with a query that is worked out once."""
        if not conditions and list(named) == ["pk"] and isinstance(named["pk"], int):
            found = _by_key(named["pk"])
            if found:
                return found[0]
        return self.get_queryset().get(*conditions, **named)

    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email__iexact=email)


@prepared
def _by_key(pk: int) -> models.QuerySet[Person]:
    return Person.objects.filter(pk=pk)


class Person(AbstractBaseUser):
    """Somebody who can sign in; what they may do follows from their appointments, never from this row."""

    secrecy = Secrecy.COMPANY

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, blank=True, default="")
    wants_digest = models.BooleanField(_("a mail every week with what is due"), default=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
