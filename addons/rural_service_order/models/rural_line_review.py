from odoo import api, fields, models
from odoo.exceptions import UserError


class RuralLineReview(models.Model):
    """Exceptions that somebody has looked at and leaves as they are, with a word why (SC-12).

    It holds for the lines as they were: one whose facts change is to be looked at again.
    """

    _name = "rural.line.review"
    _description = "Exceptions Looked At"
    _order = "id desc"
    _rec_name = "note"

    note = fields.Char("Word", required=True, help="Why the lines stay as they are.")
    line_ids = fields.Many2many(
        "rural.order.line", "rural_line_review_line_rel", "review_id", "line_id", "Order Lines", required=True
    )
    line_count = fields.Integer("Lines", compute="_compute_line_count")
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    create_uid = fields.Many2one("res.users", "Looked At By", readonly=True)
    create_date = fields.Datetime("Looked At On", readonly=True)

    @api.depends("line_ids")
    def _compute_line_count(self):
        for review in self:
            review.line_count = len(review.line_ids)

    @api.model_create_multi
    def create(self, vals_list):
        """Tick the lines off.

        :raises UserError: for a line that is no exception, or that somebody has ticked off meanwhile
        """
        self.check_access("create")
        entered = [{name: vals[name] for name in ("note", "line_ids") if name in vals} for vals in vals_list]
        # The company is that of the lines, which only the new record knows.
        reviews = super(RuralLineReview, self.sudo()).create(entered).sudo(self.env.su)
        for review in reviews:
            review._tick_off()
        return reviews

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What has been looked at is kept for ever. Put the lines back instead."))

    def _tick_off(self):
        review = self.sudo()
        review.note = self.env["rural.step.mixin"]._check_reason(review.note)
        lines = self.env["rural.order.line"].browse(review.line_ids.ids)
        lines.check_access("read")
        if len(lines.company_id) != 1:
            raise UserError(self.env._("Choose lines of one company."))
        for line in lines:
            if not line.needs_review:
                raise UserError(
                    self.env._(
                        "%(line)s is “%(outcome)s” and is not to be looked at. Choose the lines again.",
                        line=line.display_name,
                        outcome=line._outcome_label(),
                    )
                )
        review.company_id = lines.company_id
        lines.sudo().write({"review_id": self.id})
