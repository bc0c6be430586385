from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time
from odoo.addons.rural_service_center.models.rural_service_center import WORKING
from odoo.addons.rural_service_center.taking_over import is_taking_over

from ..rules import ONE_DAY, days_without
from .agreement.agreement import STAGES


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
    deposit_ids = fields.One2many("rural.deposit", "center_id", "Deposits")
    deposit_id = fields.Many2one("rural.deposit", compute="_compute_deposit_id", compute_sudo=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    deposit_balance = fields.Monetary("Balance of Deposit", compute="_compute_deposit_id", compute_sudo=True)
    deposit_shortfall = fields.Monetary("Missing of Deposit", compute="_compute_deposit_id", compute_sudo=True)
    needs_portal = fields.Boolean(
        "Works Without a Portal",
        compute="_compute_awaits_first_login",
        compute_sudo=True,
        help="It was taken over, and nobody of it has been invited yet (SC-06).",
    )
    awaits_first_login = fields.Boolean(
        "Invited to the Portal, Not There Yet", compute="_compute_awaits_first_login", compute_sudo=True
    )

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

    @api.depends("deposit_ids.active", "deposit_ids.balance", "deposit_ids.shortfall")
    def _compute_deposit_id(self):
        for center in self:
            deposit = center.deposit_ids[:1]
            center.deposit_id, center.deposit_balance = deposit, deposit.balance
            center.deposit_shortfall = deposit.shortfall

    @api.depends("partner_id.commercial_partner_id", "state")
    def _compute_awaits_first_login(self):
        for center in self:
            users = center._portal_users()
            center.awaits_first_login = any(users.mapped("active")) and not any(users.mapped("login_date"))
            center.needs_portal = center.state in WORKING and not any(users.mapped("active"))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_agreements(self):
        """Show the center's agreements."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_center_agreement.action_center_agreement")
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
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_center_agreement.action_center_certificate")
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

    def action_view_deposit(self):
        """Show the center's deposit."""
        self.ensure_one()
        return self.deposit_id._get_records_action(name=self.env._("Deposit"), context={})

    def action_open_portal(self):
        """Invite centers that work already to the portal, such as those that were taken over (SC-06)."""
        self.env["rural.step.mixin"]._check_group("rural_base.group_operations")
        self.check_access("write")
        for center in self:
            if not center.needs_portal:
                raise UserError(self.env._("%s does not work, or has a portal account already.", center.name))
            if missing := center.sudo()._missing_for_portal():
                raise UserError("\n".join(missing))
        self._open_portal()

    def action_invite_again(self):
        """Send the invitation to the portal once more, to the payee's address of today (SC-06).

        :raises UserError: when nobody waits for it, or somebody else logs in with that address
        """
        self.env["rural.step.mixin"]._check_group("rural_base.group_operations")
        self.check_access("write")
        for center in self.sudo():
            if not center.awaits_first_login:
                raise UserError(self.env._("%s is not waiting for an invitation.", center.name))
            invited = center._portal_invitation()
            invited.action_invite_again()
            invited.user_id.login = invited.email
            center._message_log(body=self.env._("The portal invitation was sent to %s again.", invited.email))

    # ------------------------------------------------------------------
    # Authorised, suspended, ended
    # ------------------------------------------------------------------

    def _authorise(self, first_day, last_day, reason=False):
        """Authorise the center on the given days, those on which it is already left alone; return what was added."""
        self.ensure_one()
        periods = [(each.valid_from, each.valid_to or None) for each in self.sudo().authorisation_ids]
        return (
            self.env["rural.center.authorisation"]
            .sudo()
            .create(
                [
                    {"center_id": self.id, "valid_from": first, "valid_to": last, "reason": reason}
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

    # ------------------------------------------------------------------
    # Deposit (SC-07)
    # ------------------------------------------------------------------

    def _open_deposit(self):
        """Return the center's deposit, opened if there is none."""
        self.ensure_one()
        return self.deposit_id or self.env["rural.deposit"].sudo().create(self._prepare_deposit_vals()).sudo(
            self.env.su
        )

    def _prepare_deposit_vals(self) -> dict:
        purpose = self.env.ref("rural_deposit.purpose_service_center")
        return {
            "center_id": self.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "purpose_id": purpose.id,
            "kind_id": purpose._kind(self.kind).id,
            "subject": self.region_id.display_name,
        }

    # ------------------------------------------------------------------
    # Portal (SC-06)
    # ------------------------------------------------------------------

    def _portal_users(self):
        """Return the portal users of the center's legal entity, those closed too."""
        partners = self.sudo().partner_id.commercial_partner_id
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return users.search([("partner_id", "child_of", partners.ids), ("share", "=", True)])

    def _open_portal(self):
        """Invite the center's legal entity to the portal by mail, unless it has an account already.

        :raises UserError: if its e-mail address is missing or belongs to somebody else's account
        """
        for center in self.sudo():
            if center.partner_id.user_ids or any(center._portal_users().mapped("active")):
                continue
            invited = center._portal_invitation()
            if invited.email_state == "exist":
                raise UserError(
                    self.env._(
                        "%(center)s cannot get a portal account: somebody else logs in with %(email)s. Enter "
                        "another e-mail address on its payee.",
                        center=center.name,
                        email=center.partner_id.email,
                    )
                )
            invited.action_grant_access()
            center._message_log(body=self.env._("The portal has been opened for %s.", center.partner_id.email))

    def _close_portal(self):
        """Close the portal for centers that have left, unless their legal entity runs another living one."""
        for center in self.sudo():
            others = self.sudo().search(
                [("partner_id", "child_of", center.partner_id.commercial_partner_id.id), ("id", "!=", center.id)]
            )
            if any(other.state in ("active", "suspended") for other in others):
                continue
            users = center._portal_users().filtered(lambda user: user.active and user._is_portal())
            for user in users:
                wizard = self.env["portal.wizard"].sudo().create({"partner_ids": [(6, 0, user.partner_id.ids)]})
                wizard.user_ids.action_revoke_access()
                center._message_log(body=self.env._("The portal has been closed for %s.", user.login))

    def _missing_for_portal(self) -> list[str]:
        self.ensure_one()
        if self.partner_id.user_ids or self.partner_id.email:
            return []
        return [
            self.env._(
                "%s has no e-mail address: enter it on the payee, the portal account is sent there.",
                self.partner_id.name,
            )
        ]

    def _portal_invitation(self):
        message = self.env._(
            "Your service center %(center)s is active. Its service code is %(code)s: please have it entered on "
            "every order.",
            center=self.name,
            code=self.service_code or "",
        )
        wizard = (
            self.env["portal.wizard"]
            .with_company(self.company_id)
            .create({"partner_ids": [(6, 0, self.partner_id.ids)], "welcome_message": message})
        )
        return wizard.user_ids
