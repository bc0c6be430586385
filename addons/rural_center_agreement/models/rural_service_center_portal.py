from odoo import api, fields, models
from odoo.exceptions import UserError


class RuralServiceCenter(models.Model):
    """The portal account of a center (SC-06): opened on activation, closed at the end of its exit."""

    _inherit = "rural.service.center"

    awaits_first_login = fields.Boolean(
        "Invited to the Portal, Not There Yet", compute="_compute_awaits_first_login", compute_sudo=True
    )

    @api.depends("partner_id.commercial_partner_id")
    def _compute_awaits_first_login(self):
        for center in self:
            users = center._portal_users()
            center.awaits_first_login = any(users.mapped("active")) and not any(users.mapped("login_date"))

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
