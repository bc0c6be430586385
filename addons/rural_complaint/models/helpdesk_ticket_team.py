from odoo import models


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    def _get_applicable_stages(self):
        """Offer the team of a process the stages of its steps only: nothing closes a complaint from outside."""
        if len(self) == 1 and (process := self.env["rural.complaint.process"]._of_team(self)):
            return process.step_ids.stage_id
        return super()._get_applicable_stages()
