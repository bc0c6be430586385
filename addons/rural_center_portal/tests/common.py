from datetime import timedelta

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user

from odoo.addons.rural_settlement.tests.common import FEBRUARY, JANUARY, SettlementCase

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


class PortalCase(SettlementCase):
    """Two centers below a provincial one, another province, and a portal user for each; orders and statements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.province = cls._new_center("湖北省运营服务中心", "420000", "FW420000T")
        cls.other_province = cls._new_center("湖南省运营服务中心", "430000", "FW430000T")
        cls.users = {
            "own": cls._new_portal_user("p_own", cls.lichuan.partner_id),
            "sibling": cls._new_portal_user("p_sibling", cls.tongcheng.partner_id),
            "province": cls._new_portal_user("p_province", cls.province.partner_id),
            "other_province": cls._new_portal_user("p_other_province", cls.other_province.partner_id),
            "nobody": cls._new_portal_user("p_nobody", cls.env["res.partner"].create({"name": "路人"})),
        }

    @classmethod
    def _new_center(cls, name, region_code, service_code):
        if not region_code.endswith("0000"):
            return super()._new_center(name, region_code, service_code)
        center = cls.env["rural.service.center"].create(
            {
                "name": name,
                "kind": "province",
                "region_id": cls.env["rural.region"].search([("code", "=", region_code)]).id,
                "service_code": service_code,
            }
        )
        cls.env["rural.center.authorisation"].create({"center_id": center.id, "valid_from": "2021-12-01"})
        return center

    @classmethod
    def _new_portal_user(cls, login, partner):
        user = new_test_user(
            cls.env,
            login,
            "base.group_portal",
            lang="en_US",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        user.partner_id.parent_id = partner
        return user

    def as_portal(self, records, who):
        """Records as one of the portal users sees them."""
        return records.with_user(self.users[who]).with_context(allowed_company_ids=self.company.ids)

    def life(self):
        """Orders of three centers, January confirmed a moment ago and under dispute, February still a draft."""
        self.load(
            self.row("OWN1", 1, "100.00"),
            self.row("OWN2", 1, "200.00", product=self.rice),
            self.row("OWN3", 2, "300.00"),
            self.row("SIBLING1", 1, "400.00", center=self.tongcheng),
            self.row("PROVINCE1", 1, "500.00", center=self.province),
            self.row("UNCODED", 1, "600.00", 服务码=""),
        )
        self.close(JANUARY)
        self.prepare(FEBRUARY)
        return self.statement(JANUARY)

    def past_deadline(self, statement):
        """Let the days to dispute be over."""
        statement.sudo().dispute_deadline = fields.Datetime.now() - timedelta(minutes=1)


class PortalPageCase(PortalCase, HttpCase):
    """Pages as a browser gets them."""

    def log_in(self, who):
        """Log in as one of the portal users, or as nobody."""
        if who == "public":
            self.authenticate(None, None)
        else:
            self.authenticate(self.users[who].login, self.users[who].login)

    def assert_says(self, response, *words):
        """Say one of the words: the pages speak the first language of the database, whichever that is."""
        self.assertTrue(any(word in response.text for word in words), words)

    def page(self, path, **arguments):
        """Get a page without following where it leads."""
        return self.url_open(path, params=arguments, allow_redirects=False)

    def send(self, path, files=None, **values):
        """Send a form."""
        values["csrf_token"] = Request.csrf_token(self)
        return self.url_open(path, data=values, files=files, allow_redirects=False)
