from odoo import models
from odoo.fields import Domain


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _same_person(self):
        """Return all records of the persons in their companies, for the superuser; archived ones too (MA-28).

        A wage is paid to a person, not to a record. One person is who has the same contact, be it the work contact or
        that of the user, or the same identification number.
        """
        everybody = self.sudo().with_context(active_test=False)
        records = everybody.browse(self.ids)
        while True:
            contacts = records.work_contact_id | records.user_id.partner_id
            same = everybody.search(
                Domain("company_id", "in", records.company_id.ids)
                & (
                    Domain("id", "in", records.ids)
                    | Domain("work_contact_id", "in", contacts.ids)
                    | Domain("user_id.partner_id", "in", contacts.ids)
                    | Domain("version_ids.identification_id", "in", records._identification_numbers())
                )
            )
            if same <= records:
                return self.sudo().browse(records.ids)
            records |= same

    def _identification_numbers(self) -> list[str]:
        """Return the identification numbers of the records, also as they may be written elsewhere (…x and …X)."""
        numbers = {number for number in self.version_ids.mapped("identification_id") if number and number.strip()}
        return sorted(numbers | {form for number in map(str.strip, numbers) for form in _cases(number)})


def _cases(number) -> tuple[str, str, str]:
    return number, number.upper(), number.lower()
