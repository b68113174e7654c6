"""The database itself refuses changes to rows that are written once."""

from django.db import migrations

from toetssteen.foundation.immutable import forbid_change


class Migration(migrations.Migration):
    dependencies = [("communication", "0001_initial")]
    operations = [
        migrations.RunPython(*forbid_change("communication_edition")),
        migrations.RunPython(*forbid_change("communication_editionwithdrawal")),
    ]
