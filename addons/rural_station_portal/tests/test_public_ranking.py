import re
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from odoo.addons.rural_station_ledger.tests.common import LedgerCase

MARCH = date(2026, 3, 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestPublicRanking(LedgerCase, HttpCase):
    """Everybody sees the published rankings of the host's company, and nothing else of a station (ST-07)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rankings = cls.env.registry["rural.station.ranking"]
        cls.enterClassContext(
            patch.object(
                rankings, "_public_company", lambda rankings: rankings.env["res.company"].browse(cls.company.id).sudo()
            )
        )
        cls.third = cls.new_station("ZD003", township="文家市镇")
        cls.late = cls.new_station("ZD004", opened_on="2026-03-02")

    def publish(self):
        rankings = self.as_user(self.env["rural.station.ranking"], self.manager)
        return rankings._publish(rankings.env.company, MARCH)

    def page(self, path="/stations/ranking/2026-03", **arguments):
        return self.url_open(path, params=arguments, allow_redirects=False)

    def test_st07_the_ranking_is_public_with_ties_the_last_and_who_has_no_rank(self):
        self.load_platform(
            self.sold("T1", "1234.50"),
            self.sold("T2", "1234.50", station="ZD002"),
            self.sold("T3", "5", station="ZD003"),
        )
        self.publish()
        page = self.page()
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self.page("/stations/ranking").status_code, 200)
        text = " ".join(page.text.split())
        self.assertEqual(text.count('<td class="rank">1</td>'), 2)
        self.assertIn('<tr class="last"> <td class="rank">3</td>', text)
        self.assertIn("1,234.50", text)
        self.assertIn("文家市镇", text)
        self.assertIn('data-reason="opened"', text)
        for secret in ("ZD001<", self.partner_user.partner_id.name, self.area.name, "csrf_token"):
            self.assertNotIn(secret, page.text)

    def test_st07_a_new_edition_says_what_changed_and_the_former_stays(self):
        self.load_platform(self.sold("T1", "10"), self.sold("T2", "7", station="ZD002"))
        self.publish()
        self.load_platform(self.sold("T9", "8.25", station="ZD003"))
        self.publish()
        page = self.page().text
        self.assertNotIn("note warning", page)
        changes = re.findall("<li>(.*?)</li>", page, re.DOTALL)
        figures = [re.findall(r"ZD00[0-9]|[0-9]+\.[0-9]+", change) for change in changes]
        self.assertEqual(figures, [["ZD003", "0.00", "8.25"], ["ZD002", "7.00", "7.00"]])
        self.assertLess(page.index('data-edition="2"'), page.index('data-edition="1"'))
        self.assertIn("note warning", self.page(edition="1").text)
        self.assertEqual(self.page(edition="3").status_code, 404)

    def test_st07_no_page_for_a_month_without_a_ranking_or_of_another_company(self):
        self.assertEqual(self.page().status_code, 404)
        self.assertEqual(self.page("/stations/ranking").status_code, 200)
        self.publish()
        for path in ("2026-02", "2026-13", "märz"):
            self.assertEqual(self.page(f"/stations/ranking/{path}").status_code, 404)
        with patch.object(
            self.env.registry["rural.station.ranking"],
            "_public_company",
            lambda rankings: rankings.env.ref("base.main_company").sudo(),
        ):
            self.assertNotIn("ZD001 服务站", self.page("/stations/ranking").text)

    def test_st07_the_page_may_be_cached_and_keeps_no_session(self):
        self.publish()
        page = self.page()
        self.assertIn("public, max-age", page.headers["Cache-Control"])
        self.assertNotIn("session_id", page.headers.get("Set-Cookie", ""))
        again = self.url_open("/stations/ranking/2026-03", headers={"If-None-Match": page.headers["ETag"]})
        self.assertEqual(again.status_code, 304)
