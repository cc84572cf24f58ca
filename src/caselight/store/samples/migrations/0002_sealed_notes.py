"""Notes on removed cases are words about a child, and are sealed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("samples", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="sampledcase",
            name="key_id",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="sampledcase",
            name="sealed_note",
            field=models.BinaryField(default=b""),
        ),
    ]
