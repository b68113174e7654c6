"""The moves tell the order now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("risks", "0007_orders_as_moves")]
    operations = [migrations.DeleteModel("ChosenOrder")]
