from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .common import DepositCase


class TestDeposit(DepositCase):
    """DP-01, DP-05: one party, one purpose, a due amount by date."""

    def test_dp05_due_amount_by_purpose_and_kind(self):
        self.assertEqual(self.deposit.due_amount, 20_000)
        self.assertEqual(self._new_deposit(self.lichuan, "province").due_amount, 50_000)
        tenant = self.env.ref("rural_deposit.purpose_tenant_equipment")
        deposit = self._new_deposit(self.tongcheng, None, purpose=tenant)
        self.assertEqual(deposit.due_amount, 2_000)
        self.assertIn("2,000", deposit.explanation)

    def test_dp05_due_amount_of_the_day_of_opening(self):
        version = self.env.ref("rural_deposit.parameter_city_county_first")
        version._change_from(date(2022, 7, 1), value=30_000)
        self.assertEqual(self._new_deposit(self.lichuan, date="2022-06-30").due_amount, 20_000)
        self.assertEqual(self._new_deposit(self.lichuan, date="2022-07-01").due_amount, 30_000)
        self.assertEqual(self.deposit.due_amount, 20_000, "An opened deposit keeps what was agreed")

    def test_dp05_own_amount_of_a_company(self):
        self.env["rural.parameter.value"].create(
            {
                "parameter_id": self.env.ref("rural_deposit.parameter_city_county").id,
                "company_id": self.company.id,
                "value": 8_000,
                "valid_from": "2022-01-01",
            }
        )
        self.assertEqual(self._new_deposit(self.tongcheng).due_amount, 8_000)

    def test_dp05_new_year_new_amount_is_topped_up(self):
        self.done("collect", 20_000)
        self.env.ref("rural_deposit.parameter_city_county_first")._change_from(date(2023, 1, 1), value=25_000)
        self.assertEqual(self.deposit._set_due_from(date(2023, 1, 1)), 5_000)
        self.assertEqual((self.deposit.state, self.deposit.shortfall), ("short", 5_000))

    def test_dp05_another_amount_is_left_to_a_manager(self):
        with self.assertRaises(AccessError):
            self.deposit.with_user(self.operations).due_amount = 1
        self.deposit.with_user(self.director).due_amount = 15_000
        self.assertEqual(self.deposit.due_amount, 15_000)
        vals = {"partner_id": self.lichuan.id, "purpose_id": self.purpose.id, "kind_id": self.deposit.kind_id.id}
        with self.assertRaises(AccessError):
            self.env["rural.deposit"].with_user(self.officer).create({**vals, "due_amount": 5})
        self.assertTrue(self.env["rural.deposit"].with_user(self.officer).create(vals).name)

    def test_dp05_what_the_amount_follows_from_is_a_manager_s_once_there_are_movements(self):
        self.request("collect", 20_000)
        province = self.purpose._kind("province")
        for vals in ({"kind_id": province.id}, {"date": "2020-01-01"}, {"due_amount": 20_000}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.deposit.with_user(self.operations).write(vals)
        self.deposit.with_user(self.director).kind_id = province
        self.assertEqual(self.deposit.due_amount, 50_000)

    def test_dp05_another_purpose_does_not_smuggle_in_another_amount(self):
        booth = self.env["rural.deposit.purpose"].create({"name": "展位押金", "code": "booth"})
        with self.assertRaises(AccessError):
            self.deposit.with_user(self.operations).write({"purpose_id": booth.id, "kind_id": False})

    def test_dp05_purpose_without_a_parameter_is_named(self):
        purpose = self.env["rural.deposit.purpose"].create({"name": "展位押金", "code": "booth"})
        self.assertEqual(self._new_deposit(self.lichuan, None, purpose=purpose).due_amount, 0)
        with self.assertRaisesRegex(UserError, "展位押金"):
            purpose._due_on(date(2022, 7, 1))

    def test_dp05_kind_is_asked_for_where_the_amount_depends_on_it(self):
        with self.assertRaisesRegex(ValidationError, "Choose the kind"):
            self._new_deposit(self.lichuan, None)

    def test_dp01_kind_belongs_to_the_purpose(self):
        station = self.env.ref("rural_deposit.purpose_station")
        with self.assertRaisesRegex(ValidationError, "is not a kind of"):
            self.deposit.purpose_id = station

    def test_dp01_form_shows_what_is_due(self):
        form = Form(self.env["rural.deposit"].with_user(self.operations))
        form.partner_id = self.tongcheng
        form.purpose_id = self.purpose
        form.kind_id = self.purpose._kind("province")
        self.assertEqual(form.due_amount, 50_000)
        deposit = form.save()
        self.assertEqual((deposit.state, deposit.shortfall), ("unpaid", 50_000))

    def test_dp01_states_follow_the_money(self):
        self.assertEqual(self.deposit.state, "unpaid")
        self.done("collect", 12_000)
        self.assertEqual((self.deposit.state, self.deposit.shortfall), ("short", 8_000))
        self.done("top_up", 8_000)
        self.assertEqual((self.deposit.state, self.deposit.shortfall), ("full", 0))
        self.done("deduct", 600)
        self.assertEqual((self.deposit.state, self.deposit.shortfall), ("short", 600))

    def test_dp01_deposit_keeps_its_party_once_there_are_movements(self):
        self.deposit.partner_id = self.tongcheng
        self.request("collect", 100)
        with self.assertRaisesRegex(UserError, "keeps its party"):
            self.deposit.with_user(self.director).partner_id = self.lichuan
        with self.assertRaisesRegex(UserError, "is kept"):
            self.deposit.unlink()

    def test_dp01_deposit_with_a_balance_is_not_archived(self):
        self.done("collect", 20_000)
        with self.assertRaisesRegex(UserError, "cannot be archived or closed"):
            self.deposit.active = False
        empty = self._new_deposit(self.tongcheng)
        waiting = self.request("collect", 5, empty)
        with self.assertRaisesRegex(UserError, "cannot be archived or closed"):
            empty.action_archive()
        waiting.with_user(self.operations)._cancel("不缴了")
        empty.action_archive()
        with self.assertRaisesRegex(UserError, "is over"):
            self.request("collect", 5, empty)

    def test_dp04_deposit_without_a_balance_is_closed(self):
        self.done("collect", 500)
        with self.assertRaisesRegex(UserError, "cannot be archived or closed"):
            self.deposit.with_user(self.director).action_close()
        self.done("deduct", 500)
        with self.assertRaises(AccessError):
            self.deposit.with_user(self.operations).action_close()
        self.deposit.with_user(self.director).action_close()
        self.assertEqual((self.deposit.state, self.deposit.shortfall), ("closed", 0))
        self.deposit.with_user(self.director).action_reopen()
        self.assertEqual(self.deposit.state, "short")

    def test_dp01_deposits_are_in_yuan(self):
        company = self.env["res.company"].create({"name": "美元运营商", "currency_id": self.env.ref("base.USD").id})
        with self.assertRaisesRegex(ValidationError, "keeps its books in USD"):
            self._new_deposit(self.lichuan, company_id=company.id)

    def test_dp02_deposit_explains_itself(self):
        self.done("collect", 20_000)
        self.done("deduct", 1_500)
        text = self.deposit.explanation
        for expected in ("利川市山里货商贸有限公司", "18,500.00", "1,500.00", "DP-02"):
            self.assertIn(expected, text)
        self.assertEqual(self.deposit.clause_id.code, "DP-02")
        self.assertEqual(self.deposit.parameter, self.env.ref("rural_deposit.parameter_city_county_first"))
