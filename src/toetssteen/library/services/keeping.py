"""What the secretariat does with items of the library: add, change, publish a new version, withdraw and bring back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import audit, files
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.library import policies
from toetssteen.library.choices import LANGUAGES, MOST_COPIES, OWN_KINDS, For
from toetssteen.library.models import Copy, Item, ItemVersion
from toetssteen.library.permissions import can_keep_item, can_restore_item


@dataclass(frozen=True)
class ItemText:
    """What an item is, where it helps and whom it is for."""

    kind: str
    title_nl: str
    title_en: str
    audience: tuple[str, ...]
    summary_nl: str = ""
    summary_en: str = ""
    steps: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class CopyIn:
    """One text of a version: a file or an address, with its languages."""

    languages: tuple[str, ...]
    url: str = ""
    upload: UploadedFile[Any] | None = None


@dataclass(frozen=True)
class VersionText:
    """What a version holds and what changed."""

    dated_on: dt.date
    copies: tuple[CopyIn, ...]
    note_nl: str = ""
    note_en: str = ""


def add_item(*, actor: Actor, about: ItemText, version: VersionText, now: dt.datetime) -> Item:
    """Add an item with its first version; who it is for finds it at once."""
    demand(can_keep_item(actor))
    _check(about)
    kept: list[Copy] = []
    try:
        with transaction.atomic():
            item = Item(made_by_id=actor.person_id or 0, made_at=now)
            _describe(item, about)
            item.save()
            audit.record(actor=actor, verb="library.add_item", subject=item, at=now, audience=sorted(about.audience))
            _publish(actor, item, version, 1, now, kept)
    except BaseException:
        _forget(kept)
        raise
    return item


@transaction.atomic
def edit_item(*, actor: Actor, item_id: int, about: ItemText, row_version: int, now: dt.datetime) -> Item:
    """Change what is said about an item and whom it is for; its versions stay as they are."""
    item = Item.objects.select_for_update().get(pk=item_id)
    demand(can_keep_item(actor, item))
    _check(about)
    if item.row_version != row_version:
        raise StaleRow(item)
    before = item.audience
    _describe(item, about)
    item.row_version += 1
    item.save()
    audit.record(
        actor=actor, verb="library.edit_item", subject=item, at=now, before=sorted(before), after=sorted(item.audience)
    )
    return item


def add_version(*, actor: Actor, item_id: int, version: VersionText, now: dt.datetime) -> ItemVersion:
    """Publish a new version; the ones before it stay readable."""
    kept: list[Copy] = []
    try:
        with transaction.atomic():
            item = Item.objects.select_for_update().get(pk=item_id)
            demand(can_keep_item(actor, item))
            if not (version.note_nl.strip() and version.note_en.strip()):
                raise ValidationError(_("Say what changed, in Dutch and in English."))
            last = item.versions.order_by("-number").values_list("number", flat=True).first() or 0
            return _publish(actor, item, version, last + 1, now, kept)
    except BaseException:
        _forget(kept)
        raise


@transaction.atomic
def withdraw_item(*, actor: Actor, item_id: int, reason: str, now: dt.datetime) -> Item:
    """Take an item with all its versions away from everybody's eyes, with a reason."""
    item = Item.objects.select_for_update().get(pk=item_id)
    demand(can_keep_item(actor, item))
    _withdraw(actor, item, reason, now)
    item.row_version += 1
    item.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason", "row_version"])
    audit.record(actor=actor, verb="library.withdraw_item", subject=item, at=now)
    return item


@transaction.atomic
def restore_item(*, actor: Actor, item_id: int, now: dt.datetime) -> Item:
    """Bring a withdrawn item back."""
    item = Item.objects.select_for_update().get(pk=item_id)
    demand(can_restore_item(actor, item))
    item.withdrawn_by, item.withdrawn_at, item.withdrawn_reason = None, None, ""
    item.row_version += 1
    item.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason", "row_version"])
    audit.record(actor=actor, verb="library.restore_item", subject=item, at=now)
    return item


