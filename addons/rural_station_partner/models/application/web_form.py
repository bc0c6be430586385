import re

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.codes import clean_code, half_width

from ...rules import is_identity_number
from .application import BEFORE_AGREEMENT, OPEN_STATES

PHONE = re.compile(r"^\+?[\d\s()-]{7,20}$")
NUMBER = re.compile(r"\d{17}[\dXx]")
REQUIRED = ("applicant", "phone", "id_number", "township", "consent")
TEXTS = ("applicant", "phone", "id_number", "email", "township", "village", "address", "experience")
LONGEST, LONGEST_EXPERIENCE = 100, 2000
MOST_FILES = 6
LARGEST_PLACE = 100_000


class RuralStationApplication(models.Model):
    """Applications by the public form: nothing that a visitor sends is believed (ST-02)."""

    _inherit = "rural.station.application"

    @api.model
    def _apply_on_web(self, values, files):
        """Make an application from the public form.

        Whoever is on the blacklist gets an application that is refused, and reads no more of it than others do.

        :param dict values: what was typed, by field; `region` is a record
        :param list files: (name, content) of photos and papers
        :return: the application and no problem, or none and sentences by field (`general`, `files` …)
        """
        problems = self._problems_of_form(values) | self._problems_of_files(files)
        if not problems and self._has_applied(values["id_number"]):
            problems = self._applied_already()
        if problems:
            return self.browse(), problems
        try:
            with self.env.cr.savepoint():
                application = self.sudo().create(self._prepare_web_vals(values))
                application._add_web_files(files)
                application.flush_recordset()
        except psycopg2.errors.UniqueViolation:
            # Two forms at once: the other one was the first.
            return self.browse(), self._applied_already()
        except (UserError, ValidationError) as refusal:
            return self.browse(), {"general": str(refusal)}
        if application.state == "applied":
            application._send_letter("received")
        return application, {}

    def _get_page_address(self) -> str:
        """Return the address of the page on which the application is followed."""
        return f"{self.access_url}?access_token={self.sudo().access_token}"

    @api.model
    def _has_applied(self, number) -> bool:
        twins = [
            ("company_id", "=", self.env.company.id),
            ("id_hash", "=", self._hash(number)),
            ("state", "in", OPEN_STATES),
        ]
        return bool(self.sudo().search_count(twins, limit=1))

    @api.model
    def _applied_already(self) -> dict[str, str]:
        return {
            "general": self.env._(
                "You have applied already, and that application is still open. Follow it on its page, or call us."
            )
        }

    def _supply_on_web(self, files):
        """Add photos and papers that the applicant supplies later; return refusals."""
        self._check_state(*BEFORE_AGREEMENT)
        if problems := self._problems_of_files(files):
            return list(problems.values())
        self._add_web_files(files)
        return []

    def _begin_test_on_web(self):
        """Return the address of the written test for the applicant, and no refusal, or none and why not now."""
        self._check_state("written")
        examination = self._running_examination()
        if not examination or examination._close_overdue():
            if self.state != "written":
                return self._get_page_address(), None
            if refusal := self._refusal_of_try():
                return None, refusal
            examination = self._begin_examination()
        return examination.sudo().answer_id.get_start_url(), None

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    @api.model
    def _prepare_web_vals(self, values):
        return {
            **{name: values.get(name) or False for name in TEXTS},
            "phone": half_width(values["phone"]).strip(),
            "place_size": int(values.get("place_size") or 0),
            "has_computer": bool(values.get("has_computer")),
            "region_id": values["region"].id if values.get("region") else False,
            "channel": "web",
            "company_id": self.env.company.id,
            "responsible_id": False,
        }

    def _add_web_files(self, files):
        attachments = self.env["ir.attachment"].create(
            [
                {"name": name, "raw": content, "res_model": self._name, "res_id": self.id}
                for name, content in files[:MOST_FILES]
            ]
        )
        self.attachment_ids += attachments

    # ------------------------------------------------------------------
    # What is wrong
    # ------------------------------------------------------------------

    @api.model
    def _problems_of_form(self, values):
        problems = {name: self.env._("Please fill this in.") for name in REQUIRED if not values.get(name)}
        for name in TEXTS:
            if len(values.get(name) or "") > (LONGEST_EXPERIENCE if name == "experience" else LONGEST):
                problems[name] = self.env._("This is too long.")
        numbers = NUMBER.findall(self._free_text(values))
        if any(is_identity_number(number.upper(), china_time.today()) for number in numbers):
            problems["experience"] = self.env._(
                "Leave the identity number out here: it is asked for above, and not kept."
            )
        wrong = {
            "phone": not PHONE.match(half_width(values.get("phone") or "")),
            "id_number": not is_identity_number(clean_code(values.get("id_number") or ""), china_time.today()),
            "email": values.get("email") and not email_normalize(values["email"]),
            "place_size": values.get("place_size") and not self._is_size(values["place_size"]),
        }
        sentences = {
            "phone": self.env._("This is not a telephone number."),
            "id_number": self.env._("This is not an identity number: compare its 18 characters with the card."),
            "email": self.env._("This is not an e-mail address."),
            "place_size": self.env._("Give the size in whole square metres."),
        }
        problems = {name: sentences[name] for name, is_wrong in wrong.items() if is_wrong} | problems
        if self._web_regions() and not values.get("region"):
            problems["region"] = self.env._("Choose the county.")
        return problems

    @api.model
    def _problems_of_files(self, files):
        if len(files) > MOST_FILES:
            return {"files": self.env._("%s files at most.", MOST_FILES)}
        document = self.env["rural.document.mixin"]
        refusals = [document._refusal_of_file(name, content) for name, content in files]
        refusals = [refusal for refusal in refusals if refusal]
        return {"files": "\n".join(refusals)} if refusals else {}

    @api.model
    def _free_text(self, values) -> str:
        return half_width(" ".join(values.get(name) or "" for name in ("experience", "address", "village")))

    @api.model
    def _is_size(self, text) -> bool:
        return text.isascii() and text.isdecimal() and int(text) <= LARGEST_PLACE

    @api.model
    def _web_regions(self):
        """Return the counties in which one may apply: those with stations."""
        groups = self.env["rural.station"].sudo()._read_group([("company_id", "=", self.env.company.id)], ["region_id"])
        return self.env["rural.region"].sudo().union(*(region for (region,) in groups)).sorted("code")
