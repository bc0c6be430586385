from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.rural_bulk.fields import CodeChar

STAGES = [
    ("lead", "Lead"),
    ("visiting", "Visiting"),
    ("agreed", "Agreed"),
    ("signed", "Signed"),
    ("installed", "Installed"),
    ("dropped", "Dropped Out"),
]
#: Stages in which there is a contract.
IN_CONTRACT = ("signed", "installed")
#: What is agreed by the contract, and changes afterwards by the head of recruiting alone.
CONTRACT_FIELDS = {
    "company_id", "partner_id", "code", "type_id", "contract_from", "contract_to", "is_large_or_chain",
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
        "res.partner", "Payee", required=True, index=True, ondelete="restrict", copy=False, check_company=True
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

    _code_unique = models.UniqueIndex(
        "(code, company_id) WHERE code IS NOT NULL", "There is a merchant with this number already."
    )
    _contract_order = models.Constraint(
        "CHECK (contract_from <= contract_to)", "The last day of the contract lies before the first one."
    )

    @api.depends("contract_from", "signed_on")
    def _compute_signed_month(self):
        for merchant in self:
            first = merchant.signed_on and merchant.contract_from
            merchant.signed_month = first.replace(day=1) if first else False

    @api.depends("name", "code")
    def _compute_display_name(self):
        for merchant in self:
            merchant.display_name = f"{merchant.name} ({merchant.code})" if merchant.code else merchant.name

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Enter leads; each is a partner too, for accounting and complaints."""
        if not self.env.su:
            vals_list = [self._without_steps(vals) for vals in vals_list]
        vals_list = [dict(vals) for vals in vals_list]
        without = [vals for vals in vals_list if not vals.get("partner_id")]
        partners = self.env["res.partner"].sudo().create([self._prepare_partner_vals(vals) for vals in without])
        for vals, partner in zip(without, partners, strict=True):
            vals["partner_id"] = partner.id
        return super().create(vals_list)

    def write(self, vals):
        """Leave the stages to the buttons, and what a contract agrees to the head of recruiting.

        :raises UserError: for anything else
        """
        if not self.env.su:
            signed = self.filtered("signed_on")
            if signed and CONTRACT_FIELDS & vals.keys() and not self._is_head():
                raise UserError(
                    self.env._("%s has a contract: the head of recruiting changes what it agrees.", signed[0].name)
                )
        result = super().write(vals)
        if "name" in vals:
            for merchant in self.sudo().filtered(lambda merchant: merchant.partner_id.name != merchant.name):
                merchant.partner_id.name = merchant.name
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for merchant in self.filtered("signed_on"):
            raise UserError(self.env._("%s has been signed and is kept. Let it drop out instead.", merchant.name))

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

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _is_head(self) -> bool:
        """Tell whether the user leads the recruiters, or stands above who does."""
        return self._is_system() or self.env.user.has_group("rural_merchant.group_recruiting_head")

    @api.model
    def _in_contract_domain(self) -> Domain:
        """Return the domain of the merchants that have a contract now."""
        return Domain("stage", "in", IN_CONTRACT)

    def _is_in_contract_on(self, day) -> bool:
        """Tell whether the merchant had a contract on that day."""
        self.ensure_one()
        first, last = self.contract_from, self.contract_to
        return bool(self.signed_on and first and first <= day and not (last and last < day))
