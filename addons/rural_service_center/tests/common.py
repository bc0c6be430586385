from odoo.tests import TransactionCase, new_test_user


class CenterCase(TransactionCase):
    """A provincial and a county center, a purchaser, and users of each role, in a company of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "试验运营商"})
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids, "tracking_disable": True})
        cls.operations = cls._new_user("center_operations", "rural_base.group_operations")
        cls.checker = cls._new_user("center_checker", "rural_base.group_operations")
        cls.officer = cls._new_user("center_officer", "rural_base.group_settlement_officer")
        cls.manager = cls._new_user("center_manager", "rural_base.group_settlement_manager")
        cls.province = cls._region("420000")
        cls.county = cls._region("421222")
        cls.center = cls._new_center("通城县区域服务中心", cls.county, service_code="FW421222X")
        cls.purchaser = cls.env["rural.purchaser"].create(
            {"code": "CG900001", "name": "武昌区总工会", "purchaser_type": "non_budget_unit"}
        )

    @classmethod
    def _region(cls, code):
        return cls.env["rural.region"].search([("code", "=", code)])

    @classmethod
    def _new_user(cls, login, group, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env, login, f"base.group_user,{group}", company_id=company.id, company_ids=[(6, 0, company.ids)]
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

    def as_user(self, records, user):
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def load(self, profile, headings, rows, user=None):
        run = self.as_user(self.env["rural.load.run"], user or self.operations)
        content = "\r\n".join([headings, *rows]).encode("utf-8-sig")
        return run._load(profile, f"{profile}.csv", content)

    def counts(self, run):
        names = ("new", "updated", "unchanged", "duplicate", "rejected", "warning")
        return {name: run[f"{name}_count"] for name in names if run[f"{name}_count"]}
