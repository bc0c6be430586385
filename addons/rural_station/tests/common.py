from odoo.tests import new_test_user

from odoo.addons.rural_bulk.tests.common import LoadCase


class StationCase(LoadCase):
    """An area with two stations, their partners on the portal, a clerk and a manager, in a company of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._new_user("station_clerk", "rural_base.group_operations")
        cls.manager = cls._new_user("station_manager", "rural_base.group_operations_manager")
        cls.area_user = cls._new_partner_user("station_area")
        cls.partner_user = cls._new_partner_user("station_partner")
        cls.area = cls.env["rural.station.area"].create(
            {"name": "第一片区", "area_partner_id": cls.area_user.partner_id.id}
        )
        cls.station = cls.new_station("ZD001", area_id=cls.area.id, partner_id=cls.partner_user.partner_id.id)
        cls.other = cls.new_station("ZD002")

    @classmethod
    def _new_partner_user(cls, login):
        user = new_test_user(
            cls.env, login, "base.group_portal", company_id=cls.company.id, company_ids=[(6, 0, cls.company.ids)]
        )
        user.partner_id.company_id = cls.company
        return user

    @classmethod
    def new_station(cls, code, **vals):
        return cls.env["rural.station"].create(
            {
                "code": code,
                "name": f"{code} 服务站",
                "region_id": cls._region("430181").id,
                "longitude": 113.6,
                "latitude": 28.1,
                "opened_on": "2025-01-01",
                **vals,
            }
        )

    def load_rows(self, user, profile, headings, rows, name=None):
        return self.load_as(user, profile, "\r\n".join([headings, *rows]), name)

    def issues(self, run):
        """The reason of each rejected row, by its number."""
        return {issue.row_number: issue.reason for issue in run.issue_ids if issue.kind == "rejected"}
