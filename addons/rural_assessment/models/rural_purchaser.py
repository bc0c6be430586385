from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize


class RuralPurchaser(models.Model):
    _inherit = "rural.purchaser"

    contact_name = fields.Char("Contact")
    email = fields.Char("E-Mail", help="Where the satisfaction survey is sent (SC-16).")
    phone = fields.Char()
    no_survey = fields.Boolean("No Surveys", help="The purchaser does not want to be asked.")

    @api.constrains("email")
    def _check_email(self):
        for purchaser in self:
            if purchaser.email and not email_normalize(purchaser.email):
                raise ValidationError(
                    self.env._(
                        "%(email)s is not an e-mail address (%(purchaser)s).",
                        email=purchaser.email,
                        purchaser=purchaser.display_name,
                    )
                )
