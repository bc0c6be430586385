from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time
from odoo.addons.rural_service_center.taking_over import is_taking_over

from ..rules import ONE_DAY, days_without
from .rural_center_agreement import STAGES


class RuralServiceCenter(models.Model):
    """What agreements do to a center: authorise, suspend, end."""

    _inherit = "rural.service.center"

    agreement_ids = fields.One2many("rural.center.agreement", "center_id", "Agreements")
    agreement_count = fields.Integer(compute="_compute_agreement_count")
    agreement_id = fields.Many2one(
        "rural.center.agreement",
        "Present Agreement",
        compute="_compute_agreement_id",
        help="The active one of today, or else the latest.",
    )
    agreement_stage = fields.Selection(STAGES, "Stage of the Agreement", compute="_compute_agreement_id")
    certificate_ids = fields.One2many("rural.center.certificate", "center_id", "Certificates")
    training_result_ids = fields.One2many("rural.training.result", "center_id", "Training")
    exit_ids = fields.One2many("rural.center.exit", "center_id", "Exits")
    exit_id = fields.Many2one("rural.center.exit", compute="_compute_exit_id")

    @api.depends("agreement_ids")
    def _compute_agreement_count(self):
        for center in self:
            center.agreement_count = len(center.agreement_ids)

    @api.depends("agreement_ids.stage", "agreement_ids.year")
    def _compute_agreement_id(self):
        today = china_time.today()
        for center in self:
            living = center.agreement_ids.filtered(lambda each: each.stage != "cancelled").sorted("year")
            now = living.filtered(lambda each: each.stage == "active" and each.date_from <= today <= each.date_to)
            center.agreement_id = now[-1:] or living[-1:]
            center.agreement_stage = center.agreement_id.stage

    @api.depends("agreement_ids.stage")
    def _compute_is_fixed(self):
        result = super()._compute_is_fixed()
        for center in self:
            center.is_fixed |= not {"draft", "cancelled"}.issuperset(center.agreement_ids.mapped("stage"))
        return result

    @api.depends("exit_ids.state")
    def _compute_exit_id(self):
        for center in self:
            center.exit_id = center.exit_ids.filtered(lambda each: each.state != "cancelled")[:1]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_agreements(self):
        """Show the center's agreements."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_center_agreement.action_rural_center_agreement")
        return {
            **action,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("center_id", "=", self.id)],
            "context": {"default_center_id": self.id},
        }

    def action_view_certificates(self):
        """Show the center's certificates."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_center_agreement.action_rural_center_certificate")
        return {**action, "domain": [("center_id", "=", self.id)], "context": {}}

    def action_view_exit(self):
        """Show the center's exit, or a new one to fill in."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exit"),
            "res_model": "rural.center.exit",
            "views": [(False, "form")],
            "res_id": self.exit_id.id,
            "context": {"default_center_id": self.id},
        }

    def action_issue_service_code(self):
        """Issue a code to those only whose agreement is active (SC-05): no step can be skipped."""
        if not self.env.su:
            self.check_access("write")
            for center in self:
                if not center.service_code and "active" not in center.agreement_ids.mapped("stage"):
                    raise UserError(
                        self.env._(
                            "%s has no active agreement. Its service code is issued when the last step, the "
                            "activation of its agreement, is taken (SC-05).",
                            center.display_name,
                        )
                    )
        return super().action_issue_service_code()

    # ------------------------------------------------------------------
    # Authorised, suspended, ended
    # ------------------------------------------------------------------

    def _authorise(self, first_day, last_day):
        """Authorise the center on the given days, those on which it is already left alone; return what was added."""
        self.ensure_one()
        periods = [(each.valid_from, each.valid_to or None) for each in self.sudo().authorisation_ids]
        return (
            self.env["rural.center.authorisation"]
            .sudo()
            .create(
                [
                    {"center_id": self.id, "valid_from": first, "valid_to": last}
                    for first, last in days_without(first_day, last_day, periods)
                ]
            )
        )

    def _end_authorisation(self, last_day):
        """Let no authorisation last longer than that day, and none begin after it."""
        for authorisation in self.sudo().authorisation_ids:
            if authorisation.valid_from > last_day:
                authorisation.unlink()
            elif not authorisation.valid_to or authorisation.valid_to > last_day:
                authorisation.valid_to = last_day

    def _suspend(self, first_day, last_day, reason):
        """Suspend centers from one day to another, both included; an empty last day: until it is lifted.

        :raises UserError: for a center that is suspended on one of these days already, or not authorised
        :returns: the suspensions
        """
        for center in self:
            if center.state not in ("active", "suspended"):
                raise UserError(self.env._("%s does not work now: there is nothing to suspend.", center.display_name))
        return (
            self.env["rural.center.suspension"]
            .sudo()
            .create(
                [
                    {"center_id": center.id, "valid_from": first_day, "valid_to": last_day, "reason": reason}
                    for center in self
                ]
            )
        )

    def _resume(self, first_day, reason):
        """Lift the suspensions from that day on.

        :raises UserError: for a center that is not suspended then, or whose suspension one may not change
        """
        Suspension = self.env["rural.center.suspension"].sudo()
        for center in self:
            suspension = Suspension.search([("center_id", "=", center.id)]).filtered_domain(
                Suspension._valid_on(first_day)
            )
            if not suspension:
                raise UserError(self.env._("%s is not suspended.", center.display_name))
            suspension.sudo(self.env.su)._check_may_change(first_day)
            if suspension.valid_from == first_day:
                suspension.unlink()
            else:
                suspension.valid_to = first_day - ONE_DAY
            center._message_log(body=self.env._("The suspension has been lifted: %s", reason))

    def _check_no_agreement(self):
        """Refuse centers that are authorised by their agreement only.

        Those that already worked when they were taken over have their code and their days from there (SC-06): by a
        file, or by an operations manager.
        """
        if is_taking_over(self.env):
            return
        for center in self:
            if not center.service_code or any(each.stage != "cancelled" for each in center.sudo().agreement_ids):
                raise UserError(
                    self.env._(
                        "%s is authorised by the activation of its agreement, after all steps before it, and works "
                        "until its exit (SC-05).",
                        center.display_name,
                    )
                )
        self.env["rural.step.mixin"]._check_group("rural_base.group_operations_manager")
