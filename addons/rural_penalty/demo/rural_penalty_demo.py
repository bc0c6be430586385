from datetime import timedelta

from odoo import api, models

from odoo.addons.rural_base import china_time

MAKER = "operations"


class RuralPenaltyDemo(models.AbstractModel):
    """Demo data that only the real work can make."""

    _name = "rural.penalty.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the penalties"

    @api.model
    def _record_a_tenants_case(self):
        """Record a case against a tenant and hear it, once."""
        self = self._in_company()
        violation = self.env.ref("rural_penalty.violation_t01")
        if violation.case_count:
            return
        day = china_time.today() - timedelta(days=8)
        case = self._as(MAKER, self.env["rural.penalty.case"]).create(
            {
                "partner_id": self.env.ref("rural_deposit.partner_studio").id,
                "violation_id": violation.id,
                "occurred_on": day,
                "description": "园区配发的投影仪被带离园区三天，门卫登记附后",
                "heard_on": day + timedelta(days=3),
                "hearing": "承认外借，已归还，愿意赔偿",
            }
        )
        case.action_hear()
