from odoo.addons.rural_base.tests.common import CompanyCase


class BooksCase(CompanyCase):
    """A company with the books of a large Chinese one."""

    @classmethod
    def _new_company(cls, name, **vals):
        company = super()._new_company(name, country_id=cls.env.ref("base.cn").id, **vals)
        cls.env["account.chart.template"]._load("cn_large_bis", company, install_demo=False)
        return company
