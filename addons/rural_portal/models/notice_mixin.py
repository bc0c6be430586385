from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.rural_base import china_time


class RuralNoticeMixin(models.AbstractModel):
    """A notice that people outside read on their portal, with a receipt of each of them.

    What they read stays as long as it is published; published anew, it is read anew. A concrete model adds whom it
    is for, and a record rule that shows it to them once it is published.
    """

    _name = "rural.notice.mixin"
    _description = "Notice on a portal"
    _inherit = ["rural.step.mixin", "rural.files.mixin", "mail.thread", "mail.activity.mixin"]
    _editable_states = ("draft", "withdrawn")
    _always_writable = frozenset({"important"})
    _open_file_states = ("draft", "withdrawn")
    #: who publishes and withdraws
    _publisher_groups = ("rural_base.group_operations",)

    name = fields.Char("Title", required=True, tracking=True)
    body = fields.Html(required=True, sanitize_attributes=True, sanitize_form=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    important = fields.Boolean(tracking=True, help="Stays at the top of the list.")
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
        group_expand=True,
    )
    published_on = fields.Date(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False, groups="base.group_user")
    receipt_ids = fields.One2many(
        "rural.notice.receipt",
        "res_id",
        "Receipts",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    reader_ids = fields.Many2many(
        "res.users", string="Read By", compute="_compute_readers", compute_sudo=True, groups="base.group_user"
    )
    reader_count = fields.Integer("Readers", compute="_compute_readers", compute_sudo=True, groups="base.group_user")

    @api.depends("receipt_ids")
    def _compute_readers(self):
        for notice in self:
            notice.reader_ids = notice.receipt_ids.user_id
            notice.reader_count = len(notice.receipt_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        for notice in self.filtered("published_on"):
            raise UserError(self.env._("%s has been published and is kept. Withdraw it instead.", notice.name))

    def action_publish(self):
        """Show the notices on the portals of those they are for."""
        self._check_publisher()
        self._check_state("draft", "withdrawn")
        for notice in self:
            notice._check_audience()
        self.sudo().receipt_ids.unlink()
        self.sudo().write({"state": "published", "published_on": china_time.today(), "published_by_id": self.env.uid})

    def action_withdraw(self):
        """Take notices off the portals."""
        self._check_publisher()
        self._check_state("published")
        self.sudo().write({"state": "withdrawn"})

    def _check_publisher(self):
        self._check_group(*self._publisher_groups)
        self.check_access("write")

    def _check_audience(self):
        """Hook: refuse a notice that is for nobody."""

    def _note_reader(self):
        """Remember that the present user has read the notice, and when first."""
        self.ensure_one()
        self.check_access("read")
        # Two taps at once make one receipt.
        self.env.cr.execute(
            SQL(
                """INSERT INTO rural_notice_receipt (res_model, res_id, company_id, user_id, read_at, create_uid,
                                                     create_date, write_uid, write_date)
                   VALUES (%(model)s, %(id)s, %(company)s, %(user)s, %(now)s, %(user)s, %(now)s, %(user)s, %(now)s)
                   ON CONFLICT DO NOTHING""",
                model=self._name,
                id=self.id,
                company=self.sudo().company_id.id,
                user=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_recordset(["receipt_ids", "reader_ids", "reader_count"])
        self.env["rural.notice.receipt"].invalidate_model()

    def _unread(self):
        """Return those of the notices that the present user has not opened."""
        read = self.env["rural.notice.receipt"]._read_by(self._name, self.ids, self.env.user)
        return self.filtered(lambda notice: notice.id not in read)
