import re
from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.rural_base import china_time

from ...rules import clean_credit_code, is_credit_code

PHONE = re.compile(r"^\+?[\d\s()-]{7,20}$")
REQUIRED = ("applicant_name", "credit_code", "legal_representative", "contact_name", "phone", "email")
TEXTS = (*REQUIRED, "enterprise_type", "address", "introduction")
LONGEST, LONGEST_INTRODUCTION = 200, 5000
MOST_FILES = 5


class RuralCenterApplication(models.Model):
    """Applications by the public form: nothing that a visitor sends is believed (SC-02)."""

    _inherit = "rural.center.application"

    @api.model
    def _apply_on_web(self, values, files):
        """Make and submit an application from the public form.

        :param dict values: what was typed, by field; documents' answers by `<code>_number`, `_until`, `_long_term`
        :param dict files: (name, content) of the files, by code of the kind of document
        :return: the application and no problem, or none and sentences by field (`general`, `documents` …)
        """
        problems = self._problems_of_form(values, files)
        if problems:
            return self.browse(), problems
        try:
            with self.env.cr.savepoint():
                application = self.sudo().create(self._prepare_web_vals(values))
                refusals = application._add_web_documents(values, files)
                if refusals:
                    raise UserError("\n".join(refusals))
                application._submit()
        except UserError as refusal:
            return self.browse(), {"general": str(refusal)}
        return application, {}

    def _supply_on_web(self, values, files):
        """Add files that the applicant supplies later, and submit once nothing is missing; return refusals."""
        self._check_state("draft")
        refusals = self._add_web_documents(values, files)
        if not refusals and not self._missing() and not self._twin():
            self._submit()
        elif not self._missing():
            self._ask_to_complete(self.env._("The applicant has supplied files: look at them"))
        return refusals

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    @api.model
    def _prepare_web_vals(self, values):
        texts = {name: values.get(name) or False for name in TEXTS}
        return {
            **texts,
            "channel": "web",
            "region_id": values["region"].id,
            "region_text": values["region"].display_name,
            "is_supplier": bool(values.get("is_supplier")),
            "company_id": self.env.company.id,
        }

    def _add_web_documents(self, values, files):
        kinds = self._materials()
        refusals = []
        for kind in kinds:
            answers = self._document_answers(kind, values)
            for name, content in files.get(kind.code, ())[:MOST_FILES]:
                refusals.append(self._add_document_file(kind, name, content, **answers))
        return [refusal for refusal in refusals if refusal]

    def _document_answers(self, kind, values):
        answers = {}
        number = (values.get(f"{kind.code}_number") or "").strip()[:LONGEST]
        if kind.needs_number and (number or kind.code == "business_licence"):
            answers["number"] = number or self.credit_code
        until = self._day(values.get(f"{kind.code}_until"))
        if kind.has_expiry and (until or values.get(f"{kind.code}_long_term")):
            answers |= {"valid_until": until, "is_long_term": not until}
        return answers

    # ------------------------------------------------------------------
    # What is wrong
    # ------------------------------------------------------------------

    @api.model
    def _problems_of_form(self, values, files):
        problems = self._problems_of_texts(values)
        if not values.get("region"):
            problems["region"] = self.env._("Choose the region down to the city or county.")
        for kind in self._materials():
            problem = self._problem_of_document(kind, values, files.get(kind.code, ()))
            if problem:
                problems[kind.code] = problem
        return problems

    @api.model
    def _problems_of_texts(self, values):
        problems = {name: self.env._("Please fill this in.") for name in REQUIRED if not values.get(name)}
        for name in TEXTS:
            if len(values.get(name) or "") > (LONGEST_INTRODUCTION if name == "introduction" else LONGEST):
                problems[name] = self.env._("This is too long.")
        wrong = {
            "credit_code": not is_credit_code(clean_credit_code(values.get("credit_code"))),
            "phone": not PHONE.match(values.get("phone") or ""),
            "email": not email_normalize(values.get("email") or ""),
            "enterprise_type": values.get("enterprise_type")
            and values["enterprise_type"] not in dict(self._fields["enterprise_type"].selection),
        }
        sentences = {
            "credit_code": self.env._("This is not a unified social credit code: compare its 18 characters."),
            "phone": self.env._("This is not a telephone number."),
            "email": self.env._("This is not an e-mail address."),
            "enterprise_type": self.env._("Choose from the list."),
        }
        return {name: sentences[name] for name, is_wrong in wrong.items() if is_wrong} | problems

    @api.model
    def _problem_of_document(self, kind, values, files):
        if not files:
            return self.env._("%s is missing.", kind.name)
        if len(files) > MOST_FILES:
            return self.env._("%(kind)s: %(count)s files at most.", kind=kind.name, count=MOST_FILES)
        refusals = [self.env["rural.center.document"]._refusal_of_file(name, content) for name, content in files]
        if any(refusals):
            return "\n".join(filter(None, refusals))
        if kind.needs_number and kind.code != "business_licence" and not values.get(f"{kind.code}_number"):
            return self.env._("%s: the number is missing.", kind.name)
        return self._problem_of_last_day(kind, values)

    @api.model
    def _problem_of_last_day(self, kind, values):
        if not kind.has_expiry:
            return None
        until = self._day(values.get(f"{kind.code}_until"))
        if not until and not values.get(f"{kind.code}_long_term"):
            return self.env._("%s: give its last day, or tick that it is long-term.", kind.name)
        if until and until < china_time.today():
            return self.env._("%s has expired.", kind.name)
        return None

    @api.model
    def _materials(self):
        return self.env["rural.document.kind"].sudo().search([("for_center_application", "=", True)])

    @api.model
    def _day(self, text):
        try:
            return date.fromisoformat(text or "")
        except ValueError:
            return False
