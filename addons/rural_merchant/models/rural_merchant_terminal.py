from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.codes import clean_code
from odoo.addons.rural_bulk.fields import CodeChar

#: What recruiters' pay follows from: once a terminal stands, the head of recruiting's alone (MA-23, MA-24).
STAY_FIELDS = {"number", "merchant_id", "installed_on", "monthly_fee"}

#: Why a terminal was taken away: only the first one counts in the removal rate (MA-25).
REMOVALS = [
    ("ended", "The merchant's cooperation ended"),
    ("moved", "Moved to another place"),
    ("exchanged", "Exchanged for another terminal"),
    ("given_up", "Given up; the merchant goes on"),
]


class RuralMerchantTerminal(models.Model):
    """A terminal (POS) that stands, or stood, at a merchant (MA-08).

    One record is one stay: a terminal that moves on gets another record with the same number, so nothing
    of the history is lost.
    """

    _name = "rural.merchant.terminal"
    _description = "Terminal"
    _inherit = ["mail.thread", "rural.step.mixin"]
    _order = "merchant_id, installed_on, id"
    _rec_name = "number"
    _rec_names_search = ["number", "merchant_id"]
    _check_company_auto = True

    number = CodeChar("Terminal Number", required=True, index=True, tracking=True)
    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="restrict", tracking=True)
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    installed_on = fields.Date(required=True, default=lambda self: china_time.today(), tracking=True)
    removed_on = fields.Date(readonly=True, copy=False, tracking=True, help="The day on which it was taken away.")
    removal_kind = fields.Selection(
        REMOVALS,
        "What Became of It",
        readonly=True,
        copy=False,
        tracking=True,
        help="Only where the merchant's cooperation ended the removal counts in the removal rate (MA-25).",
    )
    removal_reason = fields.Char(readonly=True, copy=False, tracking=True)
    monthly_fee = fields.Monetary(
        compute="_compute_monthly_fee", store=True, precompute=True, readonly=False, required=True, tracking=True
    )
    is_stay_open = fields.Boolean(
        "Stay May Be Changed", compute="_compute_is_stay_open", help="By the reader: new ones, and all by the head."
    )
    is_standing = fields.Boolean("Standing", compute="_compute_is_standing", search="_search_is_standing")

    _stands_once = models.UniqueIndex(
        "(number, company_id) WHERE removed_on IS NULL", "This terminal stands at a merchant already."
    )
    _removed_after = models.Constraint(
        "CHECK (removed_on IS NULL OR removed_on >= installed_on)",
        "A terminal cannot be removed before it was installed.",
    )
    _fee_not_negative = models.Constraint("CHECK (monthly_fee >= 0)", "A monthly fee is not negative.")

    @api.depends("installed_on")
    def _compute_monthly_fee(self):
        for terminal in self:
            day = terminal.installed_on or china_time.today()
            parameter = self.env["rural.parameter"].sudo()._value_on("merchant_terminal_fee", day, terminal.company_id)
            terminal.monthly_fee = terminal.monthly_fee or parameter.value

    @api.depends_context("uid")
    def _compute_is_stay_open(self):
        is_head = self.env["rural.merchant"]._is_head()
        for terminal in self:
            terminal.is_stay_open = is_head or not terminal._origin

    @api.depends("removed_on")
    def _compute_is_standing(self):
        for terminal in self:
            terminal.is_standing = not terminal.removed_on

    def _search_is_standing(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("removed_on", "=" if True in value else "!=", False)]

    @api.depends("number", "merchant_id.name")
    def _compute_display_name(self):
        for terminal in self:
            terminal.display_name = f"{terminal.number} – {terminal.merchant_id.name}"

    @api.constrains("number", "merchant_id", "installed_on", "removed_on")
    def _check_one_place(self):
        """A terminal stands at one merchant at a time; on the day of a move it may be at both."""
        for terminal in self.sudo():
            same_number = self.sudo().search(
                [
                    ("number", "=", terminal.number),
                    ("company_id", "=", terminal.company_id.id),
                    ("id", "!=", terminal.id),
                ]
            )
            same_number.filtered(terminal._meets)._refuse_second_place()

    def _meets(self, other) -> bool:
        """Tell whether two stays of a number meet; at two merchants they may share the day of the move."""
        self.ensure_one()
        days = 0 if self.merchant_id == other.merchant_id else 1
        forever = fields.Date.to_date("9999-01-01")
        first, last = self.installed_on, self.removed_on or forever
        other_first, other_last = other.installed_on, other.removed_on or forever
        return (other_last - first).days >= days and (last - other_first).days >= days

    @api.model
    def _check_free(self, number, merchant_id):
        # Before the database does, which does not say where the terminal stands.
        company = self.env["rural.merchant"].sudo().browse(merchant_id or []).company_id
        domain = [("number", "=", clean_code(number or "")), ("removed_on", "=", False)]
        self.sudo().search([*domain, ("company_id", "=", company.id)])._refuse_second_place()

    def _refuse_second_place(self):
        for terminal in self:
            raise ValidationError(
                self.env._(
                    "Terminal %(number)s has been at %(merchant)s since %(day)s. Remove it there first.",
                    number=terminal.number,
                    merchant=terminal.merchant_id.name,
                    day=format_date(self.env, terminal.installed_on),
                )
            )

    @api.constrains("merchant_id", "installed_on")
    def _check_contract(self):
        for terminal in self:
            first = terminal.merchant_id.contract_from
            if terminal.merchant_id.stage not in ("signed", "installed", "dropped") or not first:
                raise ValidationError(
                    self.env._("%s has no contract yet: sign it before a terminal.", terminal.merchant_id.name)
                )
            if terminal.installed_on < first:
                raise ValidationError(
                    self.env._(
                        "The contract of %(merchant)s begins on %(day)s: a terminal stands there from then on.",
                        merchant=terminal.merchant_id.name,
                        day=format_date(self.env, first),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Install terminals; a signed merchant with one is installed."""
        for vals in vals_list:
            self._check_free(vals.get("number"), vals.get("merchant_id"))
        terminals = super().create(vals_list)
        terminals.sudo().merchant_id.filtered(lambda merchant: merchant.stage == "signed")._go_to("installed")
        return terminals

    def write(self, vals):
        """Keep the number and the merchant of a terminal that was used.

        :raises UserError: naming it
        """
        self.filtered(lambda terminal: terminal._becomes_another(vals))._refuse_used()
        return super().write(vals)

    def _check_may_write(self, vals):
        """Leave what pay follows from to the head of recruiting."""
        result = super()._check_may_write(vals)
        if STAY_FIELDS & vals.keys() and not self.env["rural.merchant"]._is_head():
            raise UserError(
                self.env._(
                    "%s stands already: the head of recruiting changes its number, merchant, day and fee.",
                    self[:1].display_name,
                )
            )
        return result

    def _becomes_another(self, vals) -> bool:
        """Tell whether values give the terminal another number or merchant."""
        self.ensure_one()
        number, merchant_id = vals.get("number", self.number), vals.get("merchant_id", self.merchant_id.id)
        return (clean_code(number or ""), merchant_id) != (self.number, self.merchant_id.id)

    def _refuse_used(self):
        """Hook: refuse to delete terminals or to give them another number or merchant, once they were used."""

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._refuse_used()

    def _remove(self, day, reason, kind="ended"):
        """Take terminals away on that day.

        :param str kind: one of :data:`REMOVALS`; only an ended cooperation counts for the recruiter (MA-25)
        :raises UserError: when they are away already, or were used later
        """
        reason = self._check_reason(reason)
        for terminal in self:
            if terminal.removed_on:
                raise UserError(self.env._("%s has been removed already.", terminal.display_name))
        self.sudo().write({"removed_on": day, "removal_reason": reason, "removal_kind": kind})
