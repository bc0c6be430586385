from odoo import models
from odoo.exceptions import UserError


class RuralCenterApplication(models.Model):
    """From an approved application to a service center (SC-03, SC-04)."""

    _inherit = "rural.center.application"

    def action_approve(self):
        """Approve, and make the center; the applicant is told (SC-03)."""
        self._check_reviewer()
        self._check_state("submitted")
        for application in self:
            application._check_complete()
            application.sudo()._approve()

    def action_view_center(self):
        """Show the center that the application has become."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.center_id.display_name,
            "res_model": "rural.service.center",
            "view_mode": "form",
            "res_id": self.center_id.id,
        }

    def _approve(self):
        center = self._create_center()
        self._decide("approved")
        self.center_id = center
        self.document_ids.center_id = center
        self._after_approval(center)
        self._send_letter("approved")

    def _create_center(self):
        """Make the service center and its payee; return the center, not yet authorised (SC-05).

        :raises ValidationError: where the region has a center and no operations manager let in a second (SC-04)
        """
        return self.env["rural.service.center"].create(self._prepare_center_vals())

    def _prepare_center_vals(self):
        suffix = "运营服务中心" if self.kind == "province" else "区域服务中心"
        vals = {
            "name": f"{self.region_id.name}{suffix}",
            "kind": self.kind,
            "region_id": self.region_id.id,
            "company_id": self.company_id.id,
            "partner_id": self._payee().id,
        }
        if self.env["rural.service.center"]._occupant(self.kind, self.region_id, self.company_id):
            vals |= {"override_reason": self.override_reason, "override_by_id": self.override_by_id.id}
        return vals

    def _payee(self):
        """Return the applicant as a party of the books: the one with its credit code, or a new one."""
        partners = self.env["res.partner"].with_company(self.company_id)
        known = partners.search(
            [
                ("vat", "=", self.credit_code),
                ("company_id", "in", (False, self.company_id.id)),
                ("parent_id", "=", False),
            ],
            order="company_id, id",
            limit=1,
        )
        return known or partners.create(self._prepare_payee_vals())

    def _prepare_payee_vals(self):
        region = self.region_id
        return {
            "name": self.applicant_name,
            "is_company": True,
            "company_id": self.company_id.id,
            "vat": self.credit_code,
            "email": self.email,
            "phone": self.phone,
            "street": self.address,
            "state_id": region.state_id.id,
            "country_id": self.env.ref("base.cn").id,
            "lang": self.lang,
        }

    # ------------------------------------------------------------------
    # Check and hook
    # ------------------------------------------------------------------

    def _check_complete(self):
        missing = self._missing_for_approval()
        if missing:
            raise UserError(
                self.env._(
                    "%(application)s cannot be approved yet. Enter from its materials: %(missing)s.",
                    application=self.display_name,
                    missing=self.env._("; ").join(missing),
                )
            )

    def _after_approval(self, center):
        """Do what follows an approval; called with the rights of the system.

        :param center: the service center that has just been made, not yet authorised
        """
