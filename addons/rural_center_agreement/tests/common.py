from freezegun import freeze_time

from odoo.addons.rural_account.tests.common import BooksCase

NEXT = {
    "draft": "action_sign",
    "signed": "action_deposit",
    "deposited": "action_certify",
    "certified": "action_publish",
    "published": "action_train",
    "trained": "action_activate",
}


class AgreementCase(BooksCase):
    """A company with Chinese books, an approved county center, and a person for each role, on 2 March 2026."""

    company_name = "协议试验运营商"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-02 02:00:00"))
        cls._work_in(cls.company, tracking_disable=False)
        cls.operations = cls._new_user("a_operations", "rural_base.group_operations")
        cls.area = cls._new_user("a_area", "rural_base.group_operations")
        cls.director = cls._new_user("a_director", "rural_base.group_operations_manager")
        cls.officer = cls._new_user("a_officer", "rural_base.group_settlement_officer")
        cls.accountant = cls._new_user("a_accountant", "account.group_account_user")
        cls.course = cls.env["rural.training.course"].create({"name": "服务中心岗前培训", "pass_score": 60})
        cls.center = cls._new_center("通城县区域服务中心", "421222", "通城县黄袍山电商有限公司")
        cls.agreement = cls._new_agreement(cls.center)

    @classmethod
    def _new_center(cls, name, region_code, holder=None, kind="city_county", approved=True, **vals):
        """A center whose application was approved, not yet authorised."""
        partner = cls.env["res.partner"].create(
            {
                "name": holder or f"{name}承办公司",
                "is_company": True,
                "company_id": cls.company.id,
                "email": f"trial{region_code}@example.com",
            }
        )
        region = cls._region(region_code)
        center = cls.env["rural.service.center"].create(
            {"name": name, "kind": kind, "region_id": region.id, "partner_id": partner.id, **vals}
        )
        if approved:
            cls.env["rural.center.application"].create(
                {
                    "applicant_name": partner.name,
                    "kind": kind,
                    "region_id": region.id,
                    "state": "approved",
                    "center_id": center.id,
                }
            )
        return center

    @classmethod
    def _new_agreement(cls, center, year=2026, user=None, **vals):
        return (
            cls.env["rural.center.agreement"]
            .with_user(user or cls.operations)
            .create(
                {
                    "center_id": center.id,
                    "year": year,
                    "target_market_revenue": 600000,
                    "target_region_turnover": 2000000,
                    "target_purchasers": 40,
                    "target_satisfaction": 0.9,
                    "signed_on": "2026-03-01",
                    "signed_scan": b"JVBERi0xLjQK",
                    "signed_scan_name": "年度合作协议.pdf",
                    **vals,
                }
            )
            .with_env(cls.env)
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def pay_deposit(self, center=None):
        """Request, approve and post what is missing of a center's deposit."""
        deposit = (center or self.center)._open_deposit()
        kind = "top_up" if deposit.collected else "collect"
        movement = deposit.with_user(self.operations)._request(
            kind, deposit.shortfall, "年度协议保证金", clause="SC-07", document="银行回单 0001"
        )
        movement.with_user(self.director).action_approve()
        movement.with_user(self.accountant)._post()
        return deposit

    def train(self, center=None, score=85, confirm=True, person="张萍"):
        """Hold a session for one person of a center."""
        session = (
            self.env["rural.training.session"]
            .with_user(self.operations)
            .create(
                {
                    "course_id": self.course.id,
                    "begins_at": "2026-02-26 01:00:00",
                    "ends_at": "2026-02-26 08:00:00",
                    "result_ids": [(0, 0, {"center_id": (center or self.center).id, "person": person, "score": score})],
                }
            )
        )
        session.action_record()
        if confirm:
            session.with_user(self.area).action_confirm()
        return session.with_env(self.env)

    def step(self, agreement, user=None):
        """Take the agreement's next step by its button."""
        getattr(agreement.with_user(user or self.area), NEXT[agreement.stage])()
        agreement.invalidate_recordset()

    def prepare(self, agreement):
        """Have all there that the next step needs."""
        if agreement.stage == "signed" and agreement.center_id._open_deposit().shortfall:
            self.pay_deposit(agreement.center_id)
        if agreement.stage == "published" and agreement._missing("trained"):
            self.train(agreement.center_id)

    def bring_to(self, stage, agreement=None):
        """Take an agreement to a stage, one step after the other."""
        agreement = agreement or self.agreement
        while agreement.stage != stage:
            self.prepare(agreement)
            if agreement.stage != stage:
                self.step(agreement)
        return agreement
