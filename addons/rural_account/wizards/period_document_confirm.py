from odoo import api, fields, models


class RuralPeriodDocumentConfirm(models.AbstractModel):
    """Several documents of a period, confirmed as the dialog shows them or not at all.

    A concrete dialog has the documents in `statement_ids`, and the sums that it shows.
    """

    _name = "rural.period.document.confirm"
    _description = "Dialog that confirms documents as they are shown"

    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id)
    # Not readonly: the web client sends back what it has shown, and it is not computed anew at the click.
    seen = fields.Json(
        compute="_compute_seen", store=True, readonly=False, help="The figures that are shown, by statement."
    )

    @api.depends("statement_ids")
    def _compute_seen(self):
        for wizard in self:
            wizard.seen = {str(statement._origin.id): statement._figures() for statement in wizard.statement_ids}

    def action_confirm(self):
        """Confirm the statements, unless their figures have changed since they were shown."""
        self.ensure_one()
        seen = {int(key): tuple(figures) for key, figures in (self.seen or {}).items()}
        changed = self.statement_ids._confirm(seen)
        if changed:
            return self.statement_ids._notify_changed(changed)
        return {"type": "ir.actions.act_window_close"}
