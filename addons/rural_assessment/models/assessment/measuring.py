from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.models.mail_thread import UNTRACKED

from ... import rules

#: Parameters of the weights, in the order of SC-16.
WEIGHTS = tuple(f"assessment_weight_{name}" for name in rules.INDICATORS)
TIER_FROM, TIER_COEFFICIENT = "assessment_tier_%s_from", "assessment_tier_%s_coefficient"
#: Stages of agreements that came into force.
AGREEMENT_STAGES = ("active", "ended")
STAFF = ("rural_base.group_operations", "rural_base.group_settlement_officer")
#: Columns of a reward line, as due and as kept.
REWARD_COLUMNS = (
    "assessment_line_id", "center_id", "supplier_id", "pool_entry_id", "year", "kind",
    "line_count", "base", "incentive_rate", "coefficient", "reward",
)  # fmt: skip


class RuralAssessment(models.Model):
    """How the figures of a draft come about."""

    _inherit = "rural.assessment"

    @api.model
    def _prepare(self, company, year):
        """Make the draft of a year, or bring the present one up to date (SC-16).

        Whoever calls it has prepared the figures, and will not be the one to review them.

        :raises UserError: when the year has been reviewed already, or no center has an agreement
        """
        self._check_group(*STAFF)
        if not self._is_system() and company not in self.env.companies:
            raise AccessError(self.env._("%s is not among your companies.", company.sudo().name))
        assessment = self.sudo().search(
            [("company_id", "=", company.id), ("year", "=", year), ("state", "!=", "cancelled")]
        )
        if not assessment:
            assessment = self.sudo().create({"company_id": company.id, "year": year})
        assessment._check_state("draft")
        assessment._write_prepared()
        assessment._refresh()
        if not assessment.line_ids:
            raise UserError(
                self.env._("No center of %(company)s has an agreement for %(year)s.", company=company.name, year=year)
            )
        return self.browse(assessment.ids)

    def action_refresh(self):
        """Bring a draft up to date with orders, agreements and surveys."""
        for assessment in self:
            assessment._prepare(assessment.company_id, assessment.year)

    @api.model
    def _cron_refresh(self):
        """Bring all drafts up to date, with one of the running year for each company with agreements."""
        year = china_time.today().year
        in_force = self.env["rural.center.agreement"].search(
            [("year", "=", year), ("stage", "in", AGREEMENT_STAGES)], order="id"
        )
        assessed = self.search([("year", "=", year), ("state", "!=", "cancelled")]).company_id
        for company in in_force.company_id - assessed:
            self._prepare(company, year)
        self.search([("state", "=", "draft")])._refresh()

    def _refresh(self):
        """Measure the centers of drafts anew and write down what they are rewarded with."""
        for assessment in self.sudo().with_context(tracking_disable=UNTRACKED):
            assessment._check_state("draft")
            self.env["rural.order.line"].with_company(assessment.company_id)._lock_settlement()
            assessment._align_lines()
            assessment._measure_lines()
            assessment._write_rewards()
            assessment.measured_at = fields.Datetime.now()

    # ------------------------------------------------------------------
    # Which centers
    # ------------------------------------------------------------------

    def _align_lines(self):
        """Have a line for each center with an agreement of the year, or with something left of earlier years."""
        agreements = {agreement.center_id: agreement for agreement in self._agreements()}
        centers = self.env["rural.service.center"].union(*agreements) if agreements else self._no_centers()
        centers |= self._centers_with_adjustments() - centers
        lines = {line.center_id: line for line in self.line_ids}
        self.env["rural.assessment.line"].union(
            *(line for center, line in lines.items() if center not in centers)
        ).unlink()
        missing = centers.filtered(lambda center: center not in lines)
        self.env["rural.assessment.line"].create(
            [{"assessment_id": self.id, "center_id": center.id} for center in missing]
        )
        for line in self.line_ids:
            line.agreement_id = agreements.get(line.center_id)

    def _no_centers(self):
        return self.env["rural.service.center"]

    def _agreements(self):
        """Hook: return the agreements of the year that came into force."""
        centers = self.env["rural.service.center"].with_context(active_test=False)
        agreements = self.env["rural.center.agreement"]._of_year(
            centers.search([("company_id", "=", self.company_id.id)]), self.year
        )
        return agreements.filtered(lambda agreement: agreement.stage in AGREEMENT_STAGES)

    def _centers_with_adjustments(self):
        """Return the centers of earlier years with final figures whose orders are worth something else by now."""
        final = self.env["rural.assessment.line"].search_count(
            [("company_id", "=", self.company_id.id), ("state", "in", self._live_states), ("year", "<", self.year)],
            limit=1,
        )
        if not final:
            return self._no_centers()
        self.env["rural.reward.due"]._flush_due()
        self.env.cr.execute(self.env["rural.reward.due"]._changed_query(self))
        return self._no_centers().browse(center_id for (center_id,) in self.env.cr.fetchall())

    # ------------------------------------------------------------------
    # Indicators and coefficient
    # ------------------------------------------------------------------

    def _measure_lines(self):
        weights, tiers = self._weights(), self._tiers()
        measured = self.env["rural.indicator"]._measure(self.company_id, self.year, self.line_ids.center_id)
        for line in self.line_ids:
            line._take_measures(measured[line.center_id.id])
            line._judge(weights.mapped(_exact), [tuple(map(_exact, tier)) for tier in tiers])
        used = weights + self.env["rural.parameter.value"].union(*(version for tier in tiers for version in tier))
        self.parameter_ids = used
        self.center_count = len(self.line_ids)
        self.met_count = len(self.line_ids.filtered("all_met"))

    def _weights(self):
        """Return the versions of the weights, in the order of SC-16."""
        versions = [self._parameter(code) for code in WEIGHTS]
        values = [version.value for version in versions]
        if min(values) < 0 or not any(values):
            raise UserError(
                self.env._(
                    "The weights of the assessment of %s must not be negative, and one must be above 0. Set them under "
                    "Configuration.",
                    self.year,
                )
            )
        return self.env["rural.parameter.value"].concat(*versions)

    def _tiers(self) -> list:
        """Return the tiers: pairs of versions, the least share and its coefficient.

        Two are delivered; a third parameter pair of the same pattern is a third tier.
        """
        parameters = self.env["rural.parameter"].search([("code", "=like", TIER_FROM % "%")])
        prefix, suffix = TIER_FROM.split("%s")
        names = [code.removeprefix(prefix).removesuffix(suffix) for code in parameters.mapped("code")]
        return [(self._parameter(TIER_FROM % name), self._parameter(TIER_COEFFICIENT % name)) for name in names]

    def _parameter(self, code):
        _first, last = rules.year_days(self.year)
        return self.env["rural.parameter"]._value_on(code, last, self.company_id)

    # ------------------------------------------------------------------
    # Rewards
    # ------------------------------------------------------------------

    def _write_rewards(self):
        """Write the reward lines of the draft anew, by one statement of SQL (SC-18)."""
        self.env["rural.reward.due"]._flush_due()
        cr = self.env.cr
        cr.execute(SQL("DELETE FROM rural_reward_line WHERE assessment_id = %s", self.id))
        columns = SQL(", ").join(map(SQL.identifier, REWARD_COLUMNS))
        cr.execute(
            SQL(
                """
                INSERT INTO rural_reward_line (assessment_id, company_id, %(columns)s)
                SELECT %(assessment)s, %(company)s, %(columns)s FROM (%(due)s) due
                 ORDER BY center_id, kind DESC, year, supplier_id, pool_entry_id
                """,
                columns=columns,
                assessment=self.id,
                company=self.company_id.id,
                due=self.env["rural.reward.due"]._due_query(self),
            )
        )
        self.env["rural.reward.line"].invalidate_model()
        self.invalidate_recordset(["reward_line_ids"])
        self.line_ids.invalidate_recordset(["reward_line_ids"])
        self.line_ids._add_up()
        self.total = sum(self.line_ids.mapped("reward"))
        # Of each code once: what a provincial center's indicator holds of its children is theirs (SC-16).
        own = self.reward_line_ids.filtered(lambda line: line.kind == "reward")
        self.market_revenue = sum(own.mapped("base"))

    def _figures(self) -> tuple:
        self.ensure_one()
        return (self.center_count, self.met_count, round(self.total, 2), self.figures_key)

    def _refresh_figures(self):
        self._refresh()


def _exact(version) -> Decimal:
    return Decimal(str(version.value))
