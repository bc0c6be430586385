from odoo import fields, models


class RuralLoadIssue(models.Model):
    _name = "rural.load.issue"
    _description = "Rejected Row or Warning of a Data Load"
    _order = "run_id desc, row_number, id"
    _rec_name = "message"

    run_id = fields.Many2one("rural.load.run", "Load", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id")
    kind = fields.Selection([("rejected", "Rejected"), ("warning", "Warning")], required=True, readonly=True)
    row_number = fields.Integer(
        "Row", readonly=True, help="As the file shows it; through all sheets when several have been read."
    )
    sheet = fields.Char("Sheet and Row", readonly=True, help="Named when several sheets have been read.")
    record_key = fields.Char("Key", readonly=True, help="What identifies the row in the file.")
    column = fields.Char(readonly=True)
    reason = fields.Char(readonly=True)
    message = fields.Text("What is wrong", readonly=True)
