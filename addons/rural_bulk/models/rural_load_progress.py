from odoo import fields, models

from ..fields import LeanMany2one


class RuralLoadProgress(models.Model):
    """How far a load is, for other sessions to see while its own transaction goes on."""

    _name = "rural.load.progress"
    _description = "Progress of a Data Load"
    _log_access = False

    run_id = LeanMany2one("rural.load.run", "Load", required=True, readonly=True)
    rows_read = fields.Integer(required=True, readonly=True)

    _one_per_run = models.UniqueIndex("(run_id)")
