import json
from datetime import timedelta

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.rural_base import china_time
from odoo.addons.rural_station_assessment.tests.common import PDF, InspectionCase, photo


@tagged("post_install", "-at_install")
class TestInspectionPages(InspectionCase, HttpCase):
    """The pages on which area partners inspect their stations (ST-06, ST-11)."""

    def setUp(self):
        super().setUp()
        self.stranger = self._new_partner_user("inspect_stranger")
        self.env["rural.station.area"].create(
            {"name": "第二片区", "area_partner_id": self.stranger.partner_id.id, "company_id": self.company.id}
        )

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def page(self, path):
        return self.url_open(path, allow_redirects=False)

    def vals(self, **vals):
        made = fields.Datetime.now() - timedelta(minutes=5)
        return self.sent(inspected_at=f"{made}Z", position_at=f"{made}Z", **vals)

    def send(self, vals, files=None, station=None, token=True):
        data = {"inspection": json.dumps(vals) if isinstance(vals, dict) else vals}
        if token:
            data["csrf_token"] = Request.csrf_token(self)
        path = f"/my/area/inspect/{(station or self.station).id}/send"
        return self.url_open(path, data=data, files=files, allow_redirects=False)

    def test_st06_the_area_partner_sees_the_own_stations(self):
        self.log_in(self.area_user)
        for path in ("/my/area/inspections", f"/my/area/inspect/{self.station.id}"):
            page = self.page(path)
            self.assertEqual(page.status_code, 200, path)
            self.assertIn(self.station.name, page.text)
            self.assertNotIn(self.other.name, page.text)
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        self.assertTrue(any(self.items[0].with_context(lang=lang).name in page.text for lang in langs))

    def test_st06_pages_of_others_do_not_exist(self):
        inspection = self.record()["inspection"]
        problem = self.env["rural.station.problem"].create({"name": "灯坏", "station_id": self.station.id})
        paths = (
            f"/my/area/inspect/{self.station.id}",
            f"/my/area/inspections/{inspection.id}",
            f"/my/area/inspections/list?station={self.station.id}",
            f"/my/area/inspections/problems/{problem.id}",
            f"/my/station/problems/{problem.id}",
        )
        for user in (self.stranger, self._new_partner_user("inspect_nobody")):
            self.log_in(user)
            for path in paths:
                self.assertEqual(self.page(path).status_code, 404, (user.login, path))
        self.log_in(self.partner_user)
        self.assertEqual(self.page(paths[0]).status_code, 404)
        self.log_in(self.area_user)
        for path in paths[:4]:
            self.assertEqual(self.page(path).status_code, 200, path)
        self.assertEqual(self.page(f"/my/area/inspect/{self.other.id}").status_code, 404)
        self.assertEqual(self.page("/my/area/inspect/999999999999").status_code, 404)

    def test_st06_nobody_is_asked_to_log_in(self):
        self.authenticate(None, None)
        for path in ("/my/area/inspections", f"/my/area/inspect/{self.station.id}", "/my/area/inspect/ready"):
            self.assertIn("/web/login", self.page(path).headers.get("Location", ""), path)

    def test_st06_the_telephone_sends_an_inspection_with_photos(self):
        self.log_in(self.area_user)
        vals = self.vals(answers=self.answers(130, "problem", "广告牌破损", ["photo-1", "photo-2"]))
        files = [
            ("photo-1", ("广告牌.png", photo(), "image/png")),
            ("photo-2", ("合同.jpg", PDF, "image/jpeg")),
        ]
        answer = self.send(vals, files).json()
        self.assertEqual((answer["outcome"], answer["counts"]), ("new", True))
        [refused] = answer["photos_refused"]
        self.assertIn("合同.jpg", refused)
        inspection = self.station.inspection_ids
        self.assertEqual(inspection.photo_ids.mapped("name"), ["广告牌.png"])
        again = self.send(vals, files).json()
        self.assertEqual((again["outcome"], again["url"]), ("duplicate", answer["url"]))
        page = self.page(answer["url"])
        self.assertIn("广告牌破损", page.text)
        picture = self.page(f"{answer['url']}/photos/{inspection.photo_ids.id}")
        self.assertEqual((picture.content, picture.headers["Content-Type"]), (photo(), "image/png"))
        other = self.env["ir.attachment"].create({"name": "别的.png", "raw": photo()})
        self.assertEqual(self.page(f"{answer['url']}/photos/{other.id}").status_code, 404)

    def test_st06_what_cannot_be_is_refused_in_a_sentence(self):
        self.log_in(self.area_user)
        later = fields.Datetime.now() + timedelta(hours=2)
        answer = self.send({**self.vals(), "inspected_at": f"{later}Z"}).json()
        self.assertIn("XJ20260302-AAAA1111", answer["refused"])
        self.assertFalse(self.station.inspection_ids)

    def test_st06_nobody_sends_for_another_station_or_without_a_token(self):
        self.log_in(self.area_user)
        self.assertEqual(self.send(self.vals(), station=self.other).status_code, 404)
        with mute_logger("odoo.http"):
            self.assertEqual(self.send(self.vals(), token=False).status_code, 400)
        for text in ("", "[]", "{", '{"answers": 7}', '{"answers": [1]}'):
            self.assertEqual(self.send(text).status_code, 400, text)
        self.log_in(self.stranger)
        self.assertEqual(self.send(self.vals()).status_code, 404)
        self.assertFalse(self.station.inspection_ids)

    def test_st06_the_worker_may_keep_the_inspections_only(self):
        self.authenticate(None, None)
        worker = self.page("/my/area/inspect-worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/my/area/inspect")
        self.assertIn("rural-inspections", worker.text)

    def test_st06_the_station_partner_puts_a_problem_right(self):
        problem = self.env["rural.station.problem"].create({"name": "灭火器过期", "station_id": self.station.id})
        path = f"/my/station/problems/{problem.id}"
        self.log_in(self.partner_user)
        self.assertIn("灭火器过期", self.page("/my/station/problems").text)
        data = {"note": "已换新", "csrf_token": Request.csrf_token(self)}
        page = self.url_open(path, data=data, files={"photos": ("假.png", b"<html>")}, allow_redirects=False)
        self.assertIn("假.png", page.text)
        self.assertEqual(problem.state, "open")
        done = self.url_open(path, data=data, files={"photos": ("新.png", photo())}, allow_redirects=False)
        self.assertEqual(done.status_code, 303)
        self.assertEqual((problem.state, problem.put_right_by_id), ("put_right", self.partner_user))
        self.assertEqual(self.page(f"{path}/photos/{problem.attachment_ids.id}").content, photo())

    def test_st06_what_counts_is_shown_to_the_area_partner(self):
        self.log_in(self.area_user)
        page = self.page("/my/area/inspections")
        self.assertIn(f"{china_time.today():%Y-%m}", page.text)
