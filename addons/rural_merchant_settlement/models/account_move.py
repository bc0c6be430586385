from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    rural_merchant_statement_id = fields.Many2one(
        "rural.merchant.statement",
        "Merchant Statement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _rural_source_fields(self):
        return (*super()._rural_source_fields(), "rural_merchant_statement_id")

    def _rural_undo_message(self):
        statement = self.rural_merchant_statement_id.sudo()
        if not statement:
            return super()._rural_undo_message()
        return self.env._(
            "%(move)s was made by the statement %(statement)s. Cancel the statement instead, which reverses the entry.",
            move=self.display_name,
            statement=statement.name,
        )

    def action_view_rural_merchant_statement(self):
        """Show the merchant's statement that made the entry."""
        return self.rural_merchant_statement_id._get_records_action()
