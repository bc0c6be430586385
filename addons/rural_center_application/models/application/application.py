import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.rural_service_center.models.rural_service_center import LEVELS_OF_KIND

from ...rules import clean_credit_code, is_credit_code

STATES = [
    ("draft", "Draft"),
    ("submitted", "In Review"),
    ("approved", "Approved"),
    ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
]
CHANNELS = [("back_office", "Back Office"), ("web", "Web Form"), ("email", "E-mail")]
OPEN_STATES = ("draft", "submitted")
ENTERPRISE_TYPES = [
    ("state", "State-owned"),
    ("collective", "Collective"),
    ("private", "Private"),
    ("cooperative", "Supply and Marketing Cooperative"),
    ("farmers", "Farmers' Cooperative"),
    ("other", "Other"),
]
#: What people write while an application is open; all else follows from the steps.
ENTERED = {
    *("applicant_name", "credit_code", "enterprise_type", "legal_representative", "is_supplier", "introduction"),
    *("contact_name", "phone", "email", "address", "kind", "region_id", "region_text", "company_id"),
    *("document_ids", "override_reason", "condition_ids"),
}
#: What a reviewer reads in the materials and finds, which is part of the review (SC-03).
FOUND_IN_REVIEW = {
    *("credit_code", "enterprise_type", "legal_representative", "document_ids", "condition_ids", "override_reason"),
}
#: What the chatter writes at any time.
NOTES = {"message_follower_ids", "message_ids", "activity_ids"}
LETTERS = {
    "received": "rural_center_application.mail_template_received",
    "missing": "rural_center_application.mail_template_missing",
    "approved": "rural_center_application.mail_template_approved",
    "rejected": "rural_center_application.mail_template_rejected",
}


