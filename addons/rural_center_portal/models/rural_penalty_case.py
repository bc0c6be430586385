from odoo import models
from odoo.exceptions import UserError

from .rural_statement import LONGEST_TEXT


class RuralPenaltyCase(models.Model):
    _inherit = "rural.penalty.case"

    def _appeal_as_center(self, text):
        """Take the center's appeal on its portal (SC-17).

        :raises AccessError: for everybody but the center
        :raises UserError: for a second appeal, after the deadline, or without reasons
        """
        self.ensure_one()
        self.center_id._check_portal_own()
        if len(text or "") > LONGEST_TEXT:
            raise UserError(self.env._("Keep each text within %s characters.", LONGEST_TEXT))
        self._appeal((text or "").strip())
