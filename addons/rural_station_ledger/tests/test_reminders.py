from freezegun import freeze_time

from odoo.tests import tagged

from .common import LedgerCase

EVENING = "2026-03-02 11:30:00"  # 19:30 in China, a Monday


@tagged("post_install", "-at_install")
class TestReminders(LedgerCase):
    """Who has not reported is reminded before the day ends (ST-05)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other.write({"area_id": cls.area.id, "partner_id": cls.env["res.partner"].create({"name": "李大权"}).id})

    def remind(self):
        """Return how often stations and areas have been written to by the schedule."""
        stations = self.station | self.other
        before = [len(record.message_ids) for record in (*stations, self.area)]
        self.env["rural.station"].with_user(self.env.ref("base.user_root"))._cron_remind_of_reports()
        after = [len(record.message_ids) for record in (*stations, self.area)]
        return [late - early for late, early in zip(after, before, strict=True)]

    @freeze_time(EVENING)
    def test_st05_who_has_not_reported_is_reminded_once_and_the_area_partner_too(self):
        vals = {"opens_at": "08:00", "closes_at": "16:00"}
        with freeze_time("2026-03-02 10:00:00"):
            self.as_user(self.station, self.partner_user)._hand_in_report(self.day("2026-03-02"), vals)
        self.assertEqual(self.remind(), [0, 1, 1])
        message = self.other.message_ids[0]
        self.assertEqual(message.notified_partner_ids, self.other.partner_id)
        self.assertIn("/my/station/report", message.body)
        area_message = self.area.message_ids[0]
        self.assertEqual(area_message.notified_partner_ids, self.area_user.partner_id)
        self.assertIn(self.other.name, area_message.body)
        self.assertNotIn(self.station.name, area_message.body)
        self.assertEqual(self.remind(), [0, 0, 0])

    def test_st05_nobody_is_reminded_before_the_hour(self):
        with freeze_time("2026-03-02 10:59:59"):
            self.assertEqual(self.remind(), [0, 0, 0])
        parameter = self.env.ref("rural_station_ledger.parameter_station_report_reminder_hour")
        parameter.value_ids.valid_to = "2026-03-01"
        parameter.value_ids.create({"parameter_id": parameter.id, "value": 18, "valid_from": "2026-03-02"})
        with freeze_time("2026-03-02 10:59:59"):
            self.assertEqual(self.remind(), [1, 1, 1])

    def test_st05_nobody_is_reminded_of_a_day_that_is_not_due(self):
        with freeze_time("2026-03-01 11:30:00"):  # a Sunday
            self.assertEqual(self.remind(), [0, 0, 0])
        self.other.closed_on = "2026-03-01"
        days = {"station_id": self.station.id, "date_from": "2026-03-02", "date_to": "2026-03-02", "reason": "农忙"}
        with freeze_time("2026-03-01 11:30:00"):
            asked = self.as_user(self.env["rural.station.closing.day"], self.clerk).create(days)
            self.as_user(asked, self.manager).action_agree()
        with freeze_time(EVENING):
            self.assertEqual(self.remind(), [0, 0, 0])
