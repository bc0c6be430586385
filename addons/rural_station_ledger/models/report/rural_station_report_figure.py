from odoo import fields, models

from ..rural_station_service import KINDS


class RuralStationReportFigure(models.Model):
    """What the ledger said of a kind of service when a daily report was handed in (ST-05).

    It stays as it was: what the ledger says of the day later on stands in the ledger.
    """

    _name = "rural.station.report.figure"
    _description = "Ledger of the Day in a Daily Report"
    _order = "report_id desc, id"
    _rec_name = "kind"

    report_id = fields.Many2one("rural.station.report", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="report_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    station_id = fields.Many2one(related="report_id.station_id", store=True, precompute=True, index=True)
    day = fields.Date(related="report_id.day", store=True, precompute=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    count = fields.Integer("Entries", readonly=True)
    quantity = fields.Float(digits=(16, 4), readonly=True)
    amount = fields.Monetary(readonly=True, help="What passed over the counter, without the service charge.")
    turnover = fields.Monetary(readonly=True)
    charge = fields.Monetary("Service Charge", readonly=True)
