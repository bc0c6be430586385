from datetime import date

from freezegun import freeze_time

from odoo.addons.rural_account.tests.common import BooksCase

APRIL, MAY, JUNE, JULY = (date(2023, month, 1) for month in (4, 5, 6, 7))


class BonusCase(BooksCase):
    """A company with Chinese books, two recruiters, their manager, somebody for each role, merchants as wanted."""

    company_name = "薪酬试验运营商"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2024-02-01 02:00:00"))
        cls.payroll = cls._new_user("b_payroll", "payroll.group_payroll_manager")
        cls.head = cls._new_user("b_head", "rural_merchant.group_recruiting_head")
        cls.gm = cls._new_user("b_gm", "rural_merchant.group_general_manager")
        cls.accountant = cls._new_user("b_accountant", "account.group_account_user")
        cls.li_user = cls._new_user("b_li", "rural_merchant.group_recruiter")
        cls.li = cls._new_employee("李小红", cls.li_user)
        cls.wang = cls._new_employee("王建国")
        cls.chief = cls._new_employee("张思成", cls.head, kind="manager")
        cls.type = cls.env["rural.merchant.type"].search([], limit=1)
        cls.Run = cls.env["rural.bonus.run"]
        cls._load_cards(*(date(year, month, 1) for year in (2022, 2023, 2024) for month in range(1, 13)))

    @classmethod
    def _new_employee(cls, name, user=None, kind="recruiter", since="2022-01-01"):
        employee = cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "user_id": user.id if user else False,
                "contract_date_start": since,
                "wage": 3000,
            }
        )
        cls.env["rural.recruiting.post"].create({"employee_id": employee.id, "kind": kind, "valid_from": since})
        return employee

    @classmethod
    def _load_cards(cls, *months):
        """A card transaction of each month that earns nothing, so that no file is missing."""
        merchant = cls.env["rural.merchant"].sudo().create({"name": "刷卡商户", "company_id": cls.company.id})
        cls.env["rural.card.transaction"].sudo().create(
            [
                {
                    "company_id": cls.company.id,
                    "number": f"CARD{month:%Y%m}",
                    "time": f"{month:%Y-%m-%d} 04:00:00",
                    "month": month,
                    "merchant_id": merchant.id,
                    "terminal_id": 1,
                    "card_type": "bank",
                    "kind": "sale",
                    "amount": 100,
                    "rate_id": 1,
                    "rate": 0,
                    "rebate": 0,
                    "bank_fee": 0,
                }
                for month in months
            ]
        )

    # ------------------------------------------------------------------
    # Merchants
    # ------------------------------------------------------------------

    def merchant(self, recruiter, merchant_class="3", since="2023-01-05", terminals=1, **profits):
        """A merchant signed and installed on a day, with profits by month, such as m4=100."""
        merchant = (
            self.env["rural.merchant"]
            .sudo()
            .create(
                {
                    "name": "阜阳商户",
                    "company_id": self.company.id,
                    "type_id": self.type.id,
                    "contract_from": since,
                    "contract_to": "2026-12-31",
                    "stage": "installed",
                    "signed_on": since,
                    "signed_class": merchant_class,
                }
            )
        )
        self.env["rural.merchant.assignment"].create(
            {"merchant_id": merchant.id, "employee_id": recruiter.id, "valid_from": since}
        )
        for number in range(terminals):
            self.env["rural.merchant.terminal"].create(
                {"number": f"T{merchant.id}N{number}", "merchant_id": merchant.id, "installed_on": since}
            )
        for month, profit in profits.items():
            self.earn(merchant, date(2023, int(month[1:]), 1), profit)
        return merchant

    def earn(self, merchant, month, profit):
        """A profit in a month: a cost that is negative."""
        self.env["rural.merchant.cost"].create(
            {"name": "利润", "merchant_id": merchant.id, "month": month, "amount": -profit}
        )

    def remove(self, merchant, count, day):
        terminals = (
            merchant.env["rural.merchant.terminal"]
            .sudo()
            .search([("merchant_id", "=", merchant.id), ("removed_on", "=", False)], limit=count)
        )
        self.assertEqual(len(terminals), count)
        terminals.write({"removed_on": day})

    def follow_up(self, merchant, kind, day, count=1):
        for _number in range(count):
            self.env["rural.merchant.follow.up"].create({"merchant_id": merchant.id, "kind": kind, "date": day})

    def transfer(self, merchants, employee, day, reason="transfer"):
        merchants._reassign(employee, date.fromisoformat(day), reason)

    # ------------------------------------------------------------------
    # Runs
    # ------------------------------------------------------------------

    def run_of(self, kind, first):
        run = self.Run.with_user(self.payroll).create({"kind": kind, "date_from": first})
        run.action_compute()
        return run

    def approve(self, run):
        run.with_user(self.head).action_review()
        run.with_user(self.gm).action_approve()
        return run

    def amounts(self, run, clause=None):
        """What each person is due: name → yuan, or (name, clause) → yuan."""
        found = {}
        for line in run.sudo().line_ids:
            if clause and line.clause != clause:
                continue
            key = line.employee_id.name if clause else (line.employee_id.name, line.clause)
            found[key] = round(found.get(key, 0) + line.amount, 2)
        return found
