from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .. import china_time
from ..file_types import is_document

#: Bytes in a megabyte, as file managers show it.
MEGABYTE = 1024 * 1024


class RuralDocumentMixin(models.AbstractModel):
    """A document that somebody handed in: its kind, files, number and last day (SC-02).

    A concrete model adds the record that the document belongs to and names that field in `_document_owner`;
    access to a document and to its files is that of the concrete model. Once a day, whoever `_reminder_user`
    returns is reminded of documents that end soon, by an activity on the owner.
    """

    _name = "rural.document.mixin"
    _inherit = ["rural.day.state.mixin", "rural.papers.mixin"]
    _description = "Document"
    _order = "kind_id, id"
    _rec_name = "kind_id"
    _document_owner = None

    kind_id = fields.Many2one("rural.document.kind", required=True, index=True, ondelete="restrict")
    number = fields.Char("Document Number")
    valid_until = fields.Date(help="The last day on which it is valid.")
    is_long_term = fields.Boolean("Long-Term", help="The document itself says that it has no last day.")
    attachment_ids = fields.One2many("ir.attachment", "res_id", "Attachments", domain=[("res_field", "=", False)])
    file_ids = fields.Many2many(
        "ir.attachment", string="Files", compute="_compute_file_ids", inverse="_inverse_file_ids"
    )
    needs_number = fields.Boolean(related="kind_id.needs_number")
    has_expiry = fields.Boolean(related="kind_id.has_expiry")
    state = fields.Selection(
        selection="_selection_of_state",
        compute="_compute_state",
        search="_search_state",
        help="As of today in China.",
    )
    reminded_of = fields.Date(readonly=True, copy=False, help="The last day of which somebody was reminded.")

    @api.model
    def _selection_of_state(self):
        labels = self.env._("Valid"), self.env._("Expires Soon"), self.env._("Expired")
        return list(zip(("valid", "expiring", "expired"), labels, strict=True))

    @api.depends("attachment_ids")
    def _compute_file_ids(self):
        for document in self:
            document.file_ids = document.attachment_ids

    def _inverse_file_ids(self):
        for document in self:
            kept = document.file_ids
            document._take_over(kept - document.attachment_ids)
            (document.attachment_ids - kept).unlink()
            document.invalidate_recordset(["attachment_ids", "file_ids"])

    @api.model
    def _state_depends(self):
        return ("valid_until", "is_long_term", "kind_id.has_expiry", "kind_id.reminder_days")

    @api.onchange("kind_id", "is_long_term")
    def _onchange_is_long_term(self):
        if self.is_long_term or not self.has_expiry:
            self.valid_until = False

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    def _add_file(self, name, content):
        """Keep a file with the document.

        :raises UserError: when it is no document or too big
        """
        self.ensure_one()
        self._check_file(name, content)
        attachment = self.env["ir.attachment"].create(
            {"name": name, "raw": content, "res_model": self._name, "res_id": self.id}
        )
        self.invalidate_recordset(["attachment_ids", "file_ids"])
        return attachment

    def _take_over(self, attachments):
        """Take files that were uploaded for the document; another record's file is not taken away from it."""
        for attachment in attachments:
            if attachment.res_id or attachment.res_field:
                raise UserError(self.env._("%s belongs to another record. Upload it again.", attachment.name))
            self._check_file(attachment.name, attachment.raw)
        attachments.write({"res_model": self._name, "res_id": self.id})

    @api.model
    def _check_file(self, name, content):
        refusal = self._refusal_of_file(name, content)
        if refusal:
            raise UserError(refusal)

    @api.model
    def _refusal_of_file(self, name, content):
        """Say why a file is not taken, naming it; None where it is."""
        megabytes = self._max_megabytes()
        if len(content) > megabytes * MEGABYTE:
            return self.env._(
                "%(file)s is bigger than %(limit)s MB. Make it smaller and choose it again.",
                file=name,
                limit=f"{megabytes:g}",
            )
        if not content:
            return self.env._("%s is empty.", name)
        if not is_document(name, content):
            return self.env._(
                "%s is not what its name says, or not a document. PDF, JPEG, PNG and Word files are taken.", name
            )
        return None

    @api.model
    def _max_megabytes(self):
        today = china_time.today()
        return self.env["rural.parameter"].sudo()._value_on("document_max_megabytes", today).value

    def _copy_files_to(self, other):
        """Give another document the same files."""
        for attachment in self.attachment_ids:
            other._add_file(attachment.name, attachment.raw)

    # ------------------------------------------------------------------
    # What is missing, what ends
    # ------------------------------------------------------------------

    def _incomplete(self):
        """Return sentences that name what these documents lack."""
        missing = []
        for document in self:
            kind = document.kind_id
            if not document.attachment_ids:
                missing.append(self.env._("%s: the file", kind.name))
            if kind.needs_number and not document.number:
                missing.append(self.env._("%s: the number", kind.name))
            if kind.has_expiry and not document.valid_until and not document.is_long_term:
                missing.append(self.env._("%s: the last day, or that it is long-term", kind.name))
            if document.state == "expired":
                missing.append(self.env._("%s: it has expired", kind.name))
        return missing

    @api.model
    def _state_domains(self):
        """What each state means today in China, with the days of reminder of each kind."""
        today = china_time.today()
        ends = Domain([("kind_id.has_expiry", "=", True), ("is_long_term", "=", False), ("valid_until", "!=", False)])
        expired = ends & Domain("valid_until", "<", today)
        soon = Domain.OR(
            Domain("kind_id.reminder_days", "=", days) & Domain("valid_until", "<=", fields.Date.add(today, days=days))
            for days in self._reminder_days()
        )
        return {
            "valid": ~(ends & soon) & ~expired,
            "expiring": ends & soon & ~expired,
            "expired": expired,
        }

    @api.model
    def _reminder_days(self):
        groups = self.env["rural.document.kind"].sudo().with_context(active_test=False)
        return [days for (days,) in groups._read_group([], ["reminder_days"])]

    @api.model
    def _remind(self):
        due = self.search(Domain("state", "in", ("expiring", "expired")) & self._reminder_domain())
        for document in due.filtered(lambda document: document.reminded_of != document.valid_until):
            owner, user = document._reminder_owner(), document._reminder_user()
            if owner and user:
                speaking = document.with_context(lang=user.lang)
                owner.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=document.valid_until,
                    summary=speaking.env._("%s ends: ask for the new one", speaking.kind_id.name),
                    user_id=user.id,
                )
            document.reminded_of = document.valid_until

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    @api.model
    def _reminder_domain(self):
        """Return which documents somebody still looks after."""
        return Domain.TRUE

    def _reminder_owner(self):
        """Return the record that gets the activity."""
        return self[self._document_owner]

    def _reminder_user(self):
        """Return who is reminded that the document ends."""
        return self.create_uid
