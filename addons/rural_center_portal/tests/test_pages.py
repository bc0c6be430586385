import io

from openpyxl import load_workbook

from odoo.tests import tagged

from odoo.addons.rural_settlement.tests.common import FEBRUARY

from .belongings import Belongings
from .common import PICTURE, PortalPageCase


@tagged("post_install", "-at_install")
class TestPages(Belongings, PortalPageCase):
    def setUp(self):
        super().setUp()
        self.things = self.belongings()
        self.log_in("own")

    def test_sc20_home_leads_to_the_pages_and_counts_what_waits(self):
        text = self.page("/my").text
        for path in ("pool", "orders", "statements", "recommendations", "notices"):
            self.assertIn(f'href="/my/center/{path}"', text)
        self.assertIn(self.lichuan.name, text)
        names = ["center_statement_count", "center_notice_count", "center_penalty_count"]
        counters = self.make_jsonrpc_request("/my/counters", {"counters": names})
        self.assertEqual(counters, dict.fromkeys(names, 1))
        self.log_in("other_province")
        counters = self.make_jsonrpc_request("/my/counters", {"counters": names})
        self.assertIsNone(counters["center_penalty_count"], "no red 0 stands where nothing waits")

    def test_sc20_whoever_has_no_center_has_no_cards(self):
        self.log_in("nobody")
        self.assertNotIn("/my/center", self.page("/my").text)

    def test_sc20_home_of_a_province_names_itself_and_counts_the_centers_below(self):
        self.log_in("province")
        home = self.page("/my")
        self.assertIn(self.province.name, home.text)
        self.assertNotIn(self.lichuan.name, home.text)
        self.assert_says(home, "2 city and county", "2 个下属")

    def test_sc20_ended_centers_stand_below_the_working_ones(self):
        self.log_in("province")
        first, second = self.centers_in_order()
        first.authorisation_ids.valid_to = "2022-06-30"
        self.assertEqual(self.centers_in_order(), second + first)

    def centers_in_order(self):
        table = self.page("/my/center").text.partition("<table")[2]
        return (self.lichuan + self.tongcheng).sorted(lambda center: table.index(center.name))

    def test_sc08_the_pool_of_today_with_its_rates(self):
        text = self.page("/my/center/pool").text
        self.assertIn("苹果", text)
        self.assertIn("10%", text)
        self.assertLess(text.index("大米"), text.index("苹果"))
        self.assertNotIn("大米", self.page("/my/center/pool", search="苹果").text)
        self.apples.pool_entry_ids.valid_to = "2022-06-30"
        self.assertNotIn("苹果", self.page("/my/center/pool").text)

    def test_sc10_orders_with_their_fee_or_reason(self):
        self.load(self.row("OWN9", 6, 采购单位地区代码="421222"), self.row("OWN8", 6))
        listed = self.page("/my/center/orders")
        text = listed.text
        self.assertIn("OWN9", text)
        self.assert_says(listed, "Out of Region", "超出区域")
        self.assertNotIn("OWN1", text, "January lies further back than the list goes by itself")
        self.assertIn("OWN1", self.page("/my/center/orders", month="2022-01").text)
        self.assertIn("OWN1", self.page("/my/center/orders", month="all").text)
        self.assertNotIn("OWN8", self.page("/my/center/orders", kind="excluded").text)
        self.assertIn("SC-11", self.page(f"/my/center/orders/{self.line('OWN9').id}").text)

    def test_sc13_agree_by_the_button(self):
        self.things["statement_id"].dispute_ids.write({"state": "refused"})
        path = f"/my/center/statements/{self.things['statement_id'].id}"
        response = self.send(f"{path}/agree")
        self.assertEqual((response.status_code, response.headers["Location"][-12:]), (303, "?done=agreed"))
        self.assertTrue(self.things["statement_id"].agreed_at)
        self.assert_says(self.send(f"{path}/agree"), "is agreed already", "无需重复确认")

    def test_sc13_object_by_the_form(self):
        statement, line = self.things["statement_id"], self.line("OWN2")
        path = f"/my/center/statements/{statement.id}/dispute"
        self.assertIn("OWN2", self.page(path, line_id=line.id).text)
        self.assertEqual(self.send(path, line_id=line.id, text="单价有误").status_code, 303)
        self.assertEqual(statement.dispute_ids[0].line_id, line)
        page = self.send(path, line_id=line.id, text="再说一次")
        self.assert_says(page, "objected to this line already", "已对该行提出异议")
        self.assertIn("再说一次", page.text)
        self.assertEqual(len(statement.dispute_ids), 2)
        self.assertEqual(self.send(path, line_id=self.line("SIBLING1").id, text="别家的").status_code, 200)
        self.assertEqual(len(statement.dispute_ids), 2)

    def test_sc13_download_the_statement(self):
        path = f"/my/center/statements/{self.things['statement_id'].id}"
        pdf = self.page(f"{path}/pdf")
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")
        self.assertIn("filename", pdf.headers["Content-Disposition"])
        # While tests run, Odoo gives the page instead of the PDF that is made of it.
        self.assertIn("OWN1-1", pdf.text)
        sheet = load_workbook(io.BytesIO(self.page(f"{path}/xlsx").content)).worksheets[0]
        cells = {cell.value for row in sheet.iter_rows() for cell in row}
        self.assertIn("OWN1-1", cells)
        self.assertNotIn("OWN3-1", cells)

    def test_sc13_a_draft_has_no_page(self):
        draft = self.statement(FEBRUARY)
        self.assertEqual(draft.state, "draft")
        self.assertEqual(self.page(f"/my/center/statements/{draft.id}").status_code, 404)

    def test_sc09_recommend_by_the_form(self):
        told = {
            "product_name": "利川山药",
            "specification": "5斤",
            "price": "29.9",
            "supplier_name": "合作社",
            "contact_name": "赵六",
            "contact_phone": "13900000003",
            "reason": "品质好",
        }
        files = {"pictures": ("山药.png", PICTURE, "image/png")}
        response = self.send("/my/center/recommendations/new", files=files, **told)
        self.assertEqual(response.status_code, 303)
        page = self.page(response.headers["Location"])
        self.assertIn("利川山药", page.text)
        self.assertIn("/pictures/", page.text)
        refused = self.send("/my/center/recommendations/new", **{**told, "reason": ""})
        self.assert_says(refused, "Missing: Why It Belongs in the Pool", "缺少：推荐理由")
        self.assertIn("利川山药", refused.text)

    def test_sc20_a_notice_is_read_once_opened(self):
        notice = self.things["notice_id"]
        self.assertIn("机密内容", self.page(f"/my/center/notices/{notice.id}").text)
        self.assertEqual(notice.reader_ids, self.users["own"])
        file = self.page(f"/my/center/notices/{notice.id}/files/{self.things['file_id'].id}")
        self.assertEqual(file.content, b"secret file")
        self.assertIn("attachment", file.headers["Content-Disposition"])

    def test_sc20_a_province_sees_its_centers(self):
        self.log_in("province")
        text = self.page("/my/center").text
        for center in (self.province, self.lichuan, self.tongcheng):
            self.assertIn(center.name, text)
        self.assertNotIn(self.other_province.name, text)
        only = self.page("/my/center/orders", month="all", center=self.tongcheng.id).text
        self.assertIn("SIBLING1", only)
        self.assertNotIn("OWN1", only)
        self.assertNotIn("/agree", self.page(f"/my/center/statements/{self.things['statement_id'].id}").text)

    def test_dp05_what_is_missing_of_the_deposit_stands_on_the_overview(self):
        deposit = self.lichuan.deposit_id
        self.assertNotIn("/my/center/deposit?center=", self.page("/my/center").text)
        deposit.due_amount = deposit.balance + 1234.56
        overview = self.page("/my/center")
        self.assertIn(f"/my/center/deposit?center={self.lichuan.id}", overview.text)
        self.assertIn("1,234.56", overview.text)

    def test_dp05_the_page_of_the_deposit_says_what_is_missing_and_what_is_owed(self):
        deposit = self.lichuan.deposit_id
        deposit.due_amount = deposit.balance + 1234.56
        page = self.page("/my/center/deposit")
        self.assertIn("1,234.56", page.text)
        self.assert_says(page, "the deposit is below its due amount", "保证金低于应缴金额")
        owed = ("beyond the balance and to be paid", "超出余额")
        self.assertFalse(any(words in page.text for words in owed))
        deduction = deposit._request("deduct", deposit.balance + 77.7, "处罚", document="决定书")
        deduction.with_user(self._new_user("p_checker", "rural_base.group_operations_manager")).action_approve()
        deduction.with_user(self.accountant)._post()
        page = self.page("/my/center/deposit")
        self.assertIn("77.70", page.text)
        self.assert_says(page, *owed)

    def test_sc20_a_payee_that_is_a_contact_of_the_legal_entity_has_its_portal(self):
        entity = self.env["res.partner"].create({"name": "利川商贸有限公司", "is_company": True})
        self.lichuan.partner_id.write({"is_company": False, "parent_id": entity.id})
        self.assertEqual(self.users["own"].commercial_partner_id, entity)
        self.assertIn(self.lichuan.name, self.page("/my/center").text)
        self.assertIn(self.things["statement_id"].name, self.page("/my/center/statements").text)
        self.assertIn("31,415.92", self.page("/my/center/deposit").text)
        self.assertEqual(self.page(f"/my/center/statements/{self.things['statement_id'].id}").status_code, 200)

    def test_sc20_deposit_documents_and_indicators(self):
        deposit = self.page("/my/center/deposit").text
        self.assertIn("利川保证金流水", deposit)
        self.assertIn("31,415.92", deposit)
        documents = self.page("/my/center/documents").text
        for words in ("SQ-SECRET", "利川学员", self.things["agreement_id"].number):
            self.assertIn(words, documents)
        indicators = self.page("/my/center/indicators").text
        self.assertIn(f"/my/center/indicators/{self.things['result_id'].id}", indicators)
        result = self.page(f"/my/center/indicators/{self.things['result_id'].id}").text
        self.assertIn("苹果", result)
        self.assertIn("SC-18", result)

    def test_sc20_files_of_a_center(self):
        agreement = self.things["agreement_id"]
        for path in (
            f"deposit/receipts/{self.things['movement_id'].id}",
            f"documents/agreements/{agreement.id}",
            f"documents/certificates/{self.things['certificate_id'].id}",
            f"indicators/{self.things['result_id'].id}/pdf",
        ):
            response = self.page(f"/my/center/{path}")
            self.assertEqual(response.headers["Content-Type"], "application/pdf", path)
            self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(self.page(f"/my/center/documents/agreements/{agreement.id}/scan").content, b"secret file")

    def test_sc18_an_unreviewed_result_is_not_printed(self):
        result = self.things["result_id"]
        result.assessment_id.sudo().state = "draft"
        self.assertEqual(self.page(f"/my/center/indicators/{result.id}/pdf").status_code, 404)

    def test_sc17_appeal_by_the_form(self):
        case = self.things["case_id"]
        path = f"/my/center/penalties/{case.id}"
        self.assertIn("利川违规事实", self.page(path).text)
        self.assertEqual(self.send(f"{path}/appeal", text=" ").status_code, 200)
        self.assertEqual(case.state, "decided")
        self.assertEqual(self.send(f"{path}/appeal", text="当日系统故障").status_code, 303)
        self.assertEqual(case.state, "appealed")
        self.assertIn("当日系统故障", self.page(path).text)
        self.assertEqual(self.send(f"{path}/accept").status_code, 200)
        self.assertEqual(case.state, "appealed")
