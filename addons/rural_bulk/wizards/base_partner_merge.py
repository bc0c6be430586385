from odoo import api, models
from odoo.tools import SQL

from ..fields import LeanMany2one


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys_generic(self, model, src_records, dst_record):
        """Take along the columns that point to the merged records without a foreign key."""
        result = super()._update_foreign_keys_generic(model, src_records, dst_record)
        for name in self.env.registry:
            pointing = self.env[name]
            if pointing._abstract or not pointing._auto:
                continue
            for field in pointing._fields.values():
                if isinstance(field, LeanMany2one) and field.store and field.comodel_name == model:
                    column = SQL.identifier(field.name)
                    self.env.cr.execute(
                        SQL(
                            "UPDATE %s SET %s = %s WHERE %s = ANY(%s)",
                            SQL.identifier(pointing._table),
                            column,
                            dst_record.id,
                            column,
                            src_records.ids,
                        )
                    )
        self.env.invalidate_all()
        return result
