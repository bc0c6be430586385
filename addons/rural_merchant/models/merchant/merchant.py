from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.rural_bulk.fields import CodeChar

from ..rural_merchant_document import REQUIRED

STAGES = [
    ("lead", "Lead"),
    ("visiting", "Visiting"),
    ("agreed", "Agreed"),
    ("signed", "Signed"),
    ("installed", "Installed"),
    ("dropped", "Dropped Out"),
]
#: What is agreed by the contract, and changes afterwards by the head of recruiting alone.
CONTRACT_FIELDS = {
    "company_id", "partner_id", "name", "code", "type_id", "contract_from", "contract_to", "is_large_or_chain",
}  # fmt: skip


class RuralMerchant(models.Model):
    """A merchant of the alliance, from the first lead to its dropping out (MA-01)."""

    _name = "rural.merchant"
    _description = "Alliance Merchant"
    _inherit = ["mail.thread", "mail.activity.mixin", "rural.step.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True
    _step_field = "stage"

    # who
    name = fields.Char(required=True, tracking=True, index="trigram")
    code = CodeChar("Merchant Number", copy=False, help="By which the files of card transactions name it.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Payee",
        required=True,
        index=True,
        ondelete="restrict",
        copy=False,
        check_company=True,
        tracking=True,
    )
    has_own_partner = fields.Boolean(
        readonly=True, copy=False, help="The payee was made for the merchant and is renamed with it."
    )
    type_id = fields.Many2one("rural.merchant.type", index=True, ondelete="restrict", tracking=True)
    body_kind = fields.Selection(
        [("business", "Business"), ("other", "Other Body")],
        "Kind of Body",
        required=True,
        default="business",
        help="A business has three certificates; an association or institution its registration certificate.",
    )
    region_id = fields.Many2one("rural.region", "District", index=True, ondelete="restrict", tracking=True)
    address = fields.Char(help="Its fixed premises.")
    contact_name = fields.Char("Contact")
    phone = fields.Char()
    source = fields.Char(help="Where the lead came from.")
    note = fields.Html()
    color = fields.Integer()
    priority = fields.Selection([("0", "Normal"), ("1", "Important")], default="0")

    # how far
    stage = fields.Selection(
        STAGES, required=True, readonly=True, default="lead", tracking=True, copy=False, group_expand=True, index=True
    )
    signed_on = fields.Date(readonly=True, copy=False)
    signed_by_id = fields.Many2one("res.users", "Signing Confirmed By", readonly=True, copy=False)
    contract_from = fields.Date("Contract from", copy=False, tracking=True, help="The day on which it takes effect.")
    contract_to = fields.Date("Contract until", copy=False, tracking=True)
    signed_month = fields.Date(
        compute="_compute_signed_month",
        store=True,
        index=True,
        help="First day of the month in which the contract takes effect (MA-21).",
    )
    dropped_on = fields.Date(readonly=True, copy=False)
    drop_reason = fields.Text("Why It Dropped Out", readonly=True, copy=False)
    replacement_id = fields.Many2one("rural.merchant", "Replaced By", readonly=True, copy=False, check_company=True)
    replaced_ids = fields.One2many("rural.merchant", "replacement_id", "Replaces", readonly=True)

    may_change_contract = fields.Boolean(
        compute="_compute_may_change_contract", help="The reader may change what the contract agrees, if there is one."
    )

    # what belongs to it
    document_ids = fields.One2many("rural.merchant.document", "merchant_id", "Documents")
    terminal_ids = fields.One2many("rural.merchant.terminal", "merchant_id", "Terminals")
    terminal_count = fields.Integer("Terminals Standing", compute="_compute_terminals", store=True)
    installed_on = fields.Date(compute="_compute_terminals", store=True, help="The day of the first terminal.")
    visit_ids = fields.One2many("rural.merchant.visit", "merchant_id", "Visits")
    follow_up_ids = fields.One2many("rural.merchant.follow.up", "merchant_id", "Follow-ups")
    good_review_count = fields.Integer("Good Reviews", compute="_compute_follow_up_counts", compute_sudo=True)
    complaint_count = fields.Integer("Complaints", compute="_compute_follow_up_counts", compute_sudo=True)

    _code_unique = models.UniqueIndex(
        "(code, company_id) WHERE code IS NOT NULL", "There is a merchant with this number already."
    )
    _contract_order = models.Constraint(
        "CHECK (contract_from <= contract_to)", "The last day of the contract lies before the first one."
    )

    @api.constrains("partner_id")
    def _check_payee(self):
        """No merchant's money goes to the operator itself, or to somebody who works here."""
        partners = self.sudo().partner_id
        own = self.env["res.company"].sudo().search([("partner_id", "in", partners.ids)]).partner_id
        own |= partners.filtered(lambda partner: any(not user.share for user in partner.user_ids))
        if own:
            raise ValidationError(
                self.env._(
                    "%s is a company of ours or one of our users, and cannot be the payee of a merchant.",
                    own[0].display_name,
                )
            )

    @api.depends("contract_from", "signed_on")
    def _compute_signed_month(self):
        for merchant in self:
            first = merchant.signed_on and merchant.contract_from
            merchant.signed_month = first.replace(day=1) if first else False

    @api.depends("signed_on")
    @api.depends_context("uid")
    def _compute_may_change_contract(self):
        is_head = self._is_head()
        for merchant in self:
            merchant.may_change_contract = is_head or not merchant.signed_on

    @api.depends("name", "code")
    def _compute_display_name(self):
        for merchant in self:
            merchant.display_name = f"{merchant.name} ({merchant.code})" if merchant.code else merchant.name

    @api.depends("terminal_ids.installed_on", "terminal_ids.removed_on")
    def _compute_terminals(self):
        for merchant in self:
            terminals = merchant.terminal_ids
            merchant.terminal_count = len(terminals.filtered(lambda terminal: not terminal.removed_on))
            merchant.installed_on = min(terminals.mapped("installed_on"), default=False)

    @api.depends("follow_up_ids.kind")
    def _compute_follow_up_counts(self):
        counts = {
            (merchant.id, kind): count
            for merchant, kind, count in self.env["rural.merchant.follow.up"]._read_group(
                [("merchant_id", "in", self.ids)], ["merchant_id", "kind"], ["__count"]
            )
        }
        for merchant in self:
            merchant.good_review_count = counts.get((merchant._origin.id, "good_review"), 0)
            merchant.complaint_count = counts.get((merchant._origin.id, "complaint"), 0)

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Enter leads; each is a partner too, for accounting and complaints."""
        without = [number for number, vals in enumerate(vals_list) if not vals.get("partner_id")]
        merchants = super().create(vals_list)
        self.browse(merchants[number].id for number in without).sudo().has_own_partner = True
        return merchants

    def write(self, vals):
        """Let a payee that was made for its merchant have the merchant's name."""
        if "partner_id" in vals:
            self.filtered(lambda merchant: merchant.partner_id.id != vals["partner_id"]).sudo().has_own_partner = False
        result = super().write(vals)
        if "name" in vals:
            for merchant in self.sudo().filtered("has_own_partner"):
                merchant.partner_id.name = merchant.name
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for merchant in self.filtered("signed_on"):
            raise UserError(self.env._("%s has been signed and is kept. Let it drop out instead.", merchant.name))

    @api.model
    def _prepare_begin_vals(self, vals):
        vals = dict(super()._prepare_begin_vals(vals))
        if vals.get("partner_id"):
            self._check_may_choose_payee()
        else:
            vals["partner_id"] = self.env["res.partner"].sudo().create(self._prepare_partner_vals(vals)).id
        return vals

    @api.model
    def _prepare_partner_vals(self, vals) -> dict:
        """Return the values of the partner that stands for a merchant in accounting."""
        return {
            "name": vals.get("name"),
            "is_company": True,
            "company_id": vals.get("company_id") or self.env.company.id,
            "phone": vals.get("phone"),
            "street": vals.get("address"),
            "country_id": self.env.ref("base.cn").id,
        }

    def _check_may_write(self, vals):
        """Leave the payee, and what a contract agrees, to the head of recruiting."""
        result = super()._check_may_write(vals)
        if "partner_id" in vals and not self.filtered("signed_on"):
            self._check_may_choose_payee()
        signed = self.filtered("signed_on")
        if signed and CONTRACT_FIELDS & vals.keys() and not self._is_head():
            raise UserError(
                self.env._("%s has a contract: the head of recruiting changes what it agrees.", signed[0].name)
            )
        return result

    @api.model
    def _check_may_choose_payee(self):
        """Refuse who may not say to whom a merchant's money goes.

        :raises AccessError: for everybody but the head of recruiting
        """
        if not self.env.su and not self._is_head():
            raise AccessError(self.env._("The payee is made with the merchant; the head of recruiting changes it."))

    # ------------------------------------------------------------------
    # What other models ask
    # ------------------------------------------------------------------

    @api.model
    def _is_head(self) -> bool:
        """Tell whether the user leads the recruiters, or stands above who does."""
        return self._is_system() or self.env.user.has_group("rural_merchant.group_recruiting_head")

    def _is_in_contract_on(self, day) -> bool:
        """Tell whether the merchant had a contract on that day."""
        self.ensure_one()
        first, last = self.contract_from, self.contract_to
        return bool(self.signed_on and first and first <= day and not (last and last < day))

    def _missing_documents(self) -> list:
        """Return sentences that name what MA-01 still asks for; of each kind one whole and valid document is enough."""
        self.ensure_one()
        missing = []
        for kind in self.env["rural.document.kind"].search([("code", "in", REQUIRED[self.body_kind])]):
            there = self.document_ids.filtered(lambda document, kind=kind: document.kind_id == kind).sorted("id")
            lacking = [document._incomplete() for document in there]
            if all(lacking):
                missing += lacking[-1] if lacking else [kind.name]
        return missing
