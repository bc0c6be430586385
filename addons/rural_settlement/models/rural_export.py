from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_base.amounts import cents


class RuralExport(models.AbstractModel):
    _inherit = "rural.export"

    @api.model
    def _exports(self):
        return {**super()._exports(), "statements": self._statements}

    def _statements(self, company, run):
        """The statements that count, one for each center and month (SC-13)."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT center.service_code, to_char(statement.month, 'YYYY-MM'), statement.line_count,
                       statement.base, statement.fee
                  FROM rural_statement statement
                  JOIN rural_service_center center ON center.id = statement.center_id
                 WHERE statement.company_id = %s AND statement.state <> 'cancelled'
                 ORDER BY center.service_code, statement.month
                """,
                company.id,
            )
        )
        rows = (
            (code, month, lines, cents(base), cents(fee)) for code, month, lines, base, fee in self.env.cr.fetchall()
        )
        return ["code", "month", "lines", "base", "fee"], rows
