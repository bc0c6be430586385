import base64
import io
import secrets

import qrcode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from odoo.addons.rural_base import china_time

from .agreement.certificate import KIND_LABELS

PUBLIC_PATH = "/centers/certificate"
#: Of each square of the code.
DOTS = 10


class RuralCenterCertificate(models.Model):
    """The certificate of authorisation of a center (授权书), which anybody can check (SC-05).

    What is printed on it stays: a certificate is never edited, only revoked or replaced.
    """

    _name = "rural.center.certificate"
    _description = "Certificate of Authorisation"
    _kept_in_house = frozenset({"revoke_reason"})
    _inherit = ["rural.day.state.mixin", "rural.step.mixin", "mail.thread"]
    _order = "valid_from desc, number desc"
    _rec_name = "number"
    _rec_names_search = ["number", "center_id"]
    _check_company_auto = True
    _deletable_states = ()

    number = fields.Char(required=True, readonly=True, copy=False, index="trigram")
    agreement_id = fields.Many2one(
        "rural.center.agreement", required=True, readonly=True, index=True, ondelete="restrict"
    )
    center_id = fields.Many2one(related="agreement_id.center_id", store=True, index=True)
    company_id = fields.Many2one(related="agreement_id.company_id", store=True, index=True)

    # what is printed on it, as it was on the day of issue
    center_name = fields.Char("Name of the Center", required=True, readonly=True)
    holder_name = fields.Char("Holder", required=True, readonly=True, help="The legal entity that runs the center.")
    region_id = fields.Many2one("rural.region", required=True, readonly=True, index=True, ondelete="restrict")
    kind = fields.Selection(related="center_id.kind", store=True)
    valid_from = fields.Date(required=True, readonly=True)
    valid_to = fields.Date(required=True, readonly=True)
    issued_on = fields.Date(required=True, readonly=True)
    issued_by_id = fields.Many2one("res.users", readonly=True)

    # its end before time
    revoked_from = fields.Date(readonly=True, copy=False, tracking=True, help="First day on which it no longer holds.")
    revoke_reason = fields.Char("Reason of the Revocation", readonly=True, copy=False, tracking=True)

    # how anybody checks it
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(16),
        help="Cannot be guessed; it is in the address that the QR code leads to.",
    )
    public_url = fields.Char("Public Page", compute="_compute_public_url")
    state = fields.Selection(
        [
            ("upcoming", "Not Yet Valid"),
            ("valid", "Valid"),
            ("expired", "Expired"),
            ("revoked", "Revoked"),
        ],
        compute="_compute_state",
        search="_search_state",
        help="As of today in China.",
    )

    _number_unique = models.Constraint("UNIQUE (number)", "There is a certificate with this number already.")
    _token_unique = models.Constraint("UNIQUE (token)", "There is a certificate with this token already.")
    _one_valid = models.UniqueIndex(
        "(agreement_id) WHERE revoked_from IS NULL", "The agreement has a certificate already."
    )
    _dates_in_order = models.Constraint("CHECK (valid_from <= valid_to)", "The last day lies before the first one.")

    @api.depends("token")
    def _compute_public_url(self):
        for certificate in self:
            certificate.public_url = f"{certificate.get_base_url()}{PUBLIC_PATH}/{certificate.token}"

    @api.model
    def _state_depends(self):
        return ("valid_from", "valid_to", "revoked_from")

    @api.model
    def _state_domains(self):
        """What each state means today in China: the one definition that all of them come from."""
        today = china_time.today()
        revoked = Domain("revoked_from", "!=", False) & Domain("revoked_from", "<=", today)
        expired = Domain("valid_to", "<", today)
        upcoming = Domain("valid_from", ">", today)
        return {
            "revoked": revoked,
            "expired": ~revoked & expired,
            "upcoming": ~revoked & upcoming,
            "valid": ~revoked & ~expired & ~upcoming,
        }

    @api.depends("number", "center_name")
    def _compute_display_name(self):
        for certificate in self:
            certificate.display_name = f"{certificate.number} {certificate.center_name}"

    def write(self, vals):
        """Refuse any change but the revocation: what is on paper stays."""
        self.check_access("write")
        if {"center_name", "holder_name", "region_id", "valid_from", "valid_to", "number", "token"} & vals.keys():
            raise UserError(self.env._("A certificate that was issued is not changed. Replace it by a new one."))
        return super().write(vals)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_replace(self):
        """Ask why the certificate is replaced."""
        self.ensure_one()
        self._check_group("rural_base.group_operations")
        return self._ask_reason("replace")

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "replace": {
                "method": "_replace_and_show",
                "title": self.env._("Replace Certificate"),
                "button": self.env._("Replace Certificate"),
                "help": self.env._(
                    "The present certificate is revoked from today, and a new one is issued with the names that the "
                    "center and its payee have now. Whoever scans the old one sees that it was replaced."
                ),
            },
        }

    def action_open_public_page(self):
        """Show what anybody sees who scans the certificate."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"{PUBLIC_PATH}/{self.token}", "target": "new"}

    # ------------------------------------------------------------------
    # Revoking, replacing
    # ------------------------------------------------------------------

    def _revoke(self, first_day, reason):
        """Let certificates end on the day before; a certificate revoked already keeps its earlier day."""
        for certificate in self.sudo():
            if not certificate.revoked_from or certificate.revoked_from > first_day:
                certificate.write({"revoked_from": first_day, "revoke_reason": reason})
        self.flush_recordset()

    def _replace_and_show(self, reason):
        """Replace the certificate and return the action that shows the new one."""
        certificate = self._replace(self._check_reason(reason))
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_center_agreement.action_center_certificate")
        return {**action, "views": [(False, "form")], "res_id": certificate.id}

    def _replace(self, reason):
        """Revoke the certificate from today and issue another one with the center's present names; return it."""
        self.ensure_one()
        self._check_group("rural_base.group_operations")
        if self.revoked_from or self.state == "expired":
            raise UserError(self.env._("%s no longer holds and cannot be replaced.", self.number))
        self._revoke(china_time.today(), reason)
        return self.agreement_id._issue_certificate()

    # ------------------------------------------------------------------
    # Public
    # ------------------------------------------------------------------

    @api.model
    def _notice_domain(self, region="") -> Domain:
        """Return the certificates under public notice: those that hold or will hold, of a region by its name."""
        domain = Domain("agreement_id.published_on", "!=", False) & Domain("state", "in", ("valid", "upcoming"))
        if not region:
            return domain
        regions = self.env["rural.region"].sudo()
        meant = regions._recognise(region) or regions.search([("name", "ilike", escape_psql(region))])
        return domain & (
            Domain("region_id", "child_of", meant.ids) | Domain("center_name", "ilike", escape_psql(region))
        )

    def _public_reason(self) -> str:
        """Return the sentence by which the public reads why it was revoked; the reason itself stays in the house."""
        if not self.revoked_from:
            return ""
        if self.agreement_id.certificate_ids.filtered(lambda other: other.id > self.id):
            return self.env._("It has been replaced by a new certificate.")
        if self.center_id.exit_id:
            return self.env._("The cooperation with the center has ended.")
        return self.env._("The operator has revoked it.")

    def _public_values(self) -> dict:
        """Return what the public pages show; nothing else of the record leaves the house."""
        self.ensure_one()
        center = self.center_id
        suspended = self.state == "valid" and center.state == "suspended"
        agreement = self.agreement_id
        labels = dict(center._fields["kind"]._description_selection(self.env))
        return {
            "number": self.number,
            "center": self.center_name,
            "holder": self.holder_name,
            "kind": labels[self.kind],
            "region": self.region_id.display_name,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "issued_on": self.issued_on,
            "state": "suspended" if suspended else self.state,
            "revoked_from": self.revoked_from,
            "revoked_because": self._public_reason(),
            "published_on": agreement.published_on,
            "working": agreement.stage == "active" and self.state == "valid" and not suspended,
            "company": self.company_id,
            "path": f"/centers/certificate/{self.token}",
        }

    # ------------------------------------------------------------------
    # Printing
    # ------------------------------------------------------------------

    def _printed_kind(self) -> str:
        return KIND_LABELS[self.kind]

    def _printed_qr(self) -> str:
        """Return the QR code of the public page as the address of a picture."""
        picture = io.BytesIO()
        qrcode.make(self.public_url, box_size=DOTS).save(picture, "PNG")
        return f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"

    def _printed_file_name(self) -> str:
        return f"授权书-{self.number}"
