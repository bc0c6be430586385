from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command


class RuralBonusShare(models.Model):
    """How the head shares the managers' bonus of a year out (MA-27)."""

    _name = "rural.bonus.share"
    _description = "Manager's Share"
    _order = "run_id, id"
    _rec_name = "employee_id"

    run_id = fields.Many2one("rural.bonus.run", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, precompute=True)
    employee_id = fields.Many2one("hr.employee", "Manager", required=True, ondelete="restrict")
    weight = fields.Float(digits=(16, 6), required=True, default=1)
    successor_id = fields.Many2one("hr.employee", help="Who took over when the manager was transferred.")
    transferred_on = fields.Date(help="First day of the successor (MA-26).")

    _once = models.UniqueIndex("(run_id, employee_id)", "Everybody has one share.")
    _not_negative = models.Constraint("CHECK (weight >= 0)", "A weight is not negative.")
    _transfer_complete = models.Constraint(
        "CHECK ((successor_id IS NULL) = (transferred_on IS NULL))", "A transfer has a successor and a day."
    )

    @api.constrains("transferred_on", "successor_id", "employee_id")
    def _check_transfer(self):
        for share in self.filtered("transferred_on"):
            if not share.run_id.date_from <= share.transferred_on <= share.run_id.date_to:
                raise ValidationError(self.env._("A transfer lies within the year that is shared out."))
            if share.successor_id == share.employee_id:
                raise ValidationError(self.env._("The successor is somebody else."))

    @api.model_create_multi
    def create(self, vals_list):
        """Add shares while the run is a draft."""
        shares = super().create(vals_list)
        shares._check_run()
        shares._add_sharer()
        return shares

    def write(self, vals):
        """Change shares while the run is a draft, the one that they come to as well."""
        self._check_run()
        self._add_sharer()
        result = super().write(vals)
        self._check_run()
        return result

    def unlink(self):
        """Take shares out while the run is a draft."""
        self._check_run()
        self._add_sharer()
        return super().unlink()

    def _add_sharer(self):
        """Keep who shares out; the computation, which proposes shares by its rule, is nobody's hand."""
        if not self.env.su:
            self.sudo().run_id.write({"sharer_ids": [Command.link(self.env.uid)]})

    def _check_run(self):
        if any(run.state != "draft" for run in self.sudo().run_id):
            raise UserError(self.env._("The shares are settled: set the run back to draft first."))
