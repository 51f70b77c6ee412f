"""One question for rights, asked as two fields: choose a known statement, or write your own address."""

from __future__ import annotations

from django import forms

from archive.pages.wording import rights

_STATEMENT_CODES = "InC InC-EDU InC-NC InC-OW-EU InC-RUU NoC-CR NoC-NC NoC-OKLR NoC-US CNE UND NKC"
STATEMENTS = [f"http://rightsstatements.org/vocab/{code}/1.0/" for code in _STATEMENT_CODES.split()]
"""rightsstatements.org, version 1.0, all twelve, by the identifiers it publishes."""

LICENCES = {
    f"https://creativecommons.org/{path}/": conditions
    for path, conditions in (
        ("publicdomain/zero/1.0", ""),
        ("publicdomain/mark/1.0", ""),
        ("licenses/by/4.0", "credit"),
        ("licenses/by-sa/4.0", "credit, share alike"),
        ("licenses/by-nc/4.0", "credit, non-commercial"),
        ("licenses/by-nc-sa/4.0", "credit, non-commercial, share alike"),
        ("licenses/by-nd/4.0", "credit, no changes"),
        ("licenses/by-nc-nd/4.0", "credit, non-commercial, no changes"),
    )
}

OWN = "own"
OWN_LABEL = "Another address, written below"
LONGEST = 300


def rights_choice(nothing: str) -> forms.ChoiceField:
    """`nothing` says what the empty choice means."""
    return forms.ChoiceField(
        label="Rights",
        required=False,
        choices=[
            ("", nothing),
            ("Rights statements", [(uri, rights.name(uri)) for uri in STATEMENTS]),
            ("Licences", [(uri, _licence_label(uri)) for uri in LICENCES]),
            (OWN, OWN_LABEL),
        ],
    )


def _licence_label(uri: str) -> str:
    return f"{rights.name(uri)}: {LICENCES[uri]}" if LICENCES[uri] else rights.name(uri)


def own_rights() -> forms.URLField:
    return forms.URLField(
        label="Address of another statement or licence",
        required=False,
        max_length=LONGEST,
        assume_scheme="https",
        help_text="Begins with https://",
    )


def initial_rights(uri: str) -> dict[str, str]:
    known = uri == "" or uri in STATEMENTS or uri in LICENCES
    return {"rights": uri if known else OWN, "rights_own": "" if known else uri}


def chosen_rights(form: forms.Form) -> str:
    """Return the address that was chosen or written; adds an error when "another" came without one."""
    chosen = str(form.cleaned_data.get("rights", ""))
    if chosen != OWN:
        return chosen
    written = str(form.cleaned_data.get("rights_own", ""))
    if not written and "rights_own" not in form.errors:
        form.add_error("rights_own", "Write the address, or choose a statement from the list above.")
    return written
