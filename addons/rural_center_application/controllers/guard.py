"""What keeps the public form from being abused, without asking anybody to read twisted letters."""

import time
from pathlib import PurePath

from odoo.http import request
from odoo.tools import hash_sign, verify_hash_signed

from odoo.addons.rural_base import china_time

SCOPE = "rural-center-application-form"
#: A field that people do not see; programs fill it in.
HONEYPOT = "homepage"
HOURS_VALID = 24
#: Four materials with some files each; one file's own limit is a dated parameter.
MAX_CONTENT_LENGTH = 96 * 1024 * 1024


def opened() -> str:
    """Return a signed note of when the form was opened."""
    return hash_sign(request.env(su=True), SCOPE, int(time.time()), expiration_hours=HOURS_VALID)


def refusal(post: dict, *senders: str) -> tuple[str | None, int]:
    """Say why a sending of the form is not taken, and the HTTP status; (None, 200) when it is.

    Every sending counts, the refused ones too.
    """
    env = request.env
    earlier = env["rural.application.attempt"]._count_and_note(request.httprequest.remote_addr, *senders)
    if earlier >= _parameter("application_form_per_hour"):
        return env._("Too many attempts. Please try again in an hour, or write an e-mail."), 429
    if post.get(HONEYPOT):
        return env._("The form was filled in by a program. Please send it again without the hidden field."), 400
    if not _took_its_time(post.get("opened") or ""):
        return env._("The form was sent too fast or was open for too long. Please check it and send it again."), 400
    return None, 200


def files_of(kinds) -> dict[str, list[tuple[str, bytes]]]:
    """Return name and content of the uploaded files, by code of the kind of document."""
    uploaded = request.httprequest.files
    by_kind = {}
    for kind in kinds:
        files = [file for file in uploaded.getlist(f"file_{kind.code}") if file.filename]
        by_kind[kind.code] = [(PurePath(file.filename.replace("\\", "/")).name[-200:], file.read()) for file in files]
    return by_kind


def _took_its_time(note: str) -> bool:
    try:
        moment = verify_hash_signed(request.env(su=True), SCOPE, note)
    except (ValueError, UnicodeDecodeError):
        return False
    return bool(moment) and time.time() - moment >= _parameter("application_form_seconds")


def _parameter(code: str) -> float:
    today = china_time.today()
    return request.env["rural.parameter"].sudo()._value_on(code, today).value
