"""What SQLite's planner should assume of the index rows until somebody runs ANALYZE.

Without any statistics it takes every equality for rare, starts from the audience, and reads half the table
for a small area or for the first page of the list. The numbers are those of 100,000 photos in 20 collections;
for small archives any plan does. PostgreSQL gathers its own.
"""

from django.db import migrations

TYPICAL = (
    ("index_by_key", "200000 3"),
    ("index_for_cells", "200000 100000 3 2 2 2 2"),
    ("index_for_facets", "200000 100000 100000 5000 2500 1250 321 17 17 2 2"),
    ("index_by_date", "200000 3 3 2 1 1 1"),
    ("index_by_arrival", "200000 20000 2 1 1 1"),
    ("index_by_collection", "200000 10000"),
    ("index_by_radius", "200000 20000"),
    ("index_of_rival_places", "200 100"),
    ("one_row_per_photo_audience_part", "200000 2 1 1"),
)


def _forwards(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("ANALYZE archive_indexrow")
    schema_editor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'archive_indexrow'")
    for index, numbers in TYPICAL:
        schema_editor.execute(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('archive_indexrow', %s, %s)", (index, numbers)
        )


def _backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'archive_indexrow'")


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_full_text")]

    operations = [migrations.RunPython(_forwards, _backwards)]
