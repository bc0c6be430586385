from odoo import api, fields, models

ANSWERS = [("ok", "In Order"), ("problem", "Problem"), ("not_checked", "Not Checked")]


class RuralStationCheckAnswer(models.Model):
    """What an inspector has found about one item of the checklist, with photos as evidence (ST-06)."""

    _name = "rural.station.check.answer"
    _description = "Answer to an Item of an Inspection"
    _inherit = ["rural.files.mixin"]
    _order = "inspection_id, number, id"
    _rec_name = "item_id"
    _open_file_states = ()

    inspection_id = fields.Many2one(
        "rural.station.inspection", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="inspection_id.company_id", store=True, index=True, precompute=True)
    item_id = fields.Many2one("rural.station.check.item", required=True, readonly=True, index=True, ondelete="restrict")
    number = fields.Integer(related="item_id.number", store=True, aggregator=None)
    subject = fields.Selection(related="item_id.subject")
    answer = fields.Selection(ANSWERS, required=True, readonly=True, default="not_checked")
    note = fields.Char(readonly=True)
    is_photo_missing = fields.Boolean("Photo Missing", compute="_compute_is_photo_missing")

    _once = models.UniqueIndex("(inspection_id, item_id)", "An inspection answers each item once.")

    @api.depends("attachment_ids", "answer", "item_id.needs_photo")
    def _compute_is_photo_missing(self):
        for answer in self:
            answer.is_photo_missing = (
                answer.item_id.needs_photo and answer.answer != "not_checked" and not answer.sudo().attachment_ids
            )

    def _decided_by_papers(self):
        return self
