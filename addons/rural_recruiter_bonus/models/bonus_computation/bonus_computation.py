import re
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError

KINDS = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
PATTERNS = {"month": r"(\d{4})-(\d{2})", "quarter": r"(\d{4})Q([1-4])", "year": r"(\d{4})"}


class RuralBonusComputation(models.AbstractModel):
    """What recruiters are due for a period: gathered from merchants, complaints and posts, computed by the rules.

    It reads and returns, and stores nothing: a run stores what it is given, a trial compares it.
    """

    _name = "rural.bonus.computation"
    _description = "Computation of bonuses"

    @api.model
    def _period_of(self, kind, text) -> date:
        """Return the first day of a period as people write it: 2023-05, 2023Q2, 2023.

        :raises UserError: when it is written differently
        """
        match = re.fullmatch(PATTERNS[kind], text or "")
        if match:
            year, part = int(match[1]), int(match[2]) if match.lastindex > 1 else 1
            month = (part - 1) * MONTHS[kind] + 1
            if year >= 1 and month <= 12:
                return date(year, month, 1)
        raise UserError(
            self.env._("A month is written as 2023-05, a quarter as 2023Q2, a year as 2023, not as %s.", text)
        )

    @api.model
    def _period_label(self, kind, day) -> str:
        """Return a period as people write it."""
        labels = {"month": f"{day:%Y-%m}", "quarter": f"{day.year}Q{(day.month + 2) // 3}", "year": f"{day.year}"}
        return labels[kind]

    @api.model
    def _period_start(self, kind, day) -> date:
        """Return the first day of the period in which a day lies."""
        months = MONTHS[kind]
        return date(day.year, (day.month - 1) // months * months + 1, 1)

    @api.model
    def _period_end(self, kind, first) -> date:
        """Return the last day of the period that begins on a day."""
        return first + relativedelta(months=MONTHS[kind], days=-1)

    @api.model
    def _lines(self, kind, first, company, scheme, employees=None, shares=None, pool=None, until=None) -> list[dict]:
        """Return what everybody is due for a period: `employee_id`, `clause`, `amount` (Decimal), `inputs` (JSON).

        :param scheme: whose numbers count
        :param employees: only these persons; by default all
        :param shares: for a year: who shares in it
        :param pool: for a year: what there is to share, where it is known already
        :param date until: for an estimate: the last day that counts
        """
        computation = self.sudo().with_company(company).with_context(allowed_company_ids=company.ids)
        if kind == "month":
            managers = computation._managers(first, self._period_end(kind, first), company)
            lines = [
                line
                for line in computation._month_lines(first, company, scheme, employees)
                if line["clause"] == "MA-41" or line["employee_id"] not in managers
            ]
        elif kind == "quarter":
            lines = computation._quarter_lines(first, company, scheme, employees, until)
        else:
            lines = computation._year_lines(first, company, scheme, shares, pool)
        return [line for line in lines if employees is None or line["employee_id"] in employees.ids]
