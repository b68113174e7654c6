"""A stored order becomes moves that give the same order; a reason for lifting a risk goes with all of its lift.

Who still has to look at a changed risk is marked, and a source without a date no longer says that its date is None.
"""

from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def orders(apps, schema_editor):
    Chosen, Move, Risk = (apps.get_model("risks", name) for name in ("ChosenOrder", "Move", "Risk"))
    for row in Chosen.objects.order_by("pk"):
        known = set(Risk.objects.filter(organisation_id=row.organisation_id, year_number=row.year_number).values_list(
            "pk", flat=True
        ))  # fmt: skip
        order = [pk for pk in row.order if pk in known]
        about = {"organisation_id": row.organisation_id, "year_number": row.year_number}
        given = list(Move.objects.filter(**about, undone_at=None).order_by("pk"))
        exact = {(m.risk_id, m.passed_id) if m.up else (m.passed_id, m.risk_id) for m in given}
        for upper, lower in reversed(list(zip(order, order[1:], strict=False))):
            if (upper, lower) in exact:
                continue
            about_it = [m for m in given if m.risk_id == (upper if m.up else lower)]
            last = about_it[-1] if about_it else None
            Move.objects.create(
                **about, risk_id=upper, passed_id=lower, up=True, reason=last.reason if last else "",
                moved_by_id=last.moved_by_id if last else None, moved_at=last.moved_at if last else timezone.now(),
            )  # fmt: skip


def announced(apps, schema_editor):
    changed = Q(carried_as="changed", row_version__lte=1)
    apps.get_model("risks", "Risk").objects.filter(changed).update(look_again=True)


def undated(apps, schema_editor):
    Source = apps.get_model("risks", "RiskSource")
    for row in Source.objects.filter(text__endswith=" (None)"):
        Source.objects.filter(pk=row.pk).update(text=row.text.removesuffix(" (None)"))


class Migration(migrations.Migration):
    dependencies = [("risks", "0006_order_from_moves")]
    operations = [
        migrations.RunPython(orders, migrations.RunPython.noop),
        migrations.RunPython(announced, migrations.RunPython.noop),
        migrations.RunPython(undated, migrations.RunPython.noop),
    ]
