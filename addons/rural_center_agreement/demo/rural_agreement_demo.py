import base64
from datetime import date

from odoo import api, models
from odoo.tools import file_open

from odoo.addons.rural_base import china_time

#: Who draws up, takes the steps, decides and posts in the demo company.
MAKER, CHECKER, DIRECTOR, CASHIER = "operations", "area", "director", "cashier"
STEPS = ["action_sign", "action_deposit", "action_certify", "action_publish", "action_train", "action_activate"]
STAGES = ["draft", "signed", "deposited", "certified", "published", "trained", "active"]
#: Centers that work already: code of the region, targets of the year (market revenue, region turnover, purchasers).
WORKING = [
    ("420000", 1200000, 9000000, 120),
    ("422801", 180000, 900000, 30),
    ("422802", 160000, 820000, 28),
    ("422822", 120000, 600000, 20),
    ("422823", 120000, 650000, 22),
    ("422825", 90000, 480000, 18),
    ("422826", 80000, 420000, 16),
    ("422827", 80000, 400000, 15),
    ("422828", 75000, 380000, 15),
    ("420325", 130000, 700000, 24),
    ("420323", 110000, 580000, 20),
    ("420324", 90000, 460000, 16),
]
#: Centers on their way: region, company, where their agreement stands, deposit that is there already.
ON_THEIR_WAY = [
    ("421222", "通城县黄袍山电商有限公司", "trained", None),
    ("421223", "崇阳县天城农产品有限公司", "certified", None),
    ("421224", "通山县九宫山特产有限公司", "signed", "tongshan"),
    ("421281", "赤壁市羊楼洞茶业合作社", "signed", "chibi"),
    ("421221", "嘉鱼县簰洲湾供销农品有限公司", "cancelled", None),
    ("421202", "咸宁桂乡优选商贸有限公司", "draft", None),
    ("421081", "石首市桃花山农产品有限公司", "active", None),
    ("430181", "浏阳淮川农特产电子商务有限公司", "published", None),
    ("430626", "平江县连云山商贸有限公司", "deposited", None),
    ("360424", "修水县宁红优品有限公司", "active", None),
]
#: Deposits of the demo data that belong to these regions.
DEPOSITS = {"420000": "hubei", "422802": "lichuan", "422826": "xianfeng"}


