from odoo import api, models

FOUND = "电话回访和门店走访，情况属实。"
#: Complaints of merchants of the alliance about how they are looked after; the head of recruiting answers.
COMPLAINTS = (
    {
        "merchant": "颍州老街饭店",
        "person": "recruiter",
        "who": "老街饭店张老板",
        "phone": "0558-2203311",
        "kind": "service",
        "days": 1,
        "name": "POS 机故障三天没人上门",
        "description": "刷卡机三天不能用，联系招商专员一直说在路上。",
        "steps": (("recorded",), ("founded", FOUND), ("sent",)),
    },
    {
        "merchant": "西湖春天酒楼",
        "person": "recruiter3",
        "who": "酒楼财务李姐",
        "phone": "0558-2203322",
        "kind": "service",
        "days": 2,
        "name": "签约时答应的活动没有兑现",
        "description": "签约时答应的开业满减活动一直没有安排。",
        "steps": (
            ("recorded",),
            ("founded", FOUND),
            ("sent",),
            ("answered", "活动档期与市场部未对接。", "下周安排满减活动，费用由公司承担。"),
        ),
    },
    {
        "merchant": "颍淮商厦",
        "person": "recruiting",
        "who": "商厦招商部孙主任",
        "phone": "0558-2203333",
        "kind": "other",
        "days": 4,
        "name": "对账单晚到一周",
        "description": "上月对账单晚了一周才送到，影响财务关账。",
        "steps": (
            ("recorded",),
            (
                "unfounded",
                "对账单已按期发送到登记邮箱，有发送记录。",
                "对账单已于次月 5 日发到登记邮箱，现已另送纸质件。",
            ),
            ("filed", "投诉不成立，已补送纸质件。"),
        ),
    },
    {
        "merchant": "新世纪百货",
        "person": "recruiter4",
        "who": "新世纪百货周经理",
        "phone": "0558-2203344",
        "kind": "service",
        "days": 6,
        "name": "收银员培训没有做",
        "description": "装机时答应培训收银员，至今没有来。",
        "steps": (
            ("recorded",),
            ("founded", FOUND),
            ("sent",),
            ("answered", "专员忘记安排培训。", "两日内上门培训两场。"),
            ("accepted",),
            ("carried_out", "已上门培训两场，共 14 人。"),
            ("satisfied", "very_satisfied", "培训很仔细"),
            ("filed", "装机后三日内必须完成培训，已列入检查。"),
        ),
    },
)


class RuralMerchantComplaintDemo(models.AbstractModel):
    """Complaints of merchants of the alliance: one counts for its recruiter, and costs two people (MA-21, MA-41)."""

    _name = "rural.merchant.complaint.demo"
    _inherit = "rural.complaint.demo"
    _description = "Demo data of the merchants' complaints"

    @api.model
    def _make(self):
        """Make them, once."""
        demo = self._in_company()._quietly()
        for story in COMPLAINTS:
            merchant = demo.env["rural.merchant"].search(
                [("name", "=", story["merchant"]), ("company_id", "=", demo.env.company.id)], limit=1
            )
            if not merchant or merchant.ticket_count:
                continue
            person = f"rural_merchant.employee_{story['person']}"
            demo._tell(story, merchant.partner_id, "rural_merchant.employee_recruiting", person)
