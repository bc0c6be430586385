from odoo import api, fields, models

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.amounts import capital_amount, cents
from odoo.addons.rural_base.percent import percent

#: Printed forms are in Chinese whatever the reader's language.
KIND_LABELS = {"province": "省级运营服务中心", "city_county": "市（县、区）区域服务中心"}


class RuralCenterAgreement(models.Model):
    """The certificate that an agreement leads to, and what lets the center work."""

    _inherit = "rural.center.agreement"

    certificate_ids = fields.One2many("rural.center.certificate", "agreement_id", "Certificates", readonly=True)
    certificate_id = fields.Many2one(
        "rural.center.certificate",
        compute="_compute_certificate_id",
        help="The one that holds, or the latest one.",
    )
    certificate_number = fields.Char("Number of the Certificate", compute="_compute_certificate_id")

    @api.depends("certificate_ids.revoked_from")
    def _compute_certificate_id(self):
        for agreement in self:
            issued = agreement.certificate_ids.sorted("id")
            agreement.certificate_id = issued.filtered(lambda each: not each.revoked_from)[-1:] or issued[-1:]
            agreement.certificate_number = agreement.certificate_id.number

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_certificate(self):
        """Show the certificates of the agreement."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_center_agreement.action_center_certificate")
        if len(self.certificate_ids) == 1:
            return {**action, "views": [(False, "form")], "res_id": self.certificate_ids.id}
        return {**action, "domain": [("agreement_id", "=", self.id)]}

    # ------------------------------------------------------------------
    # Certificate
    # ------------------------------------------------------------------

    def _issue_certificate(self):
        """Issue a certificate for what is left of the agreement's days; return it."""
        self.ensure_one()
        certificate = self.env["rural.center.certificate"].sudo().create(self._prepare_certificate_vals())
        self._message_log(
            body=self.env._(
                "Certificate %(number)s has been issued, valid from %(first)s to %(last)s.",
                number=certificate.number,
                first=certificate.valid_from,
                last=certificate.valid_to,
            )
        )
        return certificate

    def _prepare_certificate_vals(self):
        today, center = china_time.today(), self.center_id
        first_day = self.date_from if self.begin_by_id else max(today, self.date_from)
        return {
            "number": self.env["ir.sequence"]
            .sudo()
            .with_company(self.company_id)
            .next_by_code("rural.center.certificate", sequence_date=first_day),
            "agreement_id": self.id,
            "center_name": center.name,
            "holder_name": center.partner_id.name or center.name,
            "region_id": center.region_id.id,
            "valid_from": first_day,
            "valid_to": self.date_to,
            "issued_on": today,
            "issued_by_id": self.env.uid,
        }

    def _missing_for_certified(self):
        return [self.env._("The year of the agreement is over.")] if self.date_to < china_time.today() else []

    def _missing_certificate(self) -> list[str]:
        if self.certificate_id.state in ("valid", "upcoming"):
            return []
        return [self.env._("There is no certificate that holds: it is revoked or expired.")]

    def _missing_for_published(self):
        return self._missing_certificate()

    # ------------------------------------------------------------------
    # Working
    # ------------------------------------------------------------------

    def _start_work(self):
        """Authorise the center to the certificate's end, give it its code and open its portal (SC-06)."""
        self._authorise()
        center = self.center_id.sudo()
        if not center.service_code:
            center.action_issue_service_code()
        center._open_portal()

    def _authorise(self):
        """Authorise the center from today, or from the agreement's first day, to the certificate's end.

        A manager may have let a late renewal begin with its first day all the same, so that no day is lost.
        Days on which it is authorised already stay as they are, but none outlasts its agreements: so it is with
        the days of a center that was taken over.
        """
        first_day = max(china_time.today(), self.certificate_id.valid_from)
        if self.begin_by_id:
            first_day = self.date_from
        center = self.center_id
        center._authorise(first_day, self.certificate_id.valid_to, self.begin_reason)
        active = center.sudo().agreement_ids.filtered(lambda agreement: agreement.stage == "active")
        center._end_authorisation(max(active.mapped("date_to")))

    # ------------------------------------------------------------------
    # Printing
    # ------------------------------------------------------------------

    def _printed_kind(self) -> str:
        return KIND_LABELS[self.kind]

    def _printed_due_deposit(self) -> tuple[str, str]:
        """Return the deposit that is due for the center, in figures and in capital numerals (DP-05)."""
        deposit = self.sudo().center_id.deposit_id
        purpose = self.env.ref("rural_deposit.purpose_service_center").sudo()
        due = deposit.due_amount or purpose._due_on(self.date_from, self.kind, self.company_id).value
        amount = cents(due)
        return f"{amount:,.2f}", capital_amount(amount)

    def _printed_target_satisfaction(self) -> str:
        return percent(self.target_satisfaction)

    def _printed_file_name(self) -> str:
        return f"年度合作协议-{self.number}"
