from odoo import fields, models

from ..fields import LeanMany2one

OUTCOMES = ("new", "updated", "unchanged", "duplicate")


class RuralLoadRow(models.Model):
    """What became of each accepted row of a file; written in bulk, never through the ORM."""

    _name = "rural.load.row"
    _description = "Row of a Data Load"
    _log_access = False
    _order = "run_id desc, row_number"
    _rec_name = "row_number"

    run_id = LeanMany2one("rural.load.run", "Load", required=True, readonly=True)
    row_number = fields.Integer("Row", required=True, readonly=True)
    record_id = fields.Many2oneReference(model_field="target", readonly=True)
    record_key = fields.Char("Key", readonly=True, help="Given for duplicates, which have no record.")
    target = fields.Char(compute="_compute_target")
    outcome = fields.Selection(
        [
            ("new", "New"),
            ("updated", "Updated"),
            ("unchanged", "Unchanged"),
            ("duplicate", "Duplicate"),
        ],
        required=True,
        readonly=True,
    )

    _by_run = models.Index("USING brin (run_id)")

    def _compute_target(self):
        for row in self:
            profile = row.run_id.profile
            row.target = profile and self.env["rural.load.profile"]._for(profile)._target


class RuralLoadProgress(models.Model):
    """How far a load is, for other sessions to see while its own transaction goes on."""

    _name = "rural.load.progress"
    _description = "Progress of a Data Load"
    _log_access = False

    run_id = LeanMany2one("rural.load.run", "Load", required=True, readonly=True)
    rows_read = fields.Integer(required=True, readonly=True)

    _one_per_run = models.UniqueIndex("(run_id)")
