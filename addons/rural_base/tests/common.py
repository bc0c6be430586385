"""What tests of the suite share."""

import doctest

from odoo.tests import TransactionCase, new_test_user

from ..models.mail_thread import UNTRACKED


def run_examples(test, *modules):
    """Run the examples in the docstrings of the modules; a wrong one fails the test with its report."""
    for module in modules:
        with test.subTest(module=module.__name__):
            report = []
            runner = doctest.DocTestRunner(verbose=False)
            for example in doctest.DocTestFinder().find(module):
                runner.run(example, out=report.append)
            test.assertTrue(runner.tries, "There is no example to run")
            test.assertFalse(runner.failures, "".join(report))


class CompanyMixin:
    """Companies of their own, in yuan, and their people."""

    @classmethod
    def _new_company(cls, name, **vals):
        company = cls.env["res.company"].create({"name": name, "currency_id": cls.env.ref("base.CNY").id, **vals})
        cls.env.user.company_ids += company
        return company

    @classmethod
    def _work_in(cls, company, **context):
        """Let the test go on in a company, and in no other."""
        cls.company = company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids, **context})

    @classmethod
    def _new_user(cls, login, groups="", company=None, **vals):
        company = company or cls.company
        groups = ",".join(filter(None, ("base.group_user", groups)))
        return new_test_user(cls.env, login, groups, company_id=company.id, company_ids=[(6, 0, company.ids)], **vals)

    @classmethod
    def _region(cls, code):
        return cls.env["rural.region"].search([("code", "=", code)])

    def turns(self, lock):
        """Return how often the transactions so far, and this one, have taken a lock for the company."""
        return self.env["rural.lock"].sudo().search([("name", "=", f"{lock}:{self.company.id}")]).turn

    def as_user(self, records, user):
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)


class CompanyCase(CompanyMixin, TransactionCase):
    """A company of its own, in which the test works; nothing is written to chatters."""

    company_name = "试验运营商"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._work_in(cls._new_company(cls.company_name), tracking_disable=UNTRACKED)
