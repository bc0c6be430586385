from odoo import models

from odoo.addons.rural_base import china_time


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _left_recruiting_on(self):
        """Take the last post in recruiting as well, if it ended because somebody left (MA-26)."""
        posts = self.env["rural.recruiting.post"].sudo().search([("employee_id", "=", self.id)])
        last = posts.sorted("valid_from")[-1:]
        if last.end_reason in ("left", "dismissed") and last.valid_to < china_time.today():
            return last.valid_to
        return super()._left_recruiting_on()
