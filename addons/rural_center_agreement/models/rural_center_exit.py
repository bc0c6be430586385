from odoo import api, fields, models

from odoo.addons.rural_deposit.models.exit_mixin import EXIT_STATES

from ..rules import ONE_DAY


class RuralCenterExit(models.Model):
    """A center leaves: asked for by one person, decided by another, closed when nothing is open (DP-04)."""

    _name = "rural.center.exit"
    _description = "Exit of a Service Center"
    _inherit = ["rural.exit.mixin"]
    _rec_names_search = ["center_id"]
    _check_company_auto = True
    _party_field = "center_id"
    _living_states = ("requested", "running", "done")

    center_id = fields.Many2one(
        "rural.service.center",
        "Service Center",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(related="center_id.company_id", store=True, index=True, precompute=True)
    state = fields.Selection(EXIT_STATES)
    kind = fields.Selection(
        selection_add=[("voluntary", "Voluntary"), ("not_renewed", "Not Renewed"), ("termination", "Termination")],
        ondelete={"not_renewed": "cascade", "termination": "cascade"},
    )
    reason = fields.Text(help="Kept in the house: the public reads only that the cooperation has ended.")
    last_day = fields.Date(
        help="The last day on which the center is authorised. Yesterday, if it is to stop at once.",
    )
    on_their_way = fields.Text(
        compute="_compute_on_their_way",
        compute_sudo=True,
        help="What the center may still earn with. The exit may go on; the center sees what comes of it (DP-04).",
    )
    keeps_portal = fields.Boolean(
        "Portal Stays Open", readonly=True, copy=False, help="Until nothing of the center is on its way any more."
    )

    _one_a_center = models.UniqueIndex(
        "(center_id) WHERE state <> 'cancelled'", "There is an exit of this center already."
    )

    @api.depends_context("lang")
    @api.depends("state", "last_day", "center_id")
    def _compute_on_their_way(self):
        for leaving in self:
            shown = leaving.state in ("running", "done")
            leaving.on_their_way = shown and "\n".join(leaving._on_their_way())

    @api.model
    def _earliest_last_day(self):
        return super()._earliest_last_day() - ONE_DAY

    def _end_work(self):
        """Let authorisations, certificates and agreements end with the last day."""
        for leaving in self:
            center = leaving.center_id
            center._end_authorisation(leaving.last_day)
            center.sudo().certificate_ids._revoke(leaving.last_day + ONE_DAY, leaving._end_reason())
            center.sudo().agreement_ids._end(leaving.last_day, leaving._end_reason())
            leaving._log_end()
        return super()._end_work()

    def _after_completion(self):
        """Close the portal; a center that never began leaves its region to another one (SC-04)."""
        self._close_portal()
        if not self.center_id.authorisation_ids:
            self.sudo().center_id.active = False
        return super()._after_completion()

    # ------------------------------------------------------------------
    # Portal
    # ------------------------------------------------------------------

    def _on_their_way(self) -> list[str]:
        """Hook: say what the center may still earn with though it has left, one sentence each (DP-04)."""
        self.ensure_one()
        return []

    def _close_portal(self):
        """Close the portal of centers that have left, once nothing of theirs is on its way any more."""
        for leaving in self.sudo():
            if waiting := leaving._on_their_way():
                if not leaving.keeps_portal:
                    leaving.keeps_portal = True
                    leaving.center_id._message_log(
                        body=leaving.env._("The portal stays open for now: %s", " ".join(waiting))
                    )
                continue
            leaving.keeps_portal = False
            leaving.center_id._close_portal()

    @api.model
    def _cron_close_portals(self):
        """Close the portals of centers that have left and have nothing on its way any more."""
        self.search([("keeps_portal", "=", True)])._close_portal()