@transaction.atomic
def withdraw_version(*, actor: Actor, version_id: int, reason: str, now: dt.datetime) -> ItemVersion:
    """Take one version away, for example because the wrong file was chosen; the others stay."""
    version = ItemVersion.objects.select_for_update(of=("self",)).select_related("item").get(pk=version_id)
    demand(can_keep_item(actor, version.item))
    demand(policies.is_in_use(version))
    _withdraw(actor, version, reason, now)
    version.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    audit.record(actor=actor, verb="library.withdraw_version", subject=version, at=now)
    return version


@transaction.atomic
def restore_version(*, actor: Actor, version_id: int, now: dt.datetime) -> ItemVersion:
    """Bring one version back."""
    version = ItemVersion.objects.select_for_update(of=("self",)).select_related("item").get(pk=version_id)
    demand(can_keep_item(actor, version.item))
    demand(policies.is_withdrawn(version))
    version.withdrawn_by, version.withdrawn_at, version.withdrawn_reason = None, None, ""
    version.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    audit.record(actor=actor, verb="library.restore_version", subject=version, at=now)
    return version


def _withdraw(actor: Actor, thing: Item | ItemVersion, reason: str, now: dt.datetime) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn.")})
    thing.withdrawn_by_id, thing.withdrawn_at, thing.withdrawn_reason = actor.person_id, now, reason.strip()[:300]


def _check(about: ItemText) -> None:
    """Refuse what the form would refuse too."""
    if about.kind not in OWN_KINDS:
        raise ValidationError({"kind": _("Choose what it is.")})
    if not about.title_nl.strip() or not about.title_en.strip():
        raise ValidationError(_("Give it a title in Dutch and in English."))
    if not about.audience or set(about.audience) - set(For.values):
        raise ValidationError({"audience": _("Choose whom it is for.")})


def _describe(item: Item, about: ItemText) -> None:
    item.kind = about.kind
    for name in ("title_nl", "title_en", "summary_nl", "summary_en"):
        setattr(item, name, getattr(about, name).strip())
    for name in ("steps", "themes", "countries", "materials", "tags"):
        setattr(item, name, list(getattr(about, name)))
    for one in For.values:
        setattr(item, f"for_{one}", one in about.audience)


def _publish(
    actor: Actor, item: Item, version: VersionText, number: int, now: dt.datetime, kept: list[Copy]
) -> ItemVersion:
    """Store a version with its texts; what was written to disk is noted in `kept`."""
    if not 1 <= len(version.copies) <= MOST_COPIES:
        raise ValidationError(_("Choose a file or give a web address."))
    row = ItemVersion.objects.create(
        item=item,
        number=number,
        dated_on=version.dated_on,
        note_nl=version.note_nl.strip()[:300],
        note_en=version.note_en.strip()[:300],
        published_by_id=actor.person_id or 0,
        published_at=now,
    )
    for one in version.copies:
        _keep(row, one, kept)
    digests = [copy.sha256 for copy in kept]
    audit.record(actor=actor, verb="library.add_version", subject=row, at=now, number=number, sha256=digests)
    return row


def _keep(version: ItemVersion, given: CopyIn, kept: list[Copy]) -> None:
    """Store one text, after a look at what is in its file."""
    if not given.languages or set(given.languages) - set(LANGUAGES):
        raise ValidationError(_("Choose the language of each text."))
    if bool(given.url) == bool(given.upload):
        raise ValidationError(_("Choose a file or give a web address, not both."))
    if given.url and not given.url.startswith(("https://", "http://")):
        raise ValidationError(_("Give a web address that begins with https://."))
    copy = Copy(version=version, languages=list(given.languages), url=given.url)
    if given.upload is not None:
        try:
            kind = files.type_of(given.upload, given.upload.size or 0, settings.EVIDENCE_MAX_BYTES)  # type: ignore[arg-type]
        except files.FileRefused as refused:
            raise ValidationError(refused.sentence, code=refused.code) from refused
        copy.file_name = files.clean_name(given.upload.name or "", kind)
        copy.content_type, copy.size = kind.content_type, given.upload.size or 0
        copy.sha256 = files.digest_of(given.upload)
        given.upload.seek(0)
        copy.file.save("new", given.upload, save=False)  # the model gives it a random name
        kept.append(copy)
    copy.save()


def _forget(kept: list[Copy]) -> None:
    """Take files away again when their rows were not stored after all."""
    for copy in kept:
        copy.file.delete(save=False)
