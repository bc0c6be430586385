from odoo import models

from odoo.addons.rural_base import china_time


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _left_recruiting_on(self):
        """Return the last day of somebody who works here no more, so that no merchant is given to them; else None."""
        self.ensure_one()
        employee, today = self.sudo(), china_time.today()
        ends = [day for day in (employee.departure_date, employee.contract_date_end) if day and day < today]
        return min(ends, default=None)
