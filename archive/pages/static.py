from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, compressed; imports between our own modules follow the hashes."""

    # Scoped to our own folder: django-htmx ships extensions whose imports do not resolve.
    support_js_module_import_aggregation = False
