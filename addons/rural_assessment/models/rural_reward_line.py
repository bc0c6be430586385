from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.percent import percent
from odoo.addons.rural_service_order.eligibility import EARNING

from ..rules import year_days


class RuralRewardLine(models.Model):
    """What a center is rewarded with for one pool entry of one supplier in a year (SC-18).

    Rounded once. Written anew with each measuring of a draft, by SQL alone; from the review on the database
    itself refuses to change or delete it.
    """

    _name = "rural.reward.line"
    _description = "Reward Line"
    _inherit = ["rural.explanation.mixin"]
    _order = "id"
    _rec_name = "pool_entry_id"
    _log_access = False

    assessment_id = fields.Many2one("rural.assessment", required=True, readonly=True, index=True, ondelete="cascade")
    assessment_line_id = fields.Many2one(
        "rural.assessment.line",
        "Assessment of the Center",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="assessment_id.state", string="State of the Assessment")
    center_id = fields.Many2one(
        "rural.service.center", "Service Center", required=True, readonly=True, index=True, ondelete="restrict"
    )
    supplier_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="restrict")
    pool_entry_id = fields.Many2one("rural.pool.entry", readonly=True, index="btree_not_null", ondelete="restrict")
    product_id = fields.Many2one(related="pool_entry_id.product_id")
    year = fields.Integer("Year of Completion", required=True, readonly=True, aggregator=None)
    kind = fields.Selection([("reward", "Reward"), ("adjustment", "Adjustment")], required=True, readonly=True)
    line_count = fields.Integer("Order Lines", readonly=True)
    base = fields.Monetary("Eligible Amount", required=True, readonly=True)
    incentive_rate = fields.Float(digits=(16, 6), readonly=True, aggregator=None)
    coefficient = fields.Float(digits=(16, 6), readonly=True, aggregator=None)
    reward = fields.Monetary(required=True, readonly=True)

    def init(self):
        """Let the database refuse changes of reviewed rewards, whoever asks for them."""
        result = super().init()
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION rural_reward_line_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT FROM rural_assessment run WHERE run.id = OLD.assessment_id AND run.state <> 'draft')
                THEN
                    RAISE EXCEPTION 'Reward line % is final: a later change is adjusted by the next run', OLD.id
                          USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
            END $$;
            CREATE OR REPLACE TRIGGER rural_reward_line_is_final
                BEFORE DELETE OR UPDATE ON rural_reward_line
                FOR EACH ROW EXECUTE FUNCTION rural_reward_line_is_final();
            """
        )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: there is one way to make a reward line.

        :raises UserError: always
        """
        raise UserError(self.env._("Reward lines are written when a year is measured."))

    def write(self, vals):
        """Refuse: a reward follows from orders, rates and targets.

        :raises UserError: always
        """
        raise UserError(self.env._("A reward line follows from orders, rates and targets. Nobody writes it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A reward line follows from orders, rates and targets. Nobody deletes it."))

    # ------------------------------------------------------------------
    # Where it leads
    # ------------------------------------------------------------------

    def action_view_order_lines(self):
        """Show the order lines that the rewards rest on."""
        keys = {(line.center_id.id, line.supplier_id.id, line.pool_entry_id.id, line.year) for line in self}
        domains = [
            [
                ("center_id", "=", center),
                ("supplier_id", "=", supplier),
                ("pool_entry_id", "=", pool_entry),
                ("completion_month", ">=", year_days(year)[0]),
                ("completion_month", "<=", year_days(year)[1]),
            ]
            for center, supplier, pool_entry, year in sorted(keys, key=str)
        ]
        domain = fields.Domain.OR(domains) & fields.Domain("outcome", "in", EARNING)
        action = self.env["rural.order.line"]._action_view(self.env._("Order Lines"))
        return {**action, "domain": list(domain)}

    def action_view_moves(self):
        """Show the journal entries that these rewards went into."""
        return self.assessment_line_id.action_view_moves()

    def _action_view(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_assessment.action_reward_line")
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}

    def _by_supplier(self) -> dict:
        """Return what each supplier bears: partner → yuan."""
        groups = self._read_group([("id", "in", self.ids)], ["supplier_id"], ["reward:sum"])
        currency = self.company_id.currency_id
        return {supplier: currency.round(reward) for supplier, reward in groups}

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("base", "incentive_rate", "coefficient", "reward", "kind")

    def _explain(self) -> dict:
        """SC-18: the factors, and for an adjustment why it is one."""
        self.ensure_one()
        values = {
            "count": self.line_count,
            "base": self._amount(self.base),
            "rate": percent(self.incentive_rate),
            "coefficient": f"{self.coefficient:g}",
            "reward": self._amount(self.reward),
            "supplier": self.supplier_id.display_name,
            "year": self.year,
        }
        if self.kind == "adjustment":
            sentence = self.env._(
                "Orders of %(year)s have changed since that year was posted: their eligible amount by %(base)s. At "
                "%(rate)s and the coefficient %(coefficient)s of that year, %(reward)s are adjusted, borne by "
                "%(supplier)s.",
                **values,
            )
        else:
            sentence = self.env._(
                "%(count)s order lines of %(year)s: %(base)s × %(rate)s × %(coefficient)s = %(reward)s, borne by "
                "%(supplier)s.",
                **values,
            )
        return {
            "clause": "SC-18",
            "parameter": self.pool_entry_id,
            "inputs": {
                self.env._("Eligible amount"): values["base"],
                self.env._("Extra incentive rate"): values["rate"],
                self.env._("Coefficient"): values["coefficient"],
            },
            "sentence": sentence,
        }
