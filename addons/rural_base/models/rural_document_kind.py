from odoo import api, fields, models


class RuralDocumentKind(models.Model):
    """A kind of document that somebody has to hand in, such as a business licence (SC-02)."""

    _name = "rural.document.kind"
    _description = "Kind of Document"
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The name by which the rules ask for it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Char(translate=True, help="What whoever hands it in should know.")
    name_words = fields.Char(
        "Words in File Names", help="A file with one of these words in its name is taken for this kind."
    )

    needs_number = fields.Boolean("Has a Number")
    has_expiry = fields.Boolean("Expires")
    reminder_days = fields.Integer(
        default=60, help="So many days before the last day, whoever looks after the document is reminded."
    )

    _code_unique = models.Constraint("UNIQUE (code)", "There is a kind of document with this code already.")
    _reminder_days_not_negative = models.Constraint(
        "CHECK (reminder_days >= 0)", "The days of a reminder cannot be negative."
    )

    def _of_file_name(self, name):
        """Return the kind that a file's name speaks of; none where it speaks of none or of several."""
        kinds = self.filtered(
            lambda kind: any(word.lower() in name.lower() for word in (kind.name_words or "").split())
        )
        return kinds if len(kinds) == 1 else self.browse()

    @api.model
    def _cron_remind(self):
        """Remind once of every document that ends, on each model that keeps documents."""
        for name in self.env.registry.models:
            if getattr(self.env[name], "_document_owner", None):
                self.env[name]._remind()
