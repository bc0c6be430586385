from odoo.http import Request
from odoo.tests import HttpCase, new_test_user

from odoo.addons.rural_station_ledger.tests.common import LedgerCase


class StationPortalCase(LedgerCase):
    """Two stations of an area, a third one elsewhere, and portal users: own, sibling, area, other area, nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "own": cls.partner_user,
            "sibling": cls._new_partner_user("portal_sibling"),
            "area": cls.area_user,
            "other_area": cls._new_partner_user("portal_other_area"),
            "nobody": cls._new_partner_user("portal_nobody"),
        }
        cls.sibling = cls.new_station(
            "ZD003", area_id=cls.area.id, partner_id=cls.users["sibling"].partner_id.id, name="邻村服务站"
        )
        cls.other_area = cls.env["rural.station.area"].create(
            {"name": "第二片区", "area_partner_id": cls.users["other_area"].partner_id.id}
        )
        cls.other.area_id = cls.other_area

    @classmethod
    def _new_partner_user(cls, login):
        user = new_test_user(
            cls.env, login, "base.group_portal", lang="en_US", company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )  # fmt: skip
        user.partner_id.company_id = cls.company
        return user

    def as_portal(self, records, who):
        """Records as one of the portal users sees them."""
        return records.with_user(self.users[who]).with_context(allowed_company_ids=self.company.ids)

    def new_notice(self, publish=True, **vals):
        notice = (
            self.env["rural.station.notice"]
            .with_user(self.clerk)
            .create({"name": "通知", "body": "<p>内容</p>", "company_id": self.company.id, **vals})
        )
        if publish:
            notice.action_publish()
        return notice


class StationPageCase(StationPortalCase, HttpCase):
    """Pages as a browser gets them."""

    def log_in(self, who):
        """Log in as one of the portal users, or as nobody."""
        if who == "public":
            self.authenticate(None, None)
        else:
            self.authenticate(self.users[who].login, self.users[who].login)

    def page(self, path, **arguments):
        """Get a page without following where it leads."""
        return self.url_open(path, params=arguments, allow_redirects=False)

    def send(self, path, files=None, **values):
        """Send a form."""
        values["csrf_token"] = Request.csrf_token(self)
        return self.url_open(path, data=values, files=files, allow_redirects=False)
