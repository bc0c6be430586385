import base64
from datetime import date, timedelta

from odoo import api, models
from odoo.fields import Command

from odoo.addons.rural_base import china_time

from ..models.rural_station_assessment import EQUIPMENT
from .rural_station_demo import picture

CLERK, MANAGER, CASHIER = "operations", "director", "cashier"
MONTH = date(2026, 10, 1)
#: Last three months in a row: its deposit is lodged, and its proposal waits for a decision.
QUIET = "ZD422802028"
#: Station, its equipment that is not in good order.
BROKEN = {
    "ZD422802003": ("tv", "damaged"),
    "ZD422802007": ("computer", "damaged"),
    "ZD422802015": ("billboard", "missing"),
    "ZD422802022": ("shelves", "damaged"),
}
#: How far the forms are taken, by the place of the station in the list.
CONFIRMED, SIGNED, ASSESSED = range(12), range(12, 20), range(20, 30)
RESULTS = {
    2: ("upgrade", "服务规范，代购代销活跃，推荐为示范站"),
    5: ("rectify", "货架空置，快递堆放杂乱"),
    9: ("rectify", "台账登记不全，价格未公示"),
}
#: Agreements with a deposit: station, identity number (invented, with a right check digit), what is lodged.
AGREEMENTS = {
    QUIET: 1000,
    "ZD422802031": 1000,
    "ZD422802036": 1000,
    "ZD422802039": 1000,
    "ZD422802001": 1000,
}