class RuralCenterApplication(models.Model):
    """A legal entity asks to become the service center of a region (招募申请, SC-02, SC-03).

    It arrives in the back office, by the public form or by e-mail, is submitted once its materials are there, and
    is decided on by the area manager of the region. Each step is a method that checks who takes it.
    """

    _name = "rural.center.application"
    _description = "Application for a Service Center"
    _entered_fields = frozenset(ENTERED)
    _inherit = ["rural.step.mixin", "rural.editor.mixin", "portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "applicant_name"]
    _mail_post_access = "read"
    _maker_fields = ("entered_by_id",)
    _check_company_auto = True

    # identity
    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    channel = fields.Selection(CHANNELS, required=True, readonly=True, default="back_office", copy=False)
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", tracking=True, copy=False, group_expand=True, index=True
    )

    # applicant
    applicant_name = fields.Char("Applicant", tracking=True, index="trigram", help="The name on the business licence.")
    credit_code = fields.Char("Unified Social Credit Code", tracking=True, help="18 characters, on the licence.")
    enterprise_type = fields.Selection(ENTERPRISE_TYPES)
    legal_representative = fields.Char()
    is_supplier = fields.Boolean(
        "Supplier of the Platform", help="Being a supplier as well does not touch its supplier sales (SC-19)."
    )
    introduction = fields.Text(help="Business, organisation, staff, turnover, services to unions and canteens.")
    contact_name = fields.Char()
    phone = fields.Char()
    email = fields.Char("E-mail", help="Where the decision is sent.")
    address = fields.Char()
    lang = fields.Char(compute="_compute_lang")

    # place
    kind = fields.Selection(
        [("province", "Provincial"), ("city_county", "City or County")],
        "Kind of Center",
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    region_id = fields.Many2one(
        "rural.region",
        "Requested Region",
        index=True,
        ondelete="restrict",
        tracking=True,
        domain=[("level", "in", ("province", "city", "county"))],
    )
    region_text = fields.Char("Region as Written", help="In the applicant's own words.")
    candidate_region_ids = fields.Many2many(
        "rural.region", compute="_compute_candidate_region_ids", string="Regions That May Be Meant"
    )
    area_manager_id = fields.Many2one(
        "res.users", compute="_compute_area_manager_id", store=True, compute_sudo=True, tracking=True, index=True
    )

    # materials
    document_ids = fields.One2many("rural.center.document", "application_id", "Documents")

    # entry conditions (SC-03)
    condition_ids = fields.One2many("rural.application.condition", "application_id", "Entry Conditions")
    exception_reason = fields.Text(
        "Why Approved All the Same",
        readonly=True,
        copy=False,
        tracking=True,
        help="Given by an operations manager where an entry condition is not met; it stays in the house (SC-03).",
    )

    # days and people
    entered_by_id = fields.Many2one("res.users", readonly=True, copy=False, help="Of the back office.")
    submitted_at = fields.Datetime("Submitted On", readonly=True, copy=False)
    review_days_id = fields.Many2one("rural.parameter.value", "Days to Decide", readonly=True, copy=False)
    review_deadline = fields.Datetime("Decide Until", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime("Decided On", readonly=True, copy=False)
    decision_reason = fields.Text("Reason", readonly=True, copy=False, tracking=True)

    # result
    occupant_id = fields.Many2one("rural.service.center", "Center in This Region", compute="_compute_occupant_id")
    override_reason = fields.Text(
        "Reason for a Second Center",
        copy=False,
        tracking=True,
        help="Why the region gets more than one center. Given by an operations manager (SC-04).",
    )
    override_by_id = fields.Many2one("res.users", "Second Center Let In By", readonly=True, copy=False)
    center_id = fields.Many2one(
        "rural.service.center", "Service Center", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    access_token = fields.Char(groups="rural_base.group_operations", readonly=True)
    missing = fields.Text(compute="_compute_missing", help="What must be there before it is submitted (SC-02).")
    status_url = fields.Char(
        compute="_compute_status_url",
        groups="rural_base.group_operations",
        help="The page on which the applicant follows the application; whoever knows the address sees it.",
    )
    refused_files = fields.Text(
        readonly=True, copy=False, help="Files of the last e-mail that were not taken, and why."
    )

    _name_unique = models.Constraint("UNIQUE (company_id, name)", "There is an application with this number already.")

    @api.constrains("kind", "region_id")
    def _check_region_level(self):
        for application in self.filtered("region_id"):
            if application.region_id.level not in LEVELS_OF_KIND[application.kind]:
                raise ValidationError(
                    self.env._(
                        "%(region)s is not a region for this kind of center. A provincial center works in a "
                        "province, the others in a city or county.",
                        region=application.region_id.display_name,
                    )
                )

    @api.constrains("credit_code")
    def _check_credit_code(self):
        for application in self.filtered("credit_code"):
            if not is_credit_code(application.credit_code):
                raise ValidationError(
                    self.env._(
                        "%s is not a unified social credit code. Compare it with the licence, letter by letter.",
                        application.credit_code,
                    )
                )

    @api.depends("applicant_name", "name")
    def _compute_display_name(self):
        for application in self:
            application.display_name = " ".join(filter(None, (application.name, application.applicant_name)))

    @api.depends("company_id")
    def _compute_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for application in self:
            own = application.company_id.partner_id.lang or self.env.lang
            application.lang = "zh_CN" if "zh_CN" in installed else own

    @api.depends("region_id")
    def _compute_kind(self):
        for application in self:
            level = application.region_id.level
            application.kind = "province" if level == "province" else application.kind or "city_county"
            if level in LEVELS_OF_KIND["city_county"]:
                application.kind = "city_county"

    @api.depends("region_text", "region_id")
    def _compute_candidate_region_ids(self):
        for application in self:
            unknown = application.region_text and not application.region_id
            application.candidate_region_ids = self.env["rural.region"]._recognise(
                application.region_text if unknown else ""
            )

    @api.depends(
        "region_id.macro_region_id.manager_id",
        "region_id.parent_id.macro_region_id.manager_id",
        "region_id.parent_id.parent_id.macro_region_id.manager_id",
    )
    def _compute_area_manager_id(self):
        for application in self:
            if application.state in OPEN_STATES:
                application.area_manager_id = application.region_id._province().macro_region_id.manager_id

    @api.depends("region_id", "kind", "company_id", "state")
    def _compute_occupant_id(self):
        centers = self.env["rural.service.center"]
        self.occupant_id = False
        for application in self.filtered(
            lambda application: application.region_id and application.state in OPEN_STATES
        ):
            application.occupant_id = centers.search(
                Domain("kind", "=", application.kind)
                & Domain("region_id", "=", application.region_id.id)
                & Domain("company_id", "=", application.company_id.id)
                & centers._living_domain(),
                limit=1,
            )

    def _compute_access_url(self):
        for application in self:
            application.access_url = f"/centers/application/{application.id}"

    @api.depends("region_id", "applicant_name", "email", "phone", "document_ids.attachment_ids", "document_ids.kind_id")
    @api.depends_context("lang")
    def _compute_missing(self):
        for application in self:
            application.missing = "\n".join(application._missing())

    def _compute_status_url(self):
        for application in self.sudo():
            address = f"{application.access_url}?access_token={application.access_token}"
            application.status_url = f"{application.get_base_url()}{address}"

    def write(self, vals):
        """Keep codes and addresses in one form; who gives a reason for a second center is noted."""
        result = super().write(self._with_clean_values(vals))
        if vals.get("override_reason") and not self.env.su:
            self.sudo().override_by_id = self.env.uid
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for application in self.filtered(lambda application: application.state != "draft"):
            raise UserError(self.env._("%s has been submitted once and is kept.", application.display_name))

    @api.model
    def _not_edited(self):
        return super()._not_edited() | FOUND_IN_REVIEW

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    def _prepare_begin_vals(self, vals):
        vals = self._with_clean_values(super()._prepare_begin_vals(vals))
        if not self.env.su:
            vals["entered_by_id"] = self.env.uid
            if vals.get("override_reason"):
                self._check_group("rural_base.group_operations_manager")
                vals["override_by_id"] = self.env.uid
        sequence = self.env["ir.sequence"].sudo()
        company_id = vals.get("company_id") or self.env.company.id
        name = sequence.with_company(company_id).next_by_code(self._name)
        return {**vals, "name": name, "access_token": str(uuid.uuid4())}

    def _with_clean_values(self, vals):
        vals = dict(vals)
        if vals.get("credit_code"):
            vals["credit_code"] = clean_credit_code(vals["credit_code"])
        if vals.get("email"):
            vals["email"] = email_normalize(vals["email"]) or vals["email"].strip()
        return vals

    def _check_may_write(self, vals):
        names = set(vals) - NOTES
        if vals.get("override_reason"):
            self._check_group("rural_base.group_operations_manager")
        for application in self:
            if vals.get("company_id", application.company_id.id) != application.company_id.id:
                raise UserError(
                    self.env._("%s stays with the company that it was entered for.", application.display_name)
                )
            if names and application.state not in OPEN_STATES:
                raise UserError(self.env._("%s has been decided on and is kept as it is.", application.display_name))

    # ------------------------------------------------------------------
    # Materials (SC-02)
    # ------------------------------------------------------------------

    def _missing(self):
        """Return what must be there before the application is submitted, by name (SC-02)."""
        self.ensure_one()
        wanted = {
            self.env._("the requested region"): self.region_id,
            self.env._("the company's name"): self.applicant_name,
            self.env._("an e-mail address or telephone number"): self.email or self.phone,
        }
        return [name for name, value in wanted.items() if not value] + self._missing_materials().mapped("name")

    def _missing_materials(self):
        """Return the kinds of documents that the application has no file of."""
        required = self.env["rural.document.kind"].search([("for_center_application", "=", True)])
        return required - self.document_ids.filtered("attachment_ids").kind_id

    def _missing_for_approval(self):
        """Return what a reviewer still has to find on the materials, by name (SC-03)."""
        wanted = {
            self.env._("the unified social credit code"): self.credit_code,
            self.env._("the legal representative"): self.legal_representative,
        }
        return (
            self._missing()
            + [name for name, value in wanted.items() if not value]
            + self.document_ids.filtered("kind_id.for_center_application")._incomplete()
        )

    # ------------------------------------------------------------------
    # Letters to the applicant
    # ------------------------------------------------------------------

    def _send_letter(self, name):
        """Write to the applicant, who may have no e-mail address; kept in the chatter."""
        template = self.env.ref(LETTERS[name], raise_if_not_found=False)
        for application in self.sudo().filtered("email"):
            if template:
                template.sudo().send_mail(application.id, email_layout_xmlid="mail.mail_notification_light")
            else:
                application._message_log(body=self.env._("There is no letter “%s”: nothing was sent.", name))
