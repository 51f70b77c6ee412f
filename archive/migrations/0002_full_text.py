"""The full-text index, in each database's own way; see `archive.catalogue.search`."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE archive_words_fts USING fts5(
        words, content='archive_searchwords', content_rowid='photo_id',
        tokenize="unicode61 remove_diacritics 0", prefix='2 3 4')""",
    """CREATE TRIGGER archive_words_added AFTER INSERT ON archive_searchwords BEGIN
        INSERT INTO archive_words_fts(rowid, words) VALUES (new.photo_id, new.words); END""",
    """CREATE TRIGGER archive_words_gone AFTER DELETE ON archive_searchwords BEGIN
        INSERT INTO archive_words_fts(archive_words_fts, rowid, words)
        VALUES ('delete', old.photo_id, old.words); END""",
    """CREATE TRIGGER archive_words_changed AFTER UPDATE ON archive_searchwords BEGIN
        INSERT INTO archive_words_fts(archive_words_fts, rowid, words)
        VALUES ('delete', old.photo_id, old.words);
        INSERT INTO archive_words_fts(rowid, words) VALUES (new.photo_id, new.words); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER archive_words_changed",
    "DROP TRIGGER archive_words_gone",
    "DROP TRIGGER archive_words_added",
    "DROP TABLE archive_words_fts",
]
POSTGRESQL = [
    """ALTER TABLE archive_searchwords ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED""",
    "CREATE INDEX archive_words_gin ON archive_searchwords USING gin(vector)",
]
POSTGRESQL_BACK = [
    "DROP INDEX archive_words_gin",
    "ALTER TABLE archive_searchwords DROP COLUMN vector",
]


def _forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def _backwards(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [migrations.RunPython(_forwards, _backwards)]