class RuralStationAssessmentDemo(models.AbstractModel):
    """Demo data that only the real work can make: forms in every state, violations, rectifications and exits."""

    _name = "rural.station.assessment.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of the assessment of stations"

    @api.model
    def _make(self):
        """Make it once, as soon as its month is over."""
        self = self._in_company()
        forms = self.env["rural.station.assessment"]
        if china_time.today() < date(2026, 11, 1) or forms.search_count([], limit=1):
            return
        self._equip()
        self._lodge()
        self._assess()
        self._rectify()
        self._leave()

    def _station(self, code):
        return self.env["rural.station"]._by_code(self.env.company, [code])[code]

    # ------------------------------------------------------------------
    # What the stations have
    # ------------------------------------------------------------------

    def _equip(self):
        """Enter equipment and opening hours of all stations."""
        kinds = self.env["rural.station.equipment.kind"].search([("code", "in", EQUIPMENT)])
        stations = self.env["rural.station"].search([("opened_on", "!=", False)], order="code")
        equipment, hours = [], []
        for number, station in enumerate(stations):
            station.sudo().partner_id.phone = station.partner_id.phone or f"155{71800000 + number * 137}"
            for kind in kinds:
                code, condition = BROKEN.get(station.code, ("", "good"))
                vals = {"station_id": station.id, "kind_id": kind.id, "valid_from": station.opened_on}
                vals["condition"] = condition if kind.code == code else "good"
                equipment.append(vals)
            hours.append(
                {
                    "station_id": station.id,
                    "valid_from": station.opened_on,
                    "opens": 8.5,
                    "closes": 17.5,
                    "saturday": True,
                }
            )
        self._as(CLERK, self.env["rural.station.equipment"]).create(equipment)
        self._as(CLERK, self.env["rural.station.hours"]).create(hours)

    def _lodge(self):
        """Let the partners of some stations have agreements, with their deposits lodged."""
        for code, amount in AGREEMENTS.items():
            station = self._station(code)
            agreement = station.agreement_id or self._new_agreement(station)
            deposit = agreement.sudo()._open_deposit()
            left = amount - deposit.collected
            if left <= 0:
                continue
            movement = self._as(CLERK, deposit)._request(
                "collect", left, "站点合伙人缴纳保证金", document=f"收款单 {station.code[-3:]}"
            )
            self._as(MANAGER, movement).action_approve()
            self._as(CASHIER, movement)._post(max(station.opened_on, date(2026, 1, 5)))

    def _new_agreement(self, station):
        number = f"42280219800101{station.code[-3:]}"
        agreement = self._as(CLERK, self.env["rural.station.agreement"]).create(
            {
                "station_id": station.id,
                "partner_id": station.partner_id.id,
                "valid_from": date(2026, 1, 1),
                "valid_to": date(2028, 12, 31),
                "signed_on": date(2026, 1, 1),
                "signed_scan": base64.b64encode(picture("ledger")),
                "signed_scan_name": "协议.png",
                "id_number": self._identity_number(number),
            }
        )
        agreement.sudo().write({"state": "running", "signed_by_id": self._user(MANAGER).id})
        return agreement.with_env(self.env)

    def _identity_number(self, number) -> str:
        """Return an invented identity number with its check digit."""
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        return (
            number + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 11]
        )

    # ------------------------------------------------------------------
    # Forms
    # ------------------------------------------------------------------

    def _assess(self):
        """Prepare the forms of the month, and take most of them further."""
        forms = self._as(CLERK, self.env["rural.station.assessment"])._prepare_month(self.env.company, MONTH)
        scan = base64.b64encode(picture("ledger"))
        for place, form in enumerate(forms.sorted(lambda form: form.station_id.code)):
            if place not in (*CONFIRMED, *SIGNED, *ASSESSED) or form.station_id.code in AGREEMENTS:
                continue
            result, note = RESULTS.get(place, ("keep", False))
            form.write(
                {
                    "operation": ("good", "excellent", "fair")[place % 3],
                    "service": ("excellent", "good", "good")[place % 3],
                    "result": result,
                    "result_note": note,
                    "rectify_by": result == "rectify" and china_time.today() + timedelta(days=14),
                    "attachment_ids": [
                        Command.create({"name": f"{name}.jpg", "raw": picture(kind)})
                        for name, kind in (("门头", "front"), ("货架", "shelves"))
                    ],
                }
            )
            form.action_assess()
            if place in ASSESSED:
                continue
            form._sign("陈志刚", china_time.today(), scan, "考核表扫描件.png")
            if place in CONFIRMED:
                self._as(MANAGER, form).action_confirm()

    def _rectify(self):
        """Order something beside the forms; one rectification is put right, as another person finds."""
        orders = self._as(CLERK, self.env["rural.station.rectification"])
        for code, what, days in (
            ("ZD422802008", "广告牌破损，影响村民辨认", 10),
            ("ZD422802018", "价格未公示", 5),
            ("ZD422802025", "灭火器过期", 7),
        ):
            order = orders.create(
                {
                    "station_id": self._station(code).id,
                    "what": what,
                    "due_on": china_time.today() + timedelta(days=days),
                }
            )
            order.action_order()
            if code == "ZD422802018":
                self._as(MANAGER, order)._pass("价目表已上墙，现场核对无误")

    # ------------------------------------------------------------------
    # Violations and exits
    # ------------------------------------------------------------------

    def _leave(self):
        """Clear a station out with a part of its deposit withheld; let another leave, and a third one ask."""
        self._clear_out("ZD422802031")
        exits = self._as(CLERK, self.env["rural.station.exit"])
        leaving = exits.create(
            {
                "station_id": self._station("ZD422802036").id,
                "reason": "随子女迁居县城，无人接替看店",
                "last_day": china_time.today() + timedelta(days=15),
            }
        )
        self._as(MANAGER, leaving).action_decide()
        exits.create(
            {
                "station_id": self._station("ZD422802039").id,
                "reason": "外出务工，请求提前退出",
                "last_day": china_time.today() + timedelta(days=30),
            }
        )

    def _clear_out(self, code):
        """Record a violation, hear the partner, decide, and settle what is withheld."""
        day = china_time.today() - timedelta(days=20)
        case = self._as(CLERK, self.env["rural.penalty.case"]).create(
            {
                "station_id": self._station(code).id,
                "violation_id": self.env.ref("rural_station_assessment.violation_z03").id,
                "occurred_on": day,
                "description": "十月中旬连续三天录入虚假代购订单 12 笔，村民否认购买",
                "heard_on": day + timedelta(days=5),
                "hearing": "承认为冲排名虚报，愿意退出",
                "withheld": 600,
            }
        )
        case.action_hear()
        self._as(MANAGER, case)._decide("termination", 0, 0, "虚报交易，依办法第一条清退并扣除部分保证金")
        self._as("area", case)._accept("站点合伙人书面确认，放弃申诉")
        deduction = case.station_exit_id.deduction_id
        self._as(MANAGER, deduction).action_approve()
        self._as(CASHIER, deduction)._post(china_time.today())
