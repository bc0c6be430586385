from odoo.tests import HttpCase, tagged

from odoo.addons.rural_base import china_time
from odoo.addons.rural_center_agreement.rules import ONE_DAY

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestPublicPages(HttpCase, AgreementCase):
    """SC-05: public pages, for anybody and without a login."""

    def setUp(self):
        super().setUp()
        self.bring_to("active")
        self.certificate = self.agreement.certificate_id
        self.speak("zh_CN")

    def speak(self, code):
        self.env["res.lang"]._activate_lang(code)
        self.env["ir.module.module"]._load_module_terms(["rural_center_agreement"], [code])
        self.opener.cookies["frontend_lang"] = code

    def check(self, token=None):
        self.env.flush_all()
        return self.url_open(f"/centers/certificate/{token or self.certificate.token}")

    def notice(self, region=""):
        self.env.flush_all()
        return self.url_open(f"/centers/notice?region={region}").text

    def test_sc05_a_valid_certificate_says_so_with_what_is_printed(self):
        page = self.check()
        for words in (
            "本授权书有效", self.certificate.number, "通城县区域服务中心", "通城县黄袍山电商有限公司",
            "湖北省咸宁市通城县", "协议试验运营商",
        ):  # fmt: skip
            self.assertIn(words, page.text)
        self.assertEqual(page.headers["X-Robots-Tag"], "noindex")

    def test_sc05_nothing_else_leaves_the_house(self):
        page = self.check()
        for secret in ("trial421222@example.com", "600,000", "600000", self.agreement.number):
            self.assertNotIn(secret, page.text)

    def test_sc05_a_revoked_certificate_says_since_when_and_the_house_keeps_why(self):
        self.certificate._revoke(china_time.today(), "内部原因：涉嫌串货")
        page = self.check()
        for words in ("本授权书无效：已被撤销", "运营方已撤销该授权书", "2026-03-02"):
            self.assertIn(words, page.text)
        for words in ("本授权书有效", "涉嫌串货"):
            self.assertNotIn(words, page.text)

    def test_sc05_the_public_reads_that_a_certificate_was_replaced_or_the_cooperation_ended(self):
        self.certificate.with_user(self.operations)._replace("内部原因：更名")
        page = self.check()
        self.assertIn("已换发新的授权书", page.text)
        self.assertNotIn("内部原因", page.text)
        certificate = self.agreement.certificate_id
        leaving = self.env["rural.center.exit"].with_user(self.operations)
        leaving = leaving.create({"center_id": self.center.id, "reason": "内部原因：亏损", "last_day": "2026-03-01"})
        leaving.with_user(self.director).action_decide()
        page = self.check(certificate.token)
        self.assertIn("合作已终止", page.text)
        self.assertNotIn("内部原因", page.text)

    def test_sc05_a_certificate_that_is_to_be_revoked_still_holds(self):
        self.certificate._revoke(china_time.today() + ONE_DAY, "自愿退出")
        page = self.check()
        self.assertIn("本授权书有效", page.text)

    def test_sc05_an_expired_certificate_says_so(self):
        self.certificate._write({"valid_from": "2025-01-01", "valid_to": "2025-12-31"})
        self.assertIn("本授权书无效：已过期", self.check().text)

    def test_sc05_a_certificate_of_next_year_is_not_valid_yet(self):
        self.certificate._write({"valid_from": "2026-12-01"})
        self.assertIn("本授权书尚未生效", self.check().text)

    def test_sc05_a_suspended_center_is_shown_as_suspended(self):
        self.center._suspend(china_time.today(), False, "整改")
        page = self.check()
        self.assertIn("该中心目前暂停服务", page.text)
        self.assertNotIn("整改", page.text)
        self.assertIn("已暂停", self.notice("通城县"))

    def test_sc05_a_guessed_address_is_not_found(self):
        for token in ("1", str(self.certificate.id), self.certificate.number, self.certificate.token[:-1], "%25"):
            with self.subTest(token=token):
                page = self.check(token)
                self.assertEqual(page.status_code, 404)
                self.assertNotIn("通城县", page.text)

    def test_sc05_the_pages_speak_the_reader_s_language(self):
        self.assertIn("区域服务中心公示", self.notice())
        self.speak("en_US")
        self.assertIn("This certificate is valid", self.check().text)
        self.assertIn("Public Notice of Service Centers", self.notice())

    def test_sc05_the_notice_is_searched_by_region(self):
        for words in ("", "通城", "通城县", "咸宁市", "湖北", "湖北 通城", "湖北省咸宁市通城县"):
            with self.subTest(words=words):
                self.assertIn(self.certificate.number, self.notice(words))
        for words in ("崇阳县", "湖南省", "湖南 通城", "%"):
            with self.subTest(words=words):
                self.assertNotIn(self.certificate.number, self.notice(words))

    def test_sc05_the_notice_begins_with_the_publication(self):
        waiting = self.bring_to("certified", self._new_agreement(self._new_center("崇阳县区域服务中心", "421223")))
        self.assertNotIn(waiting.certificate_id.number, self.notice("崇阳"))
        self.step(waiting)
        self.assertIn(waiting.certificate_id.number, self.notice("崇阳"))

    def test_sc05_the_notice_escapes_what_people_type(self):
        page = self.url_open("/centers/notice", params={"region": '"><script>alert(1)</script>'})
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("<script>alert(1)", page.text)

    def test_sc05_many_centers_come_in_pages(self):
        page = self.url_open("/centers/notice/page/999")
        self.assertEqual(page.status_code, 200)
