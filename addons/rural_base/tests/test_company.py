from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestCompany(TransactionCase):
    """Who fills in a form chooses among all records that may be chosen."""

    def test_what_gives_a_record_its_company_is_not_chosen_by_company(self):
        """A new record has no company until that choice is made: nothing could be chosen."""
        found = [
            f"{name}.{company.related.split('.')[0]}"
            for name, model in self.registry.models.items()
            if name.startswith("rural.") and (company := model._fields.get("company_id")) and company.related
            if model._fields[company.related.split(".")[0]].check_company
        ]
        self.assertEqual(found, [])
