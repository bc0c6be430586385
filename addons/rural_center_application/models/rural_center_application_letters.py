from odoo import fields, models

LETTERS = {
    "received": "rural_center_application.mail_template_received",
    "missing": "rural_center_application.mail_template_missing",
    "approved": "rural_center_application.mail_template_approved",
    "rejected": "rural_center_application.mail_template_rejected",
}


class RuralCenterApplication(models.Model):
    """What the applicant is written: received, what is missing, approved, rejected (SC-03)."""

    _inherit = "rural.center.application"

    status_url = fields.Char(
        compute="_compute_status_url",
        groups="rural_base.group_operations",
        help="The page on which the applicant follows the application; whoever knows the address sees it.",
    )
    refused_files = fields.Text(
        readonly=True, copy=False, help="Files of the last e-mail that were not taken, and why."
    )

    def _compute_status_url(self):
        for application in self.sudo():
            address = f"{application.access_url}?access_token={application.access_token}"
            application.status_url = f"{application.get_base_url()}{address}"

    def _send_letter(self, name):
        """Write to the applicant, who may have no e-mail address; kept in the chatter."""
        template = self.env.ref(LETTERS[name], raise_if_not_found=False)
        for application in self.sudo().filtered("email"):
            if template:
                template.sudo().send_mail(application.id, email_layout_xmlid="mail.mail_notification_light")
            else:
                application._message_log(body=self.env._("There is no letter “%s”: nothing was sent.", name))
