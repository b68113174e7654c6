"""The database itself refuses changes to readings: a correction is a new row."""

from django.db import migrations

from toetssteen.foundation.immutable import forbid_change


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]
    operations = [
        migrations.RunPython(*forbid_change("evaluation_reading")),
    ]
