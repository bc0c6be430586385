from odoo import api, fields, models


class RuralStationEntryLink(models.TransientModel):
    """Asks which of the platform's entries is the same service (ST-12)."""

    _name = "rural.station.entry.link"
    _description = "Link a Ledger Entry with the Platform"

    entry_id = fields.Many2one("rural.station.entry", required=True, readonly=True)
    twin_ids = fields.Many2many("rural.station.entry", compute="_compute_twin_ids")
    platform_id = fields.Many2one("rural.station.entry", "Platform's Entry", domain="[('id', 'in', twin_ids)]")
    differences = fields.Text(compute="_compute_differences")

    @api.model
    def default_get(self, fields):
        """Propose the first one that has the same station, kind, day and amount."""
        values = super().default_get(fields)
        if entry := self.env["rural.station.entry"].browse(values.get("entry_id")).exists():
            entry.check_access("read")
            values["platform_id"] = entry._twins()[:1].id
        return values

    @api.depends("entry_id")
    def _compute_twin_ids(self):
        for wizard in self:
            wizard.twin_ids = wizard.entry_id._twins()

    @api.depends("entry_id", "platform_id")
    def _compute_differences(self):
        for wizard in self:
            wizard.differences = wizard.platform_id and wizard.entry_id._differences_from(wizard.platform_id)

    def action_link(self):
        """Link the two: the platform's entry alone counts."""
        self.ensure_one()
        self.entry_id._link(self.platform_id)
        return {"type": "ir.actions.act_window_close"}
