from odoo import api, fields, models
from odoo.tools import hmac

#: Hours in which the attempts of one sender are counted.
HOURS = 1
DAYS_KEPT = 7


class RuralApplicationAttempt(models.Model):
    """A sending of the public form, by a fingerprint of the network address it came from."""

    _name = "rural.application.attempt"
    _description = "Sending of the Application Form"
    _log_access = False

    sender = fields.Char(required=True, readonly=True, help="A fingerprint, from which the address cannot be told.")
    sent_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _sender_sent_at = models.Index("(sender, sent_at)")

    @api.model
    def _count_and_note(self, *senders):
        """Return the greatest number of earlier attempts of one of the senders in the last hour, and note this one."""
        prints = [hmac(self.env(su=True), "rural-application-attempt", sender) for sender in senders if sender]
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=HOURS)
        counts = [self.sudo().search_count([("sender", "=", each), ("sent_at", ">=", since)]) for each in prints]
        self.sudo().create([{"sender": each} for each in prints])
        return max(counts, default=0)

    @api.autovacuum
    def _gc_attempts(self):
        self.search([("sent_at", "<", fields.Datetime.subtract(fields.Datetime.now(), days=DAYS_KEPT))]).unlink()
