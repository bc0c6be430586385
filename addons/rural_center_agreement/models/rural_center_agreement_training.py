from odoo import fields, models
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time

from ..rules import months_later


class RuralCenterAgreement(models.Model):
    """The training that a center's people must have passed."""

    _inherit = "rural.center.agreement"

    training_result_ids = fields.One2many(related="center_id.training_result_ids")

    def _missing_for_trained(self):
        return self._missing_training()

    def _missing_training(self) -> list[str]:
        """Say that nobody of the center has passed a confirmed training that still counts."""
        months = self.env["rural.parameter"]._value_on("center_training_months", china_time.today(), self.company_id)
        since = months_later(china_time.today(), -int(months.value))
        passed = self.env["rural.training.result"].search_count(
            [
                ("center_id", "=", self.center_id.id),
                ("passed", "=", True),
                ("session_id.state", "=", "confirmed"),
                ("session_id.begins_at", ">=", china_time.day_start(since)),
            ],
            limit=1,
        )
        if passed:
            return []
        return [
            self.env._(
                "Nobody of %(center)s has passed a training since %(day)s whose results are confirmed.",
                center=self.center_id.name,
                day=format_date(self.env, since),
            )
        ]

    def _missing_for_active(self):
        missing = [*self._missing_certificate(), *self._missing_training(), *self.center_id._missing_for_portal()]
        if self.date_to < china_time.today():
            missing.append(self.env._("The year of the agreement is over."))
        return missing
