import hashlib
import json
import math
import re
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

from ...photos import keep_photos
from ..rural_station_check_answer import ANSWERS

#: A number as telephones make it.
TELEPHONE_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{5,31}")
LONGEST_NOTE = 500
MOST_PHOTOS = 60


class RuralStationInspection(models.Model):
    """What the telephone of an area partner sends, and what becomes of the problems it names (ST-06)."""

    _inherit = "rural.station.inspection"

    @api.model
    def _record(self, station, vals):
        """Keep what a telephone sends; see `rural.station._record_inspection`, which checks who calls (ST-06).

        Keys of `vals`: `number` (made on the telephone), `inspected_at` and `position_at` (ISO 8601, UTC),
        `longitude`, `latitude`, `accuracy` (metres), `answers` (dicts of `item`, `answer`, `note`, `photos`),
        `problems` (dicts of `problem`, `result` in_order or not_yet, `note`, `photos`), `remark`, `photos`.
        Photos are pairs of name and content.
        """
        now = fields.Datetime.now()
        self._lock_inspections(station.company_id)
        given = self._given_by_telephone(station, vals, now)
        known = self._known_visit(station, given)
        if known:
            return {"inspection": known, "outcome": "duplicate", "refused": []}
        inspection = self.sudo().create(
            {
                **given,
                "company_id": station.company_id.id,
                "uploaded_at": now,
                "user_id": self.env.uid,
            }
        )
        refused = inspection._keep_answers(vals)
        inspection._judge()
        refused += inspection.sudo(False)._keep_problems_of(vals)
        return {"inspection": inspection, "outcome": "new", "refused": refused}

    @api.model
    def _given_by_telephone(self, station, vals, now) -> dict:
        """Return the values of an inspection that a telephone gives.

        :raises UserError: naming the one that cannot be right
        """
        number = self.env["rural.station.inspection"]._fields["number"].convert_to_cache(vals.get("number"), self)
        if not TELEPHONE_NUMBER.fullmatch(number or ""):
            raise UserError(self.env._("The inspection has no number. Open the page again and begin a new one."))
        inspected_at = self._moment(vals.get("inspected_at"))
        if not inspected_at:
            raise UserError(self.env._("Inspection %s does not say when it was made.", number))
        if inspected_at > now:
            raise UserError(
                self.env._(
                    "Inspection %(number)s was made at %(time)s, which is still to come; now it is %(now)s. Set the "
                    "clock of the telephone right and send it again later.",
                    number=number,
                    time=self._china_time(inspected_at),
                    now=self._china_time(now),
                )
            )
        answered = self._answers_of(vals, inspected_at)
        if len(self._photos_of(vals)) > MOST_PHOTOS:
            raise UserError(self.env._("Send %s photos at most with an inspection.", MOST_PHOTOS))
        given = {
            "number": number,
            "station_id": station.id,
            "inspected_at": inspected_at,
            "inspector": self.env.user.partner_id.name,
            **self._position_of(vals, number),
            "ledger_checked": self._is_answered(answered, "ledger"),
            "archive_checked": self._is_answered(answered, "archive"),
            "problems": "；".join(note or item.name for item, answer, note, _photos in answered if answer == "problem"),
        }
        remark = self._note(vals.get("remark"))
        if remark:
            given["problems"] = "；".join(filter(None, (given["problems"], remark)))
        given["content_hash"] = self._hash_of(given, answered, vals)
        return given

    @api.model
    def _moment(self, text):
        """Return a moment that a telephone gives in ISO 8601 as UTC to the second, None for what is none."""
        try:
            moment = datetime.fromisoformat(str(text or "").replace("Z", "+00:00"))
            moment = moment.astimezone(china_time.UTC) if moment.tzinfo else moment
            return moment.replace(microsecond=0, tzinfo=None) if moment.year >= 2000 else None
        except (OverflowError, ValueError):
            return None

    @api.model
    def _position_of(self, vals, number) -> dict:
        """Return where the inspector stood, as far as the telephone knows it.

        :raises UserError: for what is no place in China
        """
        try:
            longitude, latitude, accuracy = (
                float(vals.get(name) or 0) for name in ("longitude", "latitude", "accuracy")
            )
            is_place = self.env["rural.station"]._is_in_china(longitude, latitude)
            accuracy = min(max(round(accuracy), 0), 10**6) if math.isfinite(accuracy) else 0
        except (TypeError, ValueError):
            is_place = False
        if not is_place:
            raise UserError(self.env._("The position of inspection %s is no place in China. Take it again.", number))
        return {
            "longitude": longitude,
            "latitude": latitude,
            "accuracy": accuracy,
            "position_at": self._moment(vals.get("position_at")),
        }

    @api.model
    def _note(self, text) -> str:
        return " ".join(str(text or "").split())[:LONGEST_NOTE]

    @api.model
    def _answers_of(self, vals, inspected_at) -> list[tuple]:
        """Return item, answer, note and photos for each item of the checklist of the day.

        :raises UserError: for an answer that is none
        """
        items = self.env["rural.station.check.item"]._checklist_on(china_time.to_china(inspected_at).date())
        given = {str(answer.get("item")): answer for answer in vals.get("answers") or ()}
        answered = []
        for item in items:
            answer = given.get(str(item.id), {})
            word = answer.get("answer") or "not_checked"
            if word not in dict(ANSWERS):
                raise UserError(self.env._("“%(answer)s” is no answer to “%(item)s”.", answer=word, item=item.name))
            answered.append((item, word, self._note(answer.get("note")), answer.get("photos") or ()))
        return answered

    @api.model
    def _is_answered(self, answered, subject) -> bool:
        answers = [answer for item, answer, _note, _photos in answered if item.subject == subject]
        return bool(answers) and "not_checked" not in answers

    @api.model
    def _photos_of(self, vals) -> list:
        parts = [vals, *(vals.get("answers") or ()), *(vals.get("problems") or ())]
        return [photo for part in parts for photo in part.get("photos") or ()]

    @api.model
    def _hash_of(self, given, answered, vals) -> str:
        """Return what tells one content from another, photos but by their number."""
        content = {
            **{name: str(value) for name, value in given.items()},
            "answers": [(item.id, answer, note, len(photos)) for item, answer, note, photos in answered],
            "known": [
                [str(known.get(name) or "") for name in ("problem", "result", "note")]
                for known in vals.get("problems") or ()
            ],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @api.model
    def _known_visit(self, station, given):
        """Return the inspection that is there already: of the number, or of the same visit by another telephone.

        :raises UserError: when the number has another content
        """
        inspections = self.sudo()
        known = inspections.search([("company_id", "=", station.company_id.id), ("number", "=", given["number"])])
        if known and (known.content_hash != given["content_hash"] or known.user_id != self.env.user):
            raise UserError(
                self.env._("There is an inspection %s with another content already. Begin a new one.", given["number"])
            )
        return known or inspections.search(
            [(name, "=", given[name]) for name in ("station_id", "inspector", "inspected_at")], limit=1
        )

    def _keep_answers(self, vals) -> list[str]:
        """Keep the answers to the checklist, each with its photos; return what is refused of these."""
        self.ensure_one()
        answered = self._answers_of(vals, self.inspected_at)
        answers = self.env["rural.station.check.answer"].create(
            [
                {"inspection_id": self.id, "item_id": item.id, "answer": answer, "note": note}
                for item, answer, note, _photos in answered
            ]
        )
        refused = keep_photos(self, vals.get("photos") or ())
        for answer, (_item, _word, _note, photos) in zip(answers, answered, strict=True):
            refused += keep_photos(answer, photos)
        return refused

    def _keep_problems_of(self, vals) -> list[str]:
        """Make tasks of the problems that were found, and take what was found about those known before.

        :return: sentences about what was not taken
        """
        self.ensure_one()
        refused = []
        found = [
            (answer.note or answer.item_id.name, answer.item_id)
            for answer in self.sudo().answer_ids
            if answer.answer == "problem"
        ]
        remark = self._note(vals.get("remark"))
        self._note_problems(found + ([(remark, self.env["rural.station.check.item"])] if remark else []))
        for known in vals.get("problems") or ():
            problem = self.sudo().station_id.problem_ids.filtered(
                lambda each, known=known: str(each.id) == str(known.get("problem")) and each.state != "closed"
            )
            if problem and known.get("result") == "put_right":
                refused += self._put_right_at_place(problem.sudo(False), known)
            elif problem:
                refused += keep_photos(problem, known.get("photos") or ())
                problem.sudo(False)._answer_at(self, known.get("result"), self._note(known.get("note")))
        return refused

    def _put_right_at_place(self, problem, known) -> list[str]:
        """Take that the inspector has put a problem right; return sentences about what was not taken."""
        try:
            with self.env.cr.savepoint():
                return problem._put_right_as_partner(known.get("note"), known.get("photos") or ())
        except UserError as error:
            return [str(error.args[0])]

    def _note_problems(self, found):
        """Make tasks of problems; one that is there already and not checked is not made again.

        :param found: pairs of text and item of the checklist
        """
        self.ensure_one()
        problems = self.env["rural.station.problem"].sudo()
        day = china_time.to_china(self.inspected_at).date()
        for text, item in found:
            same = problems.search(
                [("station_id", "=", self.station_id.id), ("name", "=", text), ("state", "!=", "closed")], limit=1
            )
            if same:
                same.sudo(False)._answer_at(self, "not_yet", "")
                continue
            problems.create(
                {
                    "name": text,
                    "station_id": self.station_id.id,
                    "item_id": item.id,
                    "inspection_id": self.id,
                    "found_on": day,
                    "due_on": problems._due_after(day, self.company_id),
                }
            )

    def _note_loaded_problems(self):
        """Make tasks of the problems of inspections that a file gave."""
        for inspection in self.sudo().sorted("inspected_at"):
            text = self._note(inspection.problems)
            if text:
                inspection._note_problems([(text, self.env["rural.station.check.item"])])
