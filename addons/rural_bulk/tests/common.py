from odoo.tests import TransactionCase, new_test_user


class CompanyCase(TransactionCase):
    """A company of its own, with Chinese yuan, whose people load files; the base of the tests of what is loaded."""

    company_name = "试验运营商"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._new_company(cls.company_name)
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids, "tracking_disable": True})

    @classmethod
    def _new_company(cls, name, **vals):
        company = cls.env["res.company"].create({"name": name, "currency_id": cls.env.ref("base.CNY").id, **vals})
        cls.env.user.company_ids += company
        return company

    @classmethod
    def _new_user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env, login, f"base.group_user,{groups}", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )

    @classmethod
    def _region(cls, code):
        return cls.env["rural.region"].search([("code", "=", code)])

    def as_user(self, records, user):
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def load_as(self, user, profile, content, name=None):
        """The load of a file's text or bytes by somebody."""
        content = content.encode("utf-8-sig") if isinstance(content, str) else content
        return self.as_user(self.env["rural.load.run"], user)._load(profile, name or f"{profile}.csv", content)

    def counts(self, run):
        """How many rows had each outcome, as far as any had."""
        names = ("new", "updated", "unchanged", "duplicate", "rejected", "warning")
        return {name: run[f"{name}_count"] for name in names if run[f"{name}_count"]}