class RuralAgreementDemo(models.AbstractModel):
    """Demo data that only the real work can make: agreements in every stage, their centers and their deposits."""

    _name = "rural.agreement.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the agreements"

    @api.model
    def _work(self):
        """Take centers their way, once."""
        self = self._in_company()
        if self.env["rural.center.agreement"].search_count([], limit=1):
            return
        self.env.ref("rural_center_agreement.course_online").survey_id = self._test()
        working = {code: self._center_of(code) for code, *_targets in WORKING}
        self._attach_deposits(working)
        agreements = {code: self._draw_up(working[code], targets) for code, *targets in WORKING}
        newcomers = {code: self._newcomer(code, company, deposit) for code, company, _stage, deposit in ON_THEIR_WAY}
        agreements |= {
            code: self._draw_up(center, (90000, 450000, 16), date_from=china_time.today())
            for code, center in newcomers.items()
        }
        self._train(working, newcomers)
        self._go(dict.fromkeys(working, "active") | {row[0]: row[2] for row in ON_THEIR_WAY}, agreements)
        self._backdate(working, agreements)
        self._renew(agreements)
        self._draw_up_for_the_approved()
        self._leave(working, newcomers)

    # ------------------------------------------------------------------
    # Centers and their deposits
    # ------------------------------------------------------------------

    def _center_of(self, code):
        center = self.env["rural.service.center"].search([("region_id.code", "=", code)], limit=1)
        center.partner_id.email = center.partner_id.email or f"center{code}@example.com"
        return center

    def _attach_deposits(self, working):
        for code, name in DEPOSITS.items():
            self.env.ref(f"rural_deposit.deposit_{name}").center_id = working[code]

    def _newcomer(self, code, company, deposit):
        region = self._region(code)
        if deposit:
            partner = self.env.ref(f"rural_deposit.partner_{deposit}")
        else:
            partner = self.env["res.partner"].create({"name": company, "is_company": True})
        partner.email = f"center{code}@example.com"
        center = self.env["rural.service.center"].create(
            {"name": f"{region.name}区域服务中心", "region_id": region.id, "partner_id": partner.id}
        )
        self.env["rural.center.application"].create(
            {
                "applicant_name": company,
                "region_id": region.id,
                "email": partner.email,
                "state": "approved",
                "center_id": center.id,
                "decided_by_id": self._user(CHECKER).id,
                "decision_reason": "材料齐全，具备农副产品供应链运营经验",
            }
        )
        if deposit:
            self.env.ref(f"rural_deposit.deposit_{deposit}").center_id = center
        return center

    # ------------------------------------------------------------------
    # Agreements
    # ------------------------------------------------------------------

    def _draw_up(self, center, targets, **vals):
        revenue, turnover, purchasers = targets
        with file_open("rural_center_application/demo/material.pdf", "rb") as file:
            scan = base64.b64encode(file.read())
        return self._as(MAKER, self.env["rural.center.agreement"]).create(
            {
                "center_id": center.id,
                "target_market_revenue": revenue,
                "target_region_turnover": turnover,
                "target_purchasers": purchasers,
                "target_satisfaction": 0.9,
                "signed_on": china_time.today(),
                "signed_scan": scan,
                "signed_scan_name": "年度合作协议（双方盖章）.pdf",
                **vals,
            }
        )

    def _go(self, wanted, agreements):
        """Take each agreement to where it is wanted, those that take the same step together."""
        for number, step in enumerate(STEPS, start=1):
            further = [code for code, stage in wanted.items() if stage in STAGES and STAGES.index(stage) >= number]
            going = agreements["420000"].union(*(agreements[code] for code in further))
            if step == "action_deposit":
                self._pay(going.center_id)
            elif step == "action_activate":
                self._give_accounts(going.center_id)
            going = going.filtered(lambda each, number=number: each.stage == STAGES[number - 1])
            getattr(self._as(CHECKER, going), step)()
        for code, stage in wanted.items():
            if stage == "cancelled":
                self._as(MAKER, agreements[code])._cancel("企业经营方向调整，放弃承办")

    def _pay(self, centers):
        movements = self.env["rural.deposit.movement"]
        for center in centers:
            deposit = center._open_deposit()
            if not deposit.shortfall:
                continue
            movements += deposit._waiting_payments() or self._as(MAKER, deposit)._request(
                "top_up" if deposit.collected else "collect",
                deposit.shortfall,
                "年度协议保证金",
                clause="SC-07",
                document=f"银行回单 {center.region_id.code}",
            )
        waiting = movements.filtered(lambda movement: movement.state == "requested")
        self._as(DIRECTOR, waiting).action_approve()
        self._as(CASHIER, movements)._post()

    def _give_accounts(self, centers):
        """Give centers their portal account without writing to anybody from demo data."""
        for center in centers.filtered(lambda each: not each.partner_id.user_ids):
            self.env["res.users"].with_context(no_reset_password=True).create(
                {
                    "partner_id": center.partner_id.id,
                    "login": center.partner_id.email,
                    "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
                    "tz": "Asia/Shanghai",
                }
            )

    def _backdate(self, working, agreements):
        """Let the centers that worked before have signed at the year's beginning."""
        first = date(china_time.today().year, 1, 1)
        for code in working:
            agreement = agreements[code]
            agreement._write({"signed_on": first, "published_on": first, "activated_on": first, "trained_on": first})
            agreement.certificate_ids._write({"issued_on": first, "valid_from": first})
        self.env.invalidate_all()

    def _renew(self, agreements):
        """Have next year's agreements of three centers on their way, one of them with priority."""
        if china_time.today().month < 7:
            return
        agreements["422801"]._grant_priority("四项年度指标预计全部完成，优先续签（演示数据）")
        for code, is_signed in (("422801", True), ("422822", False), ("420325", False)):
            renewal = self._as(MAKER, agreements[code])
            renewal.action_renew()
            renewal = renewal.renewal_ids
            if is_signed:
                scan = {"signed_on": china_time.today(), "signed_scan": agreements[code].signed_scan}
                renewal.write({**scan, "target_market_revenue": 200000})
                self._as(CHECKER, renewal).action_sign()

    def _draw_up_for_the_approved(self):
        """Draw up what the approvals of the demo applications, made before, would have drawn up."""
        centers = self.env["rural.center.application"].search([("state", "=", "approved")]).center_id
        for center in centers.filtered(lambda each: not each.agreement_ids):
            self._as(MAKER, self.env["rural.center.agreement"]).create({"center_id": center.id})
