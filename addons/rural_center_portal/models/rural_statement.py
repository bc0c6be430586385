from odoo import api, fields, models
from odoo.exceptions import UserError

#: Characters of an objection.
LONGEST_TEXT = 2000


class RuralStatement(models.Model):
    """A center answers its statement on the portal: it agrees, or objects to a line (SC-13, SC-20)."""

    _inherit = "rural.statement"

    def _is_open_to_center(self) -> bool:
        """Tell whether the center may still agree or object."""
        self.ensure_one()
        return self.state == "confirmed" and self.dispute_deadline >= fields.Datetime.now()

    def _agree_as_center(self):
        """Take the center's agreement, which ends its days to dispute.

        :raises AccessError: for everybody but the center
        :raises UserError: when it is too late, or an objection is not answered yet
        """
        self.ensure_one()
        self.center_id._check_portal_own()
        self.sudo()._lock_objections()
        self._check_open_to_center()
        if self.agreed_at:
            raise UserError(self.env._("%s is agreed already.", self.name))
        if self.open_dispute_count:
            raise UserError(self.env._("You have objected to %s. Wait for the answer before you agree.", self.name))
        self._write_agreement(self.env._("On its portal, as %s", self.env.user.login))
        self.sudo().message_post(body=self.env._("The center agrees with the statement, on its portal."))

    def _dispute_as_center(self, text, line_id=None):
        """Take the center's objection to a line, or to one that is missing.

        :return: the dispute
        :raises AccessError: for everybody but the center
        :raises UserError: when it is too late, says nothing, or was said already
        """
        self.ensure_one()
        self.center_id._check_portal_own()
        self._check_open_to_center()
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write what you object to."))
        if len(text) > LONGEST_TEXT:
            raise UserError(self.env._("Keep the objection within %s characters.", LONGEST_TEXT))
        open_disputes = self.sudo().dispute_ids.filtered(lambda dispute: dispute.state == "open")
        if line_id and line_id in open_disputes.line_id.ids:
            raise UserError(self.env._("You have objected to this line already. Wait for the answer."))
        dispute = (
            self.env["rural.statement.dispute"]
            .sudo()
            .create({"statement_id": self.id, "line_id": line_id, "text": text})
        )
        dispute._ask_for_answer()
        return dispute

    def _check_open_to_center(self):
        self._check_state("confirmed")
        if not self._is_open_to_center():
            raise UserError(
                self.env._(
                    "%(statement)s could be answered until %(deadline)s. A later correction of the order "
                    "becomes an adjustment.",
                    statement=self.name,
                    deadline=self._china_time(self.dispute_deadline),
                )
            )

    @api.model
    def _portal_waiting_domain(self):
        """Return the domain of the statements that wait for a word of the center."""
        return [
            ("state", "=", "confirmed"),
            ("agreed_at", "=", False),
            ("dispute_deadline", ">=", fields.Datetime.now()),
        ]
