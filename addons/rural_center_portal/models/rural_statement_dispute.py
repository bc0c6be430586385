from odoo import api, models


class RuralStatementDispute(models.Model):
    _inherit = "rural.statement.dispute"

    def _ask_for_answer(self):
        """Give the objection to whoever prepared the statement; a schedule's to whoever confirmed it."""
        for dispute in self:
            statement = dispute.statement_id
            people = (statement.prepared_by_id | statement.confirmed_by_id).filtered(
                lambda user: user.id != api.SUPERUSER_ID and not user.share
            )
            if people:
                dispute.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.with_context(lang=people[0].sudo().lang).env._("Answer the center's objection"),
                    user_id=people[0].id,
                )

    def _answer(self, state):
        result = super()._answer(state)
        for dispute in self.sudo():
            dispute.activity_unlink(["mail.mail_activity_data_todo"])
            asker = dispute.raised_by_id
            if asker.share:
                dispute.message_post(
                    body=self.with_context(lang=asker.lang).env._(
                        "Your objection to %(statement)s was answered: %(answer)s",
                        statement=dispute.statement_id.name,
                        answer=dispute.answer,
                    ),
                    partner_ids=asker.partner_id.ids,
                    subtype_xmlid="mail.mt_comment",
                )
        return result
