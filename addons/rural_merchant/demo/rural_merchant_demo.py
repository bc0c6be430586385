import io
from datetime import date, timedelta
from types import SimpleNamespace

from PIL import Image

from odoo import api, models
from odoo.fields import Command

from . import fuyang

FIRST_DAY, PHASE_TWO, LAST_DAY = date(2023, 4, 20), date(2023, 6, 1), date(2023, 6, 30)
RECRUITERS = ("recruiter", "recruiter2", "recruiter3", "recruiter4", "recruiter5")


class RuralMerchantDemo(models.AbstractModel):
    """The first city: 60 merchants by plan, won by five recruiters and their head (MA-07)."""

    _name = "rural.merchant.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the merchant alliance"

    @api.model
    def _make(self):
        """Make it all, once, through the real steps."""
        demo = self._in_company()._quietly()
        company = demo.env.company
        if demo.env["rural.merchant"].search_count([("company_id", "=", company.id)], limit=1):
            return
        demo._make_plans(company)
        merchants = demo._make_merchants(company)
        demo._sign(merchants)
        demo._install(merchants)
        demo._make_prospects(company)
        demo._make_history(merchants)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _employee(self, login):
        return self.env.ref(f"rural_merchant.employee_{login}")

    def _type(self, code):
        return self.env.ref(f"rural_merchant.type_{code}")

    # ------------------------------------------------------------------
    # Plan
    # ------------------------------------------------------------------

    def _make_plans(self, company):
        plans = self.env["rural.recruiting.plan"].create(
            [self._prepare_plan(company)]
            + [
                {
                    "name": name,
                    "company_id": company.id,
                    "region_id": self._region(code).id,
                    "date_from": first,
                    "date_to": last,
                    "user_id": self._user("recruiting").id,
                    "target_ids": [
                        Command.create({"dimension": "class", "merchant_class": number, "target": target})
                        for number, target in targets.items()
                    ],
                }
                for code, name, first, last, targets in fuyang.COUNTIES
            ]
        )
        plans[0].state = "running"
        one, two = plans[0].phase_ids.sorted("date_from")
        self.env["rural.recruiting.target"].create(
            [
                {"plan_id": plans[0].id, "phase_id": phase.id, "dimension": "class", "merchant_class": number,
                 "target": target}
                for phase, targets in ((one, {"1": 5, "2": 15, "3": 30}), (two, {"1": 5, "2": 5}))
                for number, target in targets.items()
            ]
        )  # fmt: skip

    def _prepare_plan(self, company):
        targets = [{"dimension": "class", "merchant_class": str(number), "target": number * 10} for number in (1, 2, 3)]
        targets += [
            {"dimension": "district", "region_id": self._region(code).id, "target": 1} for code in fuyang.DISTRICTS
        ]
        targets += [
            {"dimension": "type", "type_id": self._type(code).id, "target": target}
            for code, target in (("retail", 15), ("catering", 20), ("services", 9), ("fitness", 8), ("beauty", 8))
        ]
        targets += [
            {"dimension": "person", "employee_id": self._employee(login).id, "target": 10}
            for login in ("recruiting", *RECRUITERS)
        ]
        phase = "第一阶段：主攻大型商超，三区全覆盖", "第二阶段：填充和调整"
        return {
            "name": "阜阳 60 家",
            "company_id": company.id,
            "region_id": self._region("341200").id,
            "date_from": FIRST_DAY,
            "date_to": LAST_DAY,
            "user_id": self._user("recruiting").id,
            "phase_ids": [
                Command.create({"name": phase[0], "date_from": FIRST_DAY, "date_to": date(2023, 5, 31)}),
                Command.create({"name": phase[1], "date_from": PHASE_TWO, "date_to": LAST_DAY}),
            ],
            "target_ids": [Command.create(vals) for vals in targets],
        }

    # ------------------------------------------------------------------
    # Merchants
    # ------------------------------------------------------------------

    def _rows(self):
        """The 60 merchants: name, type, class, recruiter, first day of the contract."""
        rows = [
            (name, "retail", "1", "recruiting", FIRST_DAY + timedelta(days=3 + 8 * number) if number < 5
             else PHASE_TWO + timedelta(days=5 * (number - 5)))
            for number, name in enumerate(fuyang.FIRST)
        ]  # fmt: skip
        for number, (name, code) in enumerate(fuyang.SECOND):
            # the last of each recruiter's four comes in the second phase, but for the one who is transferred
            late = number % 4 == 3
            day = PHASE_TWO + timedelta(days=number) if late else FIRST_DAY + timedelta(days=2 + number)
            rows.append((name, code, "2", RECRUITERS[number // 4], day))
        for number, (name, code) in enumerate(fuyang.THIRD):
            rows.append((name, code, "3", RECRUITERS[number // 6], FIRST_DAY + timedelta(days=4 + number)))
        return [
            SimpleNamespace(**dict(zip(("name", "type", "number", "login", "day"), row, strict=True))) for row in rows
        ]

    def _make_merchants(self, company):
        rows = self._rows()
        for row in rows:
            if row.login == "recruiter2":  # transferred on 16 May
                row.day = min(row.day, date(2023, 5, 12))
        merchants = self.env["rural.merchant"].create(
            [
                {
                    "name": row.name,
                    "company_id": company.id,
                    "type_id": self._type(row.type).id,
                    "region_id": self._region(fuyang.DISTRICTS[number % 3]).id,
                    "address": f"{('颍州区清河路', '颍东区北京东路', '颍泉区泉北路')[number % 3]} {number * 7 + 11} 号",
                    "contact_name": "王李张刘陈杨赵黄周吴"[number % 10] + "经理",
                    "phone": f"0558-22{number:02d}{(number * 37) % 100:02d}",
                    "source": "前期招商名单",
                    "contract_from": row.day,
                    "contract_to": row.day.replace(year=2025),
                    **fuyang.RATINGS[row.number],
                }
                for number, row in enumerate(rows)
            ]
        )
        for merchant, row in zip(merchants, rows, strict=True):
            merchant._reassign(self._employee(row.login), FIRST_DAY, "first")
        return merchants

    def _sign(self, merchants):
        merchants.action_start_visiting()
        merchants.action_agree()
        self._hand_in_documents(merchants)
        self._agree_rates(merchants)
        self._as("recruiting", merchants).action_sign()
        for merchant in merchants:
            merchant.signed_on = merchant.contract_from

    def _hand_in_documents(self, merchants):
        kinds = self.env["rural.document.kind"].search(
            [("code", "in", ("business_licence", "tax_registration", "identity_card"))]
        )
        documents = self.env["rural.merchant.document"].create(
            [
                {
                    "merchant_id": merchant.id,
                    "kind_id": kind.id,
                    "number": f"3412{merchant.id:08d}{kind.id}",
                    "is_long_term": True,
                }
                for merchant in merchants
                for kind in kinds
            ]
        )
        stream = io.BytesIO()
        Image.new("RGB", (40, 30), "white").save(stream, "PNG")
        for document in documents:
            document._add_file(f"{document.merchant_id.name}-{document.kind_id.name}.png", stream.getvalue())

    def _agree_rates(self, merchants):
        """Lower rates that recruiter, head, director and general manager have agreed (MA-03)."""
        for name, rate, reason in (
            ("颍州老街饭店", 0.09, "老字号，客流稳定"),
            ("颍淮商厦", 0.015, "本地最大商超"),
            ("西湖春天酒楼", 0.06, "可以提高知名度"),
            ("新世纪百货", 0.01, "集团统一费率"),
        ):
            merchant = merchants.filtered(lambda merchant, name=name: merchant.name == name)
            request = self._request(merchant, "rebate", rate, reason)
            if request.state == "requested":
                self._as("gm" if request.level == "general_manager" else "director", request).validate_tier()

    def _request(self, merchant, kind, rate, reason, login=None, day=None):
        login = login or merchant.recruiter_id.user_id.login or "recruiting"
        request = self._as(login, self.env["rural.merchant.rate.request"]).create(
            {
                "merchant_id": merchant.id,
                "kind": kind,
                "rate": rate,
                "reason": reason,
                "valid_from": day or merchant.contract_from,
            }
        )
        request.action_submit()
        return request

    def _install(self, merchants):
        self.env["rural.merchant.terminal"].create(
            [
                {
                    "number": f"10{merchant.code[-4:]}{number:02d}",
                    "merchant_id": merchant.id,
                    "installed_on": merchant.contract_from + timedelta(days=3),
                }
                for merchant in merchants
                for number in range(1, fuyang.TERMINALS[merchant.merchant_class] + 1)
            ]
        )

    def _make_prospects(self, company):
        """Leads and visited ones in the counties, one of whose rates waits for the general manager."""
        for number, (name, code, county, stage) in enumerate(fuyang.PROSPECTS):
            merchant = self.env["rural.merchant"].create(
                {
                    "name": name,
                    "company_id": company.id,
                    "type_id": self._type(code).id,
                    "region_id": self._region(county).id,
                    "address": "县城中心",
                    "source": "县区走访",
                    **(fuyang.RATINGS["2"] if stage != "lead" else {}),
                }
            )
            merchant._reassign(self._employee(("recruiter", "recruiter3", "recruiter4")[number % 3]), LAST_DAY, "first")
            if stage != "lead":
                merchant.action_start_visiting()
            if stage == "agreed":
                merchant.action_agree()
                self._hand_in_documents(merchant)
                self._request(merchant, "rebate", 0.07, "县城首家美发店", day=date(2023, 8, 1))
