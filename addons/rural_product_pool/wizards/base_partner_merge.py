from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Keep one supplier code; files go on finding the supplier under the others too."""
        suppliers = src_partners.sudo().filtered("supplier_code").sorted("id")
        codes = {partner.supplier_code: partner.company_id for partner in suppliers}
        suppliers.write({"supplier_code": False})
        suppliers.flush_recordset(["supplier_code"])
        result = super()._update_values(src_partners, dst_partner)
        supplier = dst_partner.sudo()
        if codes and not supplier.supplier_code:
            supplier.supplier_code = next(iter(codes))
        self.env["rural.supplier.code"].sudo().create(
            [
                {"code": code, "partner_id": dst_partner.id, "company_id": company.id}
                for code, company in codes.items()
                if code != supplier.supplier_code
            ]
        )
        return result
