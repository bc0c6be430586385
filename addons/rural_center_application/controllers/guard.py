"""The public form of applicants, and the files that come with it."""

from odoo.addons.rural_portal.public_form import PublicForm, uploaded

#: Four materials with some files each; one file's own limit is a dated parameter.
MAX_CONTENT_LENGTH = 96 * 1024 * 1024
FORM = PublicForm(
    "rural-center-application-form", per_hour="application_form_per_hour", seconds="application_form_seconds"
)


def files_of(kinds) -> dict[str, list[tuple[str, bytes]]]:
    """Return name and content of the uploaded files, by code of the kind of document."""
    return {kind.code: uploaded(f"file_{kind.code}") for kind in kinds}
