from odoo.addons.rural_bulk.tests.common import LoadCase


class CenterCase(LoadCase):
    """A provincial and a county center, a purchaser, and users of each role, in a company of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operations = cls._new_user("center_operations", "rural_base.group_operations")
        cls.checker = cls._new_user("center_checker", "rural_base.group_operations")
        cls.director = cls._new_user("center_director", "rural_base.group_operations_manager")
        cls.deputy = cls._new_user("center_deputy", "rural_base.group_operations_manager")
        cls.officer = cls._new_user("center_officer", "rural_base.group_settlement_officer")
        cls.manager = cls._new_user("center_manager", "rural_base.group_settlement_manager")
        cls.province = cls._region("420000")
        cls.county = cls._region("421222")
        cls.center = cls._new_center("通城县区域服务中心", cls.county, service_code="FW421222X")
        cls.purchaser = cls.env["rural.purchaser"].create(
            {"code": "CG900001", "name": "武昌区总工会", "purchaser_type": "non_budget_unit"}
        )

    @classmethod
    def _new_center(cls, name, region, **vals):
        kind = "province" if region.level == "province" else "city_county"
        return cls.env["rural.service.center"].create({"name": name, "kind": kind, "region_id": region.id, **vals})

    def authorise(self, center, valid_from, valid_to=False):
        return self.env["rural.center.authorisation"].create(
            {"center_id": center.id, "valid_from": valid_from, "valid_to": valid_to}
        )

    def suspend(self, center, valid_from, valid_to=False):
        return self.env["rural.center.suspension"].create(
            {"center_id": center.id, "valid_from": valid_from, "valid_to": valid_to, "reason": "整改"}
        )

    def confirm_take_overs(self, user=None):
        """Confirm, as a manager, all centers and reports that files have brought (SC-04)."""
        take_overs = self.env["rural.center.take.over"].search(
            [("state", "=", "requested"), ("company_id", "=", self.company.id)]
        )
        self.as_user(take_overs, user or self.deputy).action_confirm()
        reports = self.env["rural.cross.region.report"].search(
            [("awaits_confirmation", "=", True), ("company_id", "=", self.company.id)]
        )
        if reports:
            self.as_user(reports, user or self.deputy).action_confirm_take_over()

    def load(self, profile, headings, rows, user=None):
        return self.load_as(user or self.operations, profile, "\r\n".join([headings, *rows]))
