from .common import AssessmentCase


class TestSchedule(AssessmentCase):
    """The running year is measured every night."""

    def test_sc16_running_year_is_opened_and_measured_by_itself(self):
        self._load_year()
        self._agree(self.lichuan, 2023, target_market_revenue=40)
        self.Assessment._cron_refresh()
        running = self.Assessment.search([("company_id", "=", self.company.id)])
        self.assertEqual((running.year, running.state), (2023, "draft"))
        self.assertEqual(running.line_ids.progress_market_revenue, 50)
        self.load(self.row("Y3", 12, "5.00", 下单时间="2022-12-30 09:00:00", 完成时间="2023-01-05 00:00:00"))
        self.Assessment._cron_refresh()
        self.assertEqual(running.line_ids.market_revenue, 25)

    def test_sc18_schedule_does_not_become_the_preparer(self):
        self._load_year()
        assessment = self.assess()
        self.Assessment._cron_refresh()
        self.assertEqual(assessment.prepared_by_id, self.officer)

    def test_company_without_agreements_has_no_assessment(self):
        self.agreement.stage = "draft"
        self.Assessment._cron_refresh()
        self.assertFalse(self.Assessment.search([("company_id", "=", self.company.id)]))
