from odoo import api, models


class RuralCenterAuthorisation(models.Model):
    _inherit = "rural.center.authorisation"

    @api.model_create_multi
    def create(self, vals_list):
        """Let nobody authorise by hand a center that has to go through its agreement (SC-05)."""
        if not self.env.su:
            self.env["rural.service.center"].browse(vals["center_id"] for vals in vals_list)._check_no_agreement()
        return super().create(vals_list)

    def write(self, vals):
        """Let people shorten an authorisation by hand, not extend it, once the center has an agreement."""
        before = {period: (period.valid_from, period.valid_to) for period in self}
        result = super().write(vals)
        if not self.env.su:
            for period, (first, last) in before.items():
                longer = period.valid_from < first or (last and (not period.valid_to or period.valid_to > last))
                if longer:
                    period.center_id._check_no_agreement()
        return result
