from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.china_time import to_china
from odoo.addons.rural_base.deadlines import deadline

from .rural_product_recommendation import NEEDED


class RuralProductRecommendation(models.Model):
    """The steps of a recommendation: submitted, screened, decided by a second person, in the pool (SC-09)."""

    _inherit = "rural.product.recommendation"

    def action_submit(self):
        """Hand in drafts of the back office for screening."""
        self._check_operations()
        self._submit()

    def action_finish_screening(self):
        """Hand the findings to the person who decides; each standard needs a result and what was seen."""
        self._check_operations()
        for recommendation in self:
            recommendation._check_state("submitted")
            open_checks = recommendation.check_ids.filtered(lambda check: not (check.result and check.note))
            if open_checks:
                raise UserError(
                    self.env._(
                        "Give a result and say what was seen on: %s.",
                        ", ".join(open_checks.standard_id.mapped("name")),
                    )
                )
        self.sudo().write({"state": "screened", "screened_by_id": self.env.uid, "screened_at": fields.Datetime.now()})

    def action_accept(self):
        """Accept the products that passed every standard; the area manager then contacts the supplier."""
        self._check_operations()
        for recommendation in self:
            recommendation._check_state("screened")
            recommendation._check_another_person("submitted_by_id", "screened_by_id")
            recommendation._check_passed()
        self._decide("accepted", False)
        for recommendation in self:
            recommendation._plan_activity(
                "recommendation_contact_days",
                lambda asked: asked.env._("Contact the supplier: %s", asked.supplier_name),
            )
            recommendation._tell_center(
                lambda told: told.env._(
                    "%s has passed the screening. The area manager contacts the supplier.", told.product_name
                )
            )

    def action_decline(self):
        """Ask for the reason."""
        return self._wizard("rural.recommendation.decline", self.env._("Decline"))

    def action_admit(self):
        """Ask for the codes and the rates agreed with the supplier."""
        self._check_state("accepted")
        return self._wizard("rural.recommendation.admission", self.env._("Into the Pool"))

    def action_withdraw(self):
        """Take back recommendations that nobody has decided on."""
        self._check_operations()
        self._withdraw()

    # ------------------------------------------------------------------
    # What the steps do
    # ------------------------------------------------------------------

    def _submit(self):
        """Start the screening.

        :raises UserError: naming what is missing, or when the center is not active
        """
        for recommendation in self:
            recommendation._check_state("draft")
            recommendation._check_complete()
        standards = self.env["rural.quality.standard"].sudo().search([("active", "=", True)])
        self.sudo().write(
            {
                "state": "submitted",
                "submitted_by_id": self.env.uid,
                "submitted_at": fields.Datetime.now(),
                "check_ids": [fields.Command.create({"standard_id": standard.id}) for standard in standards],
            }
        )
        for recommendation in self:
            recommendation._plan_activity(
                "recommendation_screening_days", lambda asked: asked.env._("Screen the recommended product")
            )

    def _decline(self, reason):
        """Turn products down; the center reads why."""
        self._check_operations()
        self._check_state("submitted", "screened", "accepted")
        self._check_another_person("submitted_by_id", "screened_by_id")
        self._decide("declined", reason)
        for recommendation in self:
            recommendation._tell_center(
                lambda told: told.env._(
                    "%(product)s does not enter the pool: %(reason)s", product=told.product_name, reason=reason
                )
            )

    def _withdraw(self):
        for recommendation in self:
            recommendation._check_state("draft", "submitted", "screened")
        self.sudo().write({"state": "withdrawn"})
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _admit(self, supplier_code, supplier_name, product_code, rates, valid_from):
        """Put an accepted product into the pool (SC-08); supplier and product are made where unknown.

        :param dict rates: `fee_rate` and `incentive_rate` as shares, 0.05 is 5%
        :return: the pool entry
        """
        self.ensure_one()
        self._check_operations()
        self._check_state("accepted")
        Product = self.env["rural.product"].with_company(self.company_id)
        supplier = Product._suppliers_by_code({supplier_code: supplier_name}, self.company_id)[supplier_code]
        product = Product.search([("code", "=", product_code), ("company_id", "=", self.company_id.id)])
        if product and product.supplier_id.id != supplier:
            raise UserError(
                self.env._(
                    "%(product)s is sold by %(supplier)s, not by %(other)s.",
                    product=product.display_name,
                    supplier=product.supplier_id.name,
                    other=supplier_name,
                )
            )
        product = product or Product.create(self._prepare_product_vals(product_code, supplier))
        vals = {"product_id": product.id, "valid_from": valid_from, "reason": self.display_name, **rates}
        entry = self.env["rural.pool.entry"].create(vals)
        self.sudo().write({"state": "in_pool", "pool_entry_id": entry.id})
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        self._tell_center(lambda told: told.env._("%s is in the product pool now.", told.product_name))
        return entry

    def _decide(self, state, reason):
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "decision_reason": reason,
            }
        )
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _prepare_product_vals(self, product_code, supplier_id):
        name = " ".join(filter(None, (self.product_name, self.specification)))
        return {"code": product_code, "name": name, "supplier_id": supplier_id, "company_id": self.company_id.id}

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_operations(self):
        self._check_group("rural_base.group_operations")
        self.check_access("write")

    def _check_complete(self):
        missing = [name for name in NEEDED if not (self[name] or "").strip()]
        if missing:
            raise UserError(
                self.env._(
                    "%(recommendation)s cannot be submitted yet. Missing: %(fields)s.",
                    recommendation=self.display_name,
                    fields=", ".join(self._fields[name]._description_string(self.env) for name in missing),
                )
            )
        if self.center_id.state != "active":
            raise UserError(
                self.env._("%s is not active; only an active center recommends products.", self.center_id.display_name)
            )

    def _check_passed(self):
        failed = self.check_ids.filtered(lambda check: check.result != "passed")
        if failed:
            raise UserError(
                self.env._(
                    "%(recommendation)s did not pass: %(standards)s. A product of the pool meets every standard.",
                    recommendation=self.display_name,
                    standards=", ".join(failed.standard_id.mapped("name")),
                )
            )

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------

    def _plan_activity(self, parameter, words):
        """Ask the area manager to act within the working days of the parameter.

        :param words: gives the text, from the recommendation in the manager's language
        """
        now = fields.Datetime.now()
        days = self.env["rural.parameter"].sudo()._value_on(parameter, to_china(now).date(), self.company_id)
        manager = self.center_id.area_manager_id
        if manager:
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=to_china(deadline(now, int(days.value))).date(),
                summary=words(self.with_context(lang=manager.sudo().lang or self.env.lang)),
                user_id=manager.id,
            )

    def _tell_center(self, words):
        """Write to the center and to whoever recommended the product.

        :param words: gives the text, from the recommendation in the center's language
        """
        told = self.center_id.partner_id | self.submitted_by_id.filtered("share").partner_id
        lang = told[:1].lang or self.env.lang
        self.sudo().message_post(
            body=words(self.with_context(lang=lang)),
            partner_ids=told.filtered("email").ids,
            subtype_xmlid="mail.mt_comment",
        )

    def _wizard(self, model, name):
        self._check_operations()
        self.ensure_one()
        return self._ask(model, name, recommendation_id=self.id)
