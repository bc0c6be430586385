from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StationPortalCase


@tagged("post_install", "-at_install")
class TestNotices(StationPortalCase):
    def seen_by(self, notice):
        return {who for who in self.users if self.as_portal(notice, who).search([("id", "=", notice.id)])}

    def test_st11_each_audience_and_nobody_else(self):
        self.assertEqual(self.seen_by(self.new_notice()), {"own", "sibling", "area", "other_area"})
        self.assertEqual(self.seen_by(self.new_notice(audience="area_partners")), {"area", "other_area"})
        areas = self.new_notice(audience="areas", area_ids=[(6, 0, self.area.ids)])
        self.assertEqual(self.seen_by(areas), {"own", "sibling", "area"})
        chosen = self.new_notice(audience="chosen", station_ids=[(6, 0, self.sibling.ids)])
        self.assertEqual(self.seen_by(chosen), {"sibling", "area"})
        self.assertEqual(self.seen_by(self.new_notice(publish=False)), set())

    def test_st11_the_clerk_sees_who_has_read_it_and_who_has_not(self):
        notice = self.new_notice(audience="areas", area_ids=[(6, 0, self.area.ids)])
        self.assertEqual((notice.recipient_count, notice.reader_count), (3, 0))
        mine = self.as_portal(notice, "own")
        self.assertEqual(mine._unread(), mine)
        mine._note_reader()
        mine._note_reader()
        self.assertFalse(mine._unread())
        notice.invalidate_recordset()
        self.assertEqual(notice.receipt_ids.user_id, self.users["own"])
        self.assertTrue(notice.receipt_ids.read_at)
        waiting = self.users["sibling"].partner_id | self.users["area"].partner_id
        self.assertEqual(notice.waiting_ids, waiting)
        receipts = self.as_portal(notice.receipt_ids, "own")
        for records, name in ((mine, "receipt_ids"), (mine, "waiting_ids"), (receipts, "user_id")):
            with self.assertRaises(AccessError):
                records.read([name])

    def test_st11_published_anew_it_is_read_anew(self):
        notice = self.new_notice()
        mine = self.as_portal(notice, "own")
        mine._note_reader()
        notice.action_withdraw()
        notice.write({"name": "改过的通知"})
        notice.action_publish()
        self.assertEqual(mine._unread(), mine)

    def test_st11_a_stranger_leaves_no_receipt(self):
        notice = self.new_notice(audience="chosen", station_ids=[(6, 0, self.sibling.ids)])
        with self.assertRaises(AccessError):
            self.as_portal(notice, "own")._note_reader()
        self.assertFalse(notice.receipt_ids)

    def test_st11_somebody_has_to_be_chosen(self):
        for audience in ("areas", "chosen"):
            with self.assertRaisesRegex(UserError, "Choose the"):
                self.new_notice(audience=audience)
