from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time


class RuralCenterNotice(models.Model):
    """A notice that centers read on their portal: policies, training, campaigns (SC-20).

    What they read, and who they are, stays as long as it is published.
    """

    _name = "rural.center.notice"
    _description = "Notice to Centers"
    _inherit = ["rural.step.mixin", "rural.files.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "published_on desc, id desc"
    _check_company_auto = True
    _editable_states = ("draft", "withdrawn")
    _always_writable = frozenset({"important"})
    _open_file_states = ("draft", "withdrawn")

    name = fields.Char("Title", required=True, tracking=True)
    body = fields.Html(required=True, sanitize_attributes=True, sanitize_form=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    audience = fields.Selection(
        [
            ("all", "All Centers"),
            ("province", "Provincial Centers"),
            ("chosen", "Chosen Centers"),
        ],
        required=True,
        default="all",
        tracking=True,
    )
    center_ids = fields.Many2many(
        "rural.service.center", string="Centers", check_company=True, groups="base.group_user"
    )
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
    reader_ids = fields.Many2many("res.users", string="Read By", readonly=True, copy=False, groups="base.group_user")
    reader_count = fields.Integer(
        "Readers", compute="_compute_reader_count", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("reader_ids")
    def _compute_reader_count(self):
        for notice in self:
            notice.reader_count = len(notice.reader_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        for notice in self.filtered("published_on"):
            raise UserError(self.env._("%s has been published and is kept. Withdraw it instead.", notice.name))

    def action_publish(self):
        """Show the notices on the portals of their centers."""
        self._check_operations()
        self._check_state("draft", "withdrawn")
        for notice in self:
            if notice.audience == "chosen" and not notice.center_ids:
                raise UserError(self.env._("Choose the centers that shall read %s.", notice.name))
        self.sudo().write(
            {
                "state": "published",
                "published_on": china_time.today(),
                "published_by_id": self.env.uid,
                "reader_ids": [fields.Command.clear()],
            }
        )

    def action_withdraw(self):
        """Take notices off the portals."""
        self._check_operations()
        self._check_state("published")
        self.sudo().write({"state": "withdrawn"})

    def _note_reader(self):
        """Remember that the present user has read the notice."""
        self.ensure_one()
        if self.env.user not in self.sudo().reader_ids:
            self.sudo().write({"reader_ids": [fields.Command.link(self.env.uid)]})

    def _unread(self):
        """Return those of the notices that the present user has not opened."""
        return self.filtered(lambda notice: self.env.user not in notice.sudo().reader_ids)

    def _check_operations(self):
        self._check_group("rural_base.group_operations")
        self.check_access("write")
