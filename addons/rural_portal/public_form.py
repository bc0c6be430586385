"""What keeps public forms from being abused, without asking anybody to read twisted letters."""

import time
from pathlib import PurePath

from werkzeug.exceptions import NotFound

from odoo.http import request
from odoo.tools import consteq, hash_sign, verify_hash_signed

from odoo.addons.rural_base import china_time

#: A field that people do not see; programs fill it in.
HONEYPOT = "homepage"
HOURS_VALID = 24
LONGEST_FILE_NAME = 200


class PublicForm:
    """A form that anybody may send.

    :param str scope: what its signed notes are for; those of another form do not count
    :param str per_hour: code of the parameter with the number of sendings of one sender within an hour
    :param str seconds: code of the parameter with the seconds that a person needs at least
    """

    def __init__(self, scope: str, per_hour: str, seconds: str) -> None:
        self._scope, self._per_hour, self._seconds = scope, per_hour, seconds

    def opened(self) -> str:
        """Return a signed note of when the form was opened."""
        return hash_sign(request.env(su=True), self._scope, int(time.time()), expiration_hours=HOURS_VALID)

    def refusal(self, post: dict, *senders: str) -> tuple[str | None, int]:
        """Say why a sending of the form is not taken, and the HTTP status; (None, 200) when it is.

        Every sending counts, the refused ones too.
        """
        env = request.env
        earlier = env["rural.application.attempt"]._count_and_note(request.httprequest.remote_addr, *senders)
        if earlier >= _parameter(self._per_hour):
            return env._("Too many attempts. Please try again in an hour."), 429
        if post.get(HONEYPOT):
            return env._("The form was filled in by a program. Please send it again without the hidden field."), 400
        if not self._took_its_time(post.get("opened") or ""):
            return env._("The form was sent too fast or was open for too long. Please check it and send it again."), 400
        return None, 200

    def _took_its_time(self, note: str) -> bool:
        try:
            moment = verify_hash_signed(request.env(su=True), self._scope, note)
        except (ValueError, UnicodeDecodeError):
            return False
        return bool(moment) and time.time() - moment >= _parameter(self._seconds)


def uploaded(field: str) -> list[tuple[str, bytes]]:
    """Return name and content of the files that were chosen in a field."""
    files = [file for file in request.httprequest.files.getlist(field) if file.filename]
    return [(PurePath(file.filename.replace("\\", "/")).name[-LONGEST_FILE_NAME:], file.read()) for file in files]


def found_by_token(model: str, number: int, access_token: str):
    """Return a record for whoever has its token, with the rights of the system.

    :raises NotFound: for any other number or token
    """
    record = request.env[model].sudo().browse(number).exists()
    token = record.access_token
    if not token or not access_token or not consteq(token, access_token):
        raise NotFound()
    return record


def show_by_token(template: str, values: dict, status: int = 200):
    """Return a page whose address holds a token: nobody keeps it, and no other page learns of it."""
    response = request.render(template, values)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _parameter(code: str) -> float:
    return request.env["rural.parameter"].sudo()._value_on(code, china_time.today()).value
