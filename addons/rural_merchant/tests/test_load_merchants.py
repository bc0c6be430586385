from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MerchantCase

COLUMNS = "商户名称,地区代码,商户类型,地址,联系人,电话,来源,招商专员"


@tagged("post_install", "-at_install")
class TestLoadMerchants(MerchantCase):
    def _list(self, *rows, user=None):
        return self._load(*rows, profile="merchants", columns=COLUMNS, user=user or self.head)

    def test_ma07_a_list_of_prospects_becomes_leads(self):
        row = "商厦大超市,341202,Supermarkets and Department Stores,清河路,张三,0558-1,名单,王招商"
        run = self._list(row, "米兰发型,341203,Beauty and Hair,,,,,")
        self.assertEqual((run.new_count, run.rejected_count), (2, 0))
        merchant = self.env["rural.merchant"].search([("name", "=", "商厦大超市")])
        self.assertEqual((merchant.stage, merchant.type_id, merchant.recruiter_id), ("lead", self.retail, self.wang))
        self.assertEqual(merchant.assignment_ids.reason, "first")
        self.assertEqual(self._list(row).unchanged_count, 1)
        self.assertEqual(self._list(row.replace("0558-1", "0558-2")).updated_count, 1)
        self.assertEqual(merchant.phone, "0558-2")

    def test_ma07_unknown_words_are_named(self):
        run = self._list(
            "甲,349999,Beauty and Hair,,,,,",
            "乙,341202,Wizardry,,,,,",
            "丙,341202,Beauty and Hair,,,,,无此人",
        )
        issues = run.sudo().issue_ids.sorted("row_number")
        self.assertEqual(issues.mapped("reason"), ["region", "type", "recruiter"])
        for merchant_type in self.env["rural.merchant.type"].search([]):
            self.assertIn(merchant_type.name, issues[1].message)
        self.assertIn("employees of this company with a login", issues[2].message)

    def test_ma07_a_lead_is_not_given_to_somebody_who_has_left(self):
        row = "甲,341202,Beauty and Hair,,,,,王招商"
        self._list(row)
        self.wang.sudo().write({"departure_date": "2016-01-31"})
        self.assertEqual(self._list(row).unchanged_count, 1, "who has it already stays")
        for other in (row.replace("甲", "乙"), row.replace("甲", "乙").replace("王招商", self.wang.user_id.login)):
            run = self._list(other)
            self.assertEqual((run.rejected_count, run.sudo().issue_ids.column), (1, "招商专员"))
            self.assertRegex(run.sudo().issue_ids.message, "left on .*2016")
        self.assertEqual(self._list("乙,341202,Beauty and Hair,,,,,").new_count, 1)

    def test_ma07_a_city_is_no_district(self):
        for code in ("341200", "340000"):
            with self.subTest(code=code):
                run = self._list(f"甲,{code},Beauty and Hair,,,,,")
                issue = run.sudo().issue_ids
                self.assertEqual((run.rejected_count, issue.reason, issue.column), (1, "region", "地区代码"))
                self.assertRegex(issue.message, "level County, such as 34")
        self.assertFalse(self.env["rural.merchant"].search([("name", "=", "甲")]))
        # A city without districts, such as 东莞市, stands for one.
        self.assertEqual(self._list("甲,441900,Beauty and Hair,,,,,").new_count, 1)

    def test_ma07_a_phone_cut_by_a_spreadsheet_is_rejected(self):
        run = self._list("甲,341202,Beauty and Hair,,,1.38001E+10,,")
        self.assertEqual((run.rejected_count, run.sudo().issue_ids.column), (1, "电话"))

    def test_ma07_a_merchant_further_on_stays_as_it_is(self):
        merchant = self._signed("老街饭店")
        run = self._list("老街饭店,341202,Beauty and Hair,别处,,,,")
        self.assertEqual((run.unchanged_count, run.warning_count), (1, 1))
        self.assertEqual(merchant.type_id, self.catering)

    def test_ma07_two_recruiters_of_one_name_are_both_named_and_none_is_guessed(self):
        users = [self._new_user(f"test_zhang_{number}", "rural_merchant.group_recruiter") for number in (1, 2)]
        employees = self.env["hr.employee"].create(
            [{"name": "张伟", "company_id": self.company.id, "user_id": user.id} for user in users]
        )
        rows = ["老街超市,341202,Beauty and Hair,,,,,张伟", "新街超市,341202,Beauty and Hair,,,,,张伟 "]
        run = self._list(*rows)
        self.assertEqual((run.rejected_count, run.new_count), (2, 0))
        for issue in run.sudo().issue_ids:
            self.assertEqual((issue.reason, issue.column), ("ambiguous", "招商专员"))
            self.assertRegex(issue.message, r"张伟 \(test_zhang_1\)(?: or |或)张伟 \(test_zhang_2\)")
        self.assertEqual(self._list(rows[0].replace("张伟", "test_zhang_2")).new_count, 1)
        merchant = self.env["rural.merchant"].search([("name", "=", "老街超市")])
        self.assertEqual(merchant.recruiter_id, employees[1])

    def test_ma07_two_merchants_of_one_name_in_a_district_are_both_named(self):
        merchants = self._lead("老街超市", address="东街 1 号") + self._lead("老街超市", address="西街 2 号")
        run = self._list("老街超市,341202,Beauty and Hair,南街 3 号,,,,")
        [issue] = run.sudo().issue_ids
        self.assertEqual((run.rejected_count, issue.reason, issue.column), (1, "ambiguous", "商户名称"))
        self.assertIn("东街 1 号", issue.message)
        self.assertIn("西街 2 号", issue.message)
        self.assertEqual(merchants.mapped("address"), ["东街 1 号", "西街 2 号"])

    def test_ma07_recruiters_do_not_load_lists(self):
        with self.assertRaises(AccessError):
            self._list("甲,341202,Beauty and Hair,,,,,", user=self.recruiter)
