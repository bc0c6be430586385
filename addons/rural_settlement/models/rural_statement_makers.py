from odoo import api, fields, models
from odoo.tools import SQL


class RuralStatement(models.Model):
    """Who has made a statement, and therefore neither confirms nor posts it (maker and checker)."""

    _inherit = "rural.statement"

    preparer_ids = fields.Many2many(
        "res.users",
        "rural_statement_preparer_rel",
        "statement_id",
        "user_id",
        "Preparers",
        readonly=True,
        copy=False,
        help="All who have brought in figures so far; once confirmed, all who made it.",
    )
    maker_ids = fields.Many2many(
        "res.users",
        compute="_compute_maker_ids",
        compute_sudo=True,
        string="Made By",
        help="Who prepared it, loaded its lines, or asked to accept one of them by hand or to withdraw that.",
    )
    can_confirm = fields.Boolean(compute="_compute_can_confirm")

    @api.depends("state", "prepared_by_id", "preparer_ids")
    def _compute_maker_ids(self):
        drafts = self.filtered(lambda statement: statement.state == "draft")
        makers = {}
        for company, statements in drafts.grouped("company_id").items():
            self.env["rural.due"]._flush_due()
            lines = SQL(
                """(SELECT statement.id AS statement_id, due.line_id FROM (%s) AS due
                      JOIN rural_statement AS statement USING (center_id, month)
                     WHERE statement.id = ANY(%s))""",
                self.env["rural.due"]._due_query(company, statements.center_id.ids),
                statements.ids,
            )
            for statement_id, user_id in self.env.execute_query(self._makers_query(lines)):
                makers.setdefault(statement_id, []).append(user_id)
        for statement in self:
            known = statement.prepared_by_id | statement.preparer_ids
            statement.maker_ids = known.union(known.browse(makers.get(statement._origin.id, ())))

    @api.depends("state", "month", "maker_ids")
    @api.depends_context("uid")
    def _compute_can_confirm(self):
        may = self.env.user.has_group("rural_base.group_settlement_manager")
        over = self._over()
        for statement in self:
            statement.can_confirm = (
                may
                and statement.state == "draft"
                and statement in over
                and self.env.user not in statement.sudo().maker_ids
            )

    @api.model
    def _makers_query(self, lines) -> SQL:
        """Return a query of who has brought lines to statements: statement_id, user_id.

        :param SQL lines: a relation with the columns `statement_id` and `line_id`
        """
        return SQL(
            """
            WITH line_of AS MATERIALIZED (
                SELECT lines.statement_id, line.id AS line_id, line.run_id
                  FROM %s AS lines
                  JOIN rural_order_line AS line ON line.id = lines.line_id
            ), loaded AS (
                SELECT DISTINCT statement_id, run_id FROM line_of
            )
            SELECT loaded.statement_id, run.user_id
              FROM loaded
              JOIN rural_load_run AS run ON run.id = loaded.run_id
             WHERE run.user_id IS NOT NULL
             UNION
            SELECT line_of.statement_id, maker.user_id
              FROM rural_line_acceptance AS acceptance
              JOIN line_of ON line_of.line_id = acceptance.line_id
        CROSS JOIN unnest(ARRAY[acceptance.requested_by_id, acceptance.withdrawal_requested_by_id]) AS maker (user_id)
             WHERE acceptance.state NOT IN ('requested', 'refused') AND maker.user_id IS NOT NULL
            """,
            lines,
        )

    def _keep_makers(self):
        """Write down who has made the statements; their lines may be loaded by others later."""
        self.flush_recordset(["prepared_by_id", "preparer_ids"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rural_statement_preparer_rel (statement_id, user_id)
                SELECT statement_id, user_id FROM (%s) AS makers
                    ON CONFLICT DO NOTHING
                """,
                self._makers_query(
                    SQL("(SELECT statement_id, line_id FROM rural_fee_entry WHERE statement_id = ANY(%s))", self.ids)
                ),
            )
        )
        self.invalidate_recordset(["preparer_ids", "maker_ids"])

    def _hand_makers_on(self, drafts):
        """Let who made these statements be makers of what takes the place of them."""
        for center, statements in self.sudo().grouped("center_id").items():
            for draft in drafts.sudo().filtered(lambda draft, center=center: draft.center_id == center):
                draft.preparer_ids |= statements.maker_ids
