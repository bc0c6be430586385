import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.rural_base import china_time

STATES = [
    ("applied", "Applied"),
    ("training", "Training"),
    ("written", "Written Test"),
    ("computer", "Computer Test"),
    ("interview", "Interview"),
    ("agreed", "Agreement"),
    ("opened", "Opened"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]
OPEN_STATES = ("applied", "training", "written", "computer", "interview", "agreed")
#: What the papers of an application are added to and taken from.
BEFORE_AGREEMENT = OPEN_STATES[:-1]
LETTERS = ("received", "accepted", "test", "failed", "agreement", "opened", "refused")


class RuralStationApplication(models.Model):
    """A person asks to become the partner of a station (ST-02).

    Free training, written test, computer test, interview, agreement: each is passed before the next. The state is
    the step that the applicant is at; at the end the station opens.
    """

    _name = "rural.station.application"
    _description = "Application of a Station Partner"
    _kept_in_house = frozenset({"refusal_note"})
    _inherit = [
        *("rural.files.mixin", "rural.identity.mixin", "rural.step.mixin", "portal.mixin"),
        *("mail.thread", "mail.activity.mixin"),
    ]
    _order = "id desc"
    _rec_names_search = ["name", "applicant", "phone"]
    _maker_fields = ("entered_by_id",)
    _editable_states = OPEN_STATES
    _open_file_states = BEFORE_AGREEMENT
    _deletable_states = ()
    _check_company_auto = True

    # identity
    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    channel = fields.Selection(
        [("back_office", "Back Office"), ("web", "Web Form")],
        required=True,
        readonly=True,
        default="back_office",
        copy=False,
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="applied",
        tracking=True,
        copy=False,
        group_expand=True,
        index=True,
    )

    # applicant
    applicant = fields.Char(required=True, tracking=True, index="trigram", help="The name on the identity card.")
    phone = fields.Char(required=True, tracking=True)
    email = fields.Char("E-mail", tracking=True, help="Letters and the invitation to the portal are sent there.")
    experience = fields.Text(help="Shop, work, education; what the applicant knows of trading on the net.")
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    lang = fields.Char(compute="_compute_lang")

    # place
    region_id = fields.Many2one(
        "rural.region", "County", index=True, ondelete="restrict", tracking=True, domain=[("level", "=", "county")]
    )
    township = fields.Char(tracking=True)
    village = fields.Char(tracking=True, help="Empty for a station of the township itself.")
    address = fields.Char(help="Where the station would be.")
    place_size = fields.Integer("Size of the Place (m²)", aggregator=None)
    has_computer = fields.Boolean("Has a Computer")
    station_id = fields.Many2one(
        "rural.station",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        copy=False,
        check_company=True,
        domain="[('company_id', '=', company_id), ('partner_id', '=', False)]",
        help="A station that has nobody to run it. Empty: a new one is made with the agreement.",
    )

    # people and days
    entered_by_id = fields.Many2one("res.users", readonly=True, copy=False, help="Of the back office.")
    responsible_id = fields.Many2one(
        "res.users",
        tracking=True,
        copy=False,
        index=True,
        default=lambda self: self.env.user if self.env.user._is_internal() else False,
        domain=[("share", "=", False)],
        help="Who comes next is decided by the step; who looks after the whole is this person.",
    )
    state_since = fields.Date("At This Step Since", readonly=True, copy=False)
    opened_on = fields.Date(readonly=True, copy=False)
    refusal_note = fields.Text(
        "Reason for the House", readonly=True, copy=False, tracking=True, help="The applicant does not read it."
    )
    decision_reason = fields.Text("Reason for the Applicant", readonly=True, copy=False)

    # following it
    access_token = fields.Char(groups="rural_base.group_operations", readonly=True)
    status_url = fields.Char(
        compute="_compute_status_url",
        groups="rural_base.group_operations",
        help="The page on which the applicant follows the application; whoever knows the address sees it.",
    )

    _name_unique = models.Constraint("UNIQUE (company_id, name)", "There is an application with this number already.")
    _open_once = models.UniqueIndex(
        "(company_id, id_hash) WHERE state NOT IN ('opened', 'refused', 'withdrawn')",
        "Somebody with this identity number has applied already, and that application is still open.",
    )
    _place_size_positive = models.Constraint("CHECK (place_size >= 0)", "The size of a place is not negative.")

    @api.depends("applicant", "name")
    def _compute_display_name(self):
        for application in self:
            application.display_name = " ".join(filter(None, (application.name, application.applicant)))

    @api.depends("company_id")
    def _compute_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for application in self:
            own = application.company_id.partner_id.lang or self.env.lang
            application.lang = "zh_CN" if "zh_CN" in installed else own

    def _compute_access_url(self):
        for application in self:
            application.access_url = f"/stations/application/{application.id}"

    def _compute_status_url(self):
        for application in self.sudo():
            application.status_url = f"{application.get_base_url()}{application._get_page_address()}"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Begin applications; whoever is on the blacklist is refused at once (ST-09)."""
        applications = super().create(vals_list)
        applications._refuse_listed()
        applications.filtered(lambda application: application.state in OPEN_STATES)._plan_next_step()
        return applications

    def write(self, vals):
        """Write; another identity number may be one of the blacklist (ST-09)."""
        result = super().write(self._with_clean_values(vals))
        if vals.get("id_number"):
            self._refuse_listed()
        return result

    def _prepare_begin_vals(self, vals):
        vals = self._with_clean_values(super()._prepare_begin_vals(vals))
        if not self.env.su:
            vals["entered_by_id"] = self.env.uid
        company_id = vals.get("company_id") or self.env.company.id
        number = self.env["ir.sequence"].sudo().with_company(company_id).next_by_code(self._name)
        return {**vals, "name": number, "access_token": str(uuid.uuid4()), "state_since": china_time.today()}

    def _with_clean_values(self, vals):
        if not vals.get("email"):
            return vals
        return {**vals, "email": email_normalize(vals["email"]) or vals["email"].strip()}

    def _check_may_write(self, vals):
        for application in self:
            if vals.get("company_id", application.company_id.id) != application.company_id.id:
                raise UserError(
                    self.env._("%s stays with the company that it was entered for.", application.display_name)
                )
            if application.state == "agreed" and not vals.keys().isdisjoint({"applicant", "id_number", "station_id"}):
                raise UserError(
                    self.env._("The agreement of %s is drawn up for this person and station.", application.display_name)
                )
        return super()._check_may_write(vals)

    def _keep_files(self):
        """Take over what was uploaded, as far as it is what its name says.

        :raises UserError: for a file that lies about its type, or is too big
        """
        for application in self:
            for file in application.attachment_ids.sudo():
                if (file.res_model, file.res_id) != (self._name, application.id):
                    self.env["rural.document.mixin"]._check_file(file.name, file.raw)
        return super()._keep_files()

    # ------------------------------------------------------------------
    # Blacklist (ST-09)
    # ------------------------------------------------------------------

    def _blacklist_entry(self):
        self.ensure_one()
        return self.env["rural.station.blacklist"]._find_hash(self.company_id, self.sudo().id_hash)

    def _refuse_listed(self):
        """Refuse whoever is on the blacklist: with the entry for staff, with a neutral sentence for the applicant."""
        for application in self.sudo().filtered(lambda application: application.state in OPEN_STATES):
            if entry := application._blacklist_entry():
                application._end("refused", note=application._listed_sentence(entry))
                application.activity_unlink(["rural_station_partner.mail_activity_type_next_step"])

    def _listed_sentence(self, entry):
        return self.env._(
            "%(person)s (%(number)s) is on the blacklist since %(day)s and runs no station again (ST-09): %(reason)s",
            person=entry.name,
            number=entry.id_masked,
            day=entry.listed_on,
            reason=entry.reason,
        )

    # ------------------------------------------------------------------
    # Letters
    # ------------------------------------------------------------------

    def _send_letter(self, name):
        """Write to the applicants, who may have no e-mail address; kept in the chatter."""
        template = self.env.ref(f"rural_station_partner.mail_template_{name}", raise_if_not_found=False)
        for application in self.sudo().filtered("email") if template else ():
            template.sudo().send_mail(application.id, email_layout_xmlid="mail.mail_notification_light")
