from odoo.exceptions import AccessError, UserError

from .common import PortalCase


class TestNotices(PortalCase):
    def notice(self, **vals):
        notice = (
            self.env["rural.center.notice"]
            .with_user(self.operations)
            .create({"name": "通知", "body": "<p>内容</p>", "company_id": self.company.id, **vals})
        )
        notice.action_publish()
        return notice

    def seen_by(self, notice):
        return {who for who in self.users if self.as_portal(notice, who).search([("id", "=", notice.id)])}

    def test_sc20_each_audience_and_nobody_else(self):
        everybody = {"own", "sibling", "province", "other_province"}
        self.assertEqual(self.seen_by(self.notice()), everybody)
        self.assertEqual(self.seen_by(self.notice(audience="province")), {"province", "other_province"})
        chosen = self.notice(audience="chosen", center_ids=[(6, 0, self.lichuan.ids)])
        self.assertEqual(self.seen_by(chosen), {"own", "province"})

    def test_sc06_notices_and_pool_open_on_activation(self):
        newcomer = self._new_center("崇阳县区域服务中心", "421223", "FW421223T")
        days = newcomer.authorisation_ids.copy_data()
        newcomer.authorisation_ids.unlink()
        self.users = {**self.users, "newcomer": self._new_portal_user("p_newcomer", newcomer.partner_id)}
        everybody = {"own", "sibling", "province", "other_province"}
        self.assertEqual(self.seen_by(self.notice()), everybody)
        self.assertEqual(self.seen_by(self.apples.pool_entry_ids), everybody)
        self.assertEqual(self.seen_by(self.apples), everybody)
        newcomer.authorisation_ids.create(days)
        self.assertIn("newcomer", self.seen_by(self.apples.pool_entry_ids))

    def test_sc20_drafts_and_withdrawn_ones_are_not_shown(self):
        notice = self.notice()
        notice.action_withdraw()
        self.assertEqual(self.seen_by(notice), set())
        notice.write({"name": "改过的通知"})
        notice.action_publish()
        self.assertIn("own", self.seen_by(notice))

    def test_sc20_what_centers_may_have_read_is_kept(self):
        notice = self.notice()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            notice.write({"body": "<p>另一个</p>"})
        with self.assertRaisesRegex(UserError, "kept"):
            notice.unlink()
        with self.assertRaisesRegex(UserError, "buttons"):
            notice.write({"state": "draft"})

    def test_sc20_chosen_centers_have_to_be_chosen(self):
        with self.assertRaisesRegex(UserError, "Choose the centers"):
            self.notice(audience="chosen")

    def test_sc20_who_has_read_it(self):
        notice = self.notice()
        mine = self.as_portal(notice, "own")
        self.assertEqual(mine._unread(), mine)
        mine._note_reader()
        mine._note_reader()
        self.assertFalse(mine._unread())
        self.assertEqual(notice.reader_count, 1)
        with self.assertRaises(AccessError):
            mine.read(["reader_ids"])

    def test_sc20_only_operations_publish(self):
        notice = self.notice()
        for records in (notice.with_user(self.officer), self.as_portal(notice, "own")):
            with self.assertRaises(AccessError):
                records.action_withdraw()
