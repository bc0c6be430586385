import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.rural_portal.public_form import HONEYPOT

from .common import JPEG, NUMBERS, PDF, PartnerMixin


@tagged("post_install", "-at_install")
class TestPublicForm(PartnerMixin, HttpCase):
    """Applications by the public form, and the page on which they are followed (ST-02)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.ref("base.main_company")
        cls._make_written_test()
        for code in ("station_form_seconds",):
            cls.env["rural.parameter.value"].create(
                {
                    "parameter_id": cls.env["rural.parameter"].search([("code", "=", code)]).id,
                    "value": 0,
                    "valid_from": "2020-01-01",
                    "company_id": cls.company.id,
                }
            )
        per_hour = cls.env.ref("rural_station_partner.parameter_station_form_per_hour")
        cls.per_hour = cls.env["rural.parameter.value"].create(
            {"parameter_id": per_hour.id, "value": 1000, "valid_from": "2020-01-01", "company_id": cls.company.id}
        )
        cls.Application = cls.env["rural.station.application"]

    @classmethod
    def _region(cls, code):
        return cls.env["rural.region"].search([("code", "=", code)])

    def page(self):
        response = self.url_open("/stations/apply")
        text = response.text
        hidden = {name: self._hidden(text, name) for name in ("csrf_token", "opened")}
        region = re.search(r'<option value="(\d+)"', text)
        return {**hidden, "region": region and region.group(1)}

    def _hidden(self, text, name):
        return re.search(rf'name="{name}"[^>]*value="([^"]*)"', text).group(1)

    def send(self, files=(), **vals):
        values = {
            **self.page(),
            "applicant": "牟春梅",
            "phone": "138 0000 6688",
            "id_number": NUMBERS[3],
            "email": "chunmei@example.com",
            "township": "柏杨坝镇",
            "village": "水井村",
            "consent": "1",
            HONEYPOT: "",
            **vals,
        }
        return self.url_open(
            "/stations/apply", data=values, files=[("files", file) for file in files] or None, allow_redirects=False
        )

    def apply(self, **vals):
        before = self.Application.search([])
        response = self.send(**vals)
        self.assertEqual(response.status_code, 303, response.text[:3000])
        [application] = self.Application.search([]) - before
        return application, response.headers["Location"]

    def test_st02_application_by_telephone(self):
        application, address = self.apply(files=[("门面.jpg", JPEG, "image/jpeg")])
        self.assertEqual((application.channel, application.state), ("web", "applied"))
        self.assertEqual(application.id_masked, "422***********0042")
        self.assertEqual(application.attachment_ids.mapped("name"), ["门面.jpg"])
        self.assertFalse(application.entered_by_id)
        page = self.url_open(address)
        self.assertIn(application.name, page.text)
        self.assertNotIn(NUMBERS[3], page.text)

    def test_st02_page_without_its_token_does_not_exist(self):
        application, _address = self.apply()
        for token in ("", "x", "0" * 36):
            with mute_logger("odoo.http"):
                page = self.url_open(f"/stations/application/{application.id}?access_token={token}")
            self.assertEqual(page.status_code, 404)

    def test_st02_what_is_wrong_is_said_at_its_field(self):
        for field, value in (
            ("id_number", "422802198506150043"),
            ("phone", "abc"),
            ("email", "x@"),
            ("township", ""),
            ("place_size", "-3"),
            ("consent", ""),
        ):
            with self.subTest(field):
                response = self.send(**{field: value})
                self.assertEqual(response.status_code, 400)
                self.assertEqual(re.findall(r'id="problem_(\w+)"', response.text), [field])

    def test_st02_photo_that_lies_and_one_too_big(self):
        limit = int(self.env["rural.document.mixin"]._max_megabytes())
        big = JPEG + b"0" * ((limit + 1) * 1024 * 1024)
        for file in (("门面.jpg", PDF, "image/jpeg"), ("大图.jpg", big, "image/jpeg"), ("空.jpg", b"", "image/jpeg")):
            with self.subTest(file[0]):
                response = self.send(files=[file])
                self.assertEqual(response.status_code, 400)
                self.assertRegex(response.text, rf'id="problem_files">\s*{file[0]}')

    def test_st02_same_person_twice(self):
        self.apply()
        response = self.send(phone="13900000000")
        self.assertEqual(response.status_code, 400)
        self.assertIn("alert-danger", response.text)
        self.assertEqual(self.Application.search_count([("applicant", "=", "牟春梅")]), 1)

    def test_st09_listed_person_reads_a_neutral_sentence(self):
        self.env["rural.station.blacklist"].create(
            {
                "name": "牟春梅",
                "id_number": NUMBERS[3],
                "reason": "侵占货款",
                "state": "listed",
                "listed_on": "2022-01-01",
            }
        )
        application, address = self.apply()
        self.assertEqual(application.state, "refused")
        page = self.url_open(address)
        self.assertIn("alert-warning", page.text)
        self.assertNotIn("侵占", page.text)
        for word in ("blacklist", "黑名单", "ST-09"):
            self.assertNotIn(word, page.text.lower())

    def test_st02_abuse_is_kept_out(self):
        self.assertEqual(self.send(**{HONEYPOT: "http://buy.example"}).status_code, 400)
        self.assertEqual(self.send(opened="").status_code, 400)
        self.per_hour.value = 1
        self.assertEqual(self.send().status_code, 429)

    def test_st02_written_test_from_the_page(self):
        application, address = self.apply()
        application.sudo().write({"state": "written"})
        page = self.url_open(address)
        data = {"csrf_token": self._hidden(page.text, "csrf_token"), "access_token": application.access_token}
        test = f"/stations/application/{application.id}/test"
        response = self.url_open(test, data=data, allow_redirects=False)
        self.assertIn("/survey/start/", response.headers["Location"])
        examination = application.examination_ids
        self.assertEqual(
            self.url_open(test, data=data, allow_redirects=False).headers["Location"], response.headers["Location"]
        )
        self.assertEqual(application.examination_ids, examination, "the same test goes on")
        self.answer(examination, right=False)
        response = self.url_open(test, data=data, allow_redirects=False)
        self.assertEqual(response.status_code, 400)
        self.assertIn(str(application.retry_from), response.text)

    def test_st02_files_later_and_withdrawal(self):
        application, address = self.apply()
        text = self.url_open(address).text
        data = {name: self._hidden(text, name) for name in ("csrf_token", "opened")}
        data |= {"access_token": application.access_token, HONEYPOT: ""}
        path = f"/stations/application/{application.id}"
        self.url_open(f"{path}/supply", data=data, files=[("files", ("里面.jpg", JPEG, "image/jpeg"))])
        self.assertEqual(application.attachment_ids.mapped("name"), ["里面.jpg"])
        self.url_open(f"{path}/withdraw", data=data)
        self.assertEqual(application.state, "withdrawn")
