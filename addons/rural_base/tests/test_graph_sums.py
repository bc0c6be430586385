from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestGraphSums(TransactionCase):
    """Graphs ask for `sum_currency`, pivots and lists for `sum`: people see the same figure."""

    def test_graphs_show_the_sums_of_pivots_at_any_rate_of_the_own_currency(self):
        company = self.env.company
        self.env["res.currency.rate"].search([("currency_id", "=", company.currency_id.id)]).unlink()
        self.env["res.currency.rate"].create({"currency_id": company.currency_id.id, "rate": 8.7556})
        compared = set()
        for name in self.env.registry:
            model = self.env[name]
            if not name.startswith("rural.") or model._abstract or model._transient:
                continue
            for field in model._fields.values():
                if field.type != "monetary" or not field.store or not field.aggregator:
                    continue
                currency = field.get_currency_field(model)
                if not model._fields[currency]._description_searchable:
                    continue
                with self.subTest(model=name, field=field.name):
                    domain = [(currency, "in", (company.currency_id.id, False))]
                    [sums] = model._read_group(domain, [], [f"{field.name}:sum", f"{field.name}:sum_currency"])
                    self.assertAlmostEqual(float(sums[0] or 0), float(sums[1] or 0), 2)
                compared |= {name} if sums[0] else set()
        self.assertGreater(len(compared), 10)
