from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_list

from odoo.addons.rural_base.china_time import to_china
from odoo.addons.rural_base.deadlines import deadline

from .application import ENTERED

REVIEW = "rural_center_application.mail_activity_type_review"
COMPLETE = "rural_center_application.mail_activity_type_complete"


class RuralCenterApplication(models.Model):
    """The steps: draft, submitted, approved or rejected, withdrawn (SC-02, SC-03)."""

    _inherit = "rural.center.application"

    can_decide = fields.Boolean(compute="_compute_can_decide")

    @api.depends_context("uid")
    @api.depends("state", "area_manager_id", "entered_by_id")
    def _compute_can_decide(self):
        for application in self:
            is_reviewer = application._is_reviewer() and application.entered_by_id != self.env.user
            application.can_decide = application.state == "submitted" and is_reviewer

    def write(self, vals):
        """Keep an application in review complete; one for another region is reviewed anew (SC-02, SC-03)."""
        place = {application: (application.region_id, application.kind) for application in self}
        result = super().write(vals)
        if not vals.keys().isdisjoint(ENTERED):
            self._check_still_complete()
            self.filtered(lambda moved: place[moved] != (moved.region_id, moved.kind))._review_anew()
        return result

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Hand the application to the area manager; a material that is missing is named (SC-02)."""
        self.check_access("write")
        self._submit()

    def action_return(self):
        """Ask what the applicant has to supply or correct."""
        self._check_reviewer()
        return self._ask_reason("return")

    def action_reject(self):
        """Ask for the reason of the rejection."""
        self._check_reviewer()
        return self._ask_reason("reject")

    def action_withdraw(self):
        """Ask why the applicant withdraws."""
        self.check_access("write")
        return self._ask_reason("withdraw")

    @api.model
    def _reason_steps(self):
        read_by_applicant = self.env._("The applicant reads the reason.")
        return {
            **super()._reason_steps(),
            "approve": {
                "method": "_approve_all_the_same",
                "title": self.env._("Approve All the Same"),
                "button": self.env._("Approve All the Same"),
                "help": self.env._("An entry condition is not met. The reason is kept, and stays in the house."),
            },
            "return": {
                "method": "_return",
                "title": self.env._("Ask for Corrections"),
                "button": self.env._("Ask for Corrections"),
                "help": read_by_applicant,
            },
            "reject": {
                "method": "_reject",
                "title": self.env._("Reject Application"),
                "button": self.env._("Reject"),
                "help": read_by_applicant,
            },
            "withdraw": {
                "method": "_withdraw",
                "title": self.env._("Record Withdrawal"),
                "button": self.env._("Withdraw"),
            },
        }

    def action_ask_for_missing(self):
        """Write to the applicant what is missing (SC-02)."""
        self.check_access("write")
        self._check_state("draft")
        for application in self:
            if not application.missing:
                raise UserError(self.env._("Nothing is missing from %s: submit it.", application.display_name))
            if not application.email:
                raise UserError(self.env._("%s has no e-mail address.", application.display_name))
            application._send_letter("missing")

    def action_approve(self):
        """Approve, and make the center; the applicant is told (SC-03).

        Where an entry condition is not met, a manager is asked why it is approved all the same.
        """
        self._check_may_approve()
        if self._unmet_conditions():
            self._check_may_override()
            return self._ask_reason("approve")
        for application in self:
            application.sudo()._approve()
        return None

    def action_view_center(self):
        """Show the center that the application has become."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.center_id.display_name,
            "res_model": "rural.service.center",
            "view_mode": "form",
            "res_id": self.center_id.id,
        }

    def _submit(self):
        self._check_state("draft")
        for application in self:
            missing = application._missing()
            if missing:
                raise UserError(
                    self.env._(
                        "%(application)s cannot be submitted yet (SC-02). Missing: %(missing)s.",
                        application=application.display_name,
                        missing=self.env._("; ").join(missing),
                    )
                )
            application._check_not_twice()
            application.sudo()._start_review()

    def _start_review(self):
        now = fields.Datetime.now()
        days = self.env["rural.parameter"]._value_on("application_review_days", to_china(now).date(), self.company_id)
        self.write(
            {
                "state": "submitted",
                "submitted_at": now,
                "review_days_id": days.id,
                "review_deadline": deadline(now, int(days.value)),
                "decision_reason": False,
            }
        )
        self.env["rural.application.condition"]._list_for(self)
        self.activity_unlink([COMPLETE])
        self._ask_to_review()
        self._send_letter("received")

    def _return(self, reason):
        """Give the application back to the applicant, who reads what to correct."""
        reason = self._check_reason(reason)
        self._check_reviewer()
        self._check_state("submitted")
        for application in self.sudo():
            application.write({"state": "draft", "decision_reason": reason, "review_deadline": False})
            application.activity_unlink([REVIEW])
            application._send_letter("missing")

    def _reject(self, reason):
        """Turn the application down; the applicant reads why (SC-03)."""
        reason = self._check_reason(reason)
        self._check_reviewer()
        self._check_state("submitted")
        for application in self.sudo():
            application._decide("rejected", reason)
            application._send_letter("rejected")

    def _withdraw(self, reason):
        """End an open application that the applicant gives up."""
        reason = self._check_reason(reason)
        self.check_access("write")
        self._check_state("draft", "submitted")
        for application in self.sudo():
            application._decide("withdrawn", reason)

    def _decide(self, state, reason=False):
        self.activity_unlink([REVIEW, COMPLETE])
        self.write(
            {
                "state": state,
                "decision_reason": reason,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_reviewer(self):
        """Refuse who is neither the area manager nor an operations manager, or has entered the application."""
        self._check_group("rural_base.group_operations")
        self.check_access("write")
        for application in self:
            if not application._is_reviewer():
                raise AccessError(
                    self.env._(
                        "%(application)s is decided on by its area manager (%(manager)s) or an operations manager "
                        "(SC-03).",
                        application=application.display_name,
                        manager=application.area_manager_id.name or self.env._("none yet"),
                    )
                )
        self._check_not_maker()

    def _is_reviewer(self) -> bool:
        is_manager = self._is_system() or self.env.user.has_group("rural_base.group_operations_manager")
        return is_manager or self.area_manager_id == self.env.user

    def _check_not_twice(self):
        """Refuse a second application of the same company for the same region while one is in review."""
        twin = self._twin()
        if twin:
            raise UserError(
                self.env._(
                    "%(company)s has applied for %(region)s already (%(number)s): that application is in review.",
                    company=self.applicant_name,
                    region=self.region_id.display_name,
                    number=twin.name,
                )
            )

    def _twin(self):
        """Return an application in review of the same company for the same region.

        Two that are submitted at once: the second waits for the first, and starts again with what the first has done.
        """
        self.env.cr.execute(SQL("UPDATE rural_region SET level = level WHERE id = %s", self.region_id.id))
        same = Domain("applicant_name", "=", self.applicant_name)
        if self.credit_code:
            same |= Domain("credit_code", "=", self.credit_code)
        return self.sudo().search(
            same
            & Domain("id", "!=", self.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("region_id", "=", self.region_id.id)
            & Domain("kind", "=", self.kind)
            & Domain("state", "=", "submitted"),
            limit=1,
        )

    def _check_still_complete(self):
        """Keep what an application in review was submitted with (SC-02)."""
        for application in self.filtered(lambda application: application.state == "submitted"):
            if missing := application._missing():
                raise UserError(
                    self.env._(
                        "%(application)s is in review and stays complete. Missing: %(missing)s.",
                        application=application.display_name,
                        missing=self.env._("; ").join(missing),
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _review_anew(self):
        """Have an application in review decided on by the area manager of its new region (SC-03)."""
        for application in self.filtered(lambda application: application.state == "submitted").sudo():
            application._check_not_twice()
            application._ask_to_review()

    def _ask_to_review(self):
        self.activity_unlink([REVIEW])
        user = self.area_manager_id or self._any_operations_manager()
        if user:
            self.activity_schedule(
                REVIEW,
                date_deadline=to_china(self.review_deadline).date(),
                summary=self.with_context(lang=user.lang).env._("Decide on the application"),
                user_id=user.id,
            )

    def _ask_to_complete(self, note):
        """Let somebody of operations find out what the applicant did not say clearly."""
        self.activity_unlink([COMPLETE])
        user = self.area_manager_id or self.candidate_region_ids._only_manager() or self._any_operations_manager()
        if user:
            self.activity_schedule(COMPLETE, summary=note, user_id=user.id)

    def _any_operations_manager(self):
        managers = self.env.ref("rural_base.group_operations_manager").sudo().all_user_ids
        managers = managers.filtered(lambda user: self.company_id in user.company_ids and not user.share)
        return managers.sorted("id")[-1:]

    # ------------------------------------------------------------------
    # From an approved application to a center
    # ------------------------------------------------------------------

    def _approve_all_the_same(self, reason):
        """Approve, as a manager and with a reason, though an entry condition is not met (SC-03)."""
        reason = self._check_reason(reason)
        self._check_may_approve()
        self._check_may_override()
        for application in self:
            application.sudo().exception_reason = reason
            application.sudo()._approve()

    def _approve(self):
        center = self._create_center()
        self._decide("approved")
        self.center_id = center
        self.document_ids.center_id = center
        self._after_approval(center)
        self._send_letter("approved")

    def _create_center(self):
        """Make the service center and its payee; return the center, not yet authorised (SC-05).

        :raises ValidationError: where the region has a center and no operations manager let in a second (SC-04)
        """
        return self.env["rural.service.center"].create(self._prepare_center_vals())

    def _prepare_center_vals(self):
        suffix = "运营服务中心" if self.kind == "province" else "区域服务中心"
        vals = {
            "name": f"{self.region_id.name}{suffix}",
            "kind": self.kind,
            "region_id": self.region_id.id,
            "company_id": self.company_id.id,
            "partner_id": self._payee().id,
        }
        if self.env["rural.service.center"]._occupant(self.kind, self.region_id, self.company_id):
            vals |= {"override_reason": self.override_reason, "override_by_id": self.override_by_id.id}
        return vals

    def _payee(self):
        """Return the applicant as a party of the books: the one with its credit code, or a new one."""
        partners = self.env["res.partner"].with_company(self.company_id)
        partner = partners.search(
            [
                ("vat", "=", self.credit_code),
                ("company_id", "in", (False, self.company_id.id)),
                ("parent_id", "=", False),
            ],
            order="company_id, id",
            limit=1,
        )
        return partner or partners.create(self._prepare_payee_vals())

    def _prepare_payee_vals(self):
        region = self.region_id
        return {
            "name": self.applicant_name,
            "is_company": True,
            "company_id": self.company_id.id,
            "vat": self.credit_code,
            "email": self.email,
            "phone": self.phone,
            "street": self.address,
            "state_id": region.state_id.id,
            "country_id": self.env.ref("base.cn").id,
            "lang": self.lang,
        }

    # ------------------------------------------------------------------
    # Check and hook
    # ------------------------------------------------------------------

    def _check_may_approve(self):
        self._check_reviewer()
        self._lock_rows()
        self._check_state("submitted")
        for application in self:
            application._check_complete()
            application._check_conditions_answered()

    def _unmet_conditions(self):
        return self.condition_ids.filtered(lambda condition: condition.verdict == "not_met")

    def _check_may_override(self):
        """Refuse whoever is no operations manager, naming the conditions that are not met and the way on (SC-03).

        :raises AccessError: with what each one's finding rests on
        """
        manager = "rural_base.group_operations_manager"
        if self._is_system() or self._is_in_group(manager):
            return
        labels = dict(self.condition_ids._fields["condition"]._description_selection(self.env))
        raise AccessError(
            self.env._(
                "%(applications)s: not met: %(conditions)s (SC-03). %(role)s alone may approve all the same, with a "
                "reason: ask one to press “Approve”. Or ask for corrections, or reject it.",
                applications=format_list(self.env, self._unmet_conditions().application_id.mapped("display_name")),
                conditions=self.env._("; ").join(
                    f"{labels[condition.condition]} ({condition.note})" for condition in self._unmet_conditions()
                ),
                role=self.env.ref(manager).sudo().name,
            )
        )

    def _check_conditions_answered(self):
        """Refuse an approval before each entry condition is found met or not, with a word why (SC-03)."""
        labels = dict(self.condition_ids._fields["condition"]._description_selection(self.env))
        answered = self.condition_ids.filtered(lambda condition: condition.verdict and (condition.note or "").strip())
        if missing := [label for name, label in labels.items() if name not in answered.mapped("condition")]:
            raise UserError(
                self.env._(
                    "%(application)s cannot be approved yet. Say of each entry condition whether it is met, and why "
                    "(SC-03): %(missing)s.",
                    application=self.display_name,
                    missing=self.env._("; ").join(missing),
                )
            )

    def _check_complete(self):
        missing = self._missing_for_approval()
        if missing:
            raise UserError(
                self.env._(
                    "%(application)s cannot be approved yet. Enter from its materials: %(missing)s.",
                    application=self.display_name,
                    missing=self.env._("; ").join(missing),
                )
            )

    def _after_approval(self, center):
        """Do what follows an approval; called with the rights of the system.

        :param center: the service center that has just been made, not yet authorised
        """
