from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_SCRIPTS = "js/*.js"


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, compressed; imports between our own modules follow the hashes.

    Django rewrites the imports of every `*.js` when asked to, and stops at the extensions django-htmx ships,
    whose imports do not resolve. So the same patterns are applied to our own folder alone.
    """

    support_js_module_import_aggregation = False
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (OWN_SCRIPTS, CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),  # noqa: SLF001 - Django names no public way to scope them
    )
