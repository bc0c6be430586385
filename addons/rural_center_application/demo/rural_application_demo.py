from odoo import api, fields, models
from odoo.tools import file_open

from odoo.addons.rural_base import china_time

REGION, NAME, CODE, PERSON, STAGE = range(5)
#: Region, company, credit code, legal representative, where the application stands.
APPLICATIONS = [
    ("420527", "秭归屈乡脐橙产业发展有限公司", "91420527MA48XQ3K1T", "屈建国", "approved"),
    ("420528", "长阳清江农产品营销有限公司", "91420528MA49B7R20X", "覃红梅", "submitted"),
    ("433130", "龙山县武陵山货商贸有限公司", "91433130MA4QF1T63U", "彭大鹏", "submitted"),
    ("422802", "利川市供销农产品有限责任公司", "91422802757018T42A", "牟成林", "submitted"),
    ("420529", "五峰天池茶旅发展有限公司", "91420529MA4954LX7D", "向小芹", "incomplete"),
    ("421022", "公安县荆南商贸行", "91421022MA4CWK9H3R", "陈志刚", "rejected"),
    ("430822", "桑植县洪家关电商有限公司", "91430822MA4PRD8N47", "贺春生", "withdrawn"),
]
MATERIALS = {
    "center_application_form": "区域服务中心申请表（盖章）.pdf",
    "business_licence": "营业执照副本（盖章）.pdf",
    "identity_card": "法定代表人身份证（盖章）.pdf",
    "company_introduction": "企业介绍.pdf",
}
LETTER = """From: 林晓峰 <lin.xiaofeng@example.com>
To: service-center@example.com
Subject: =?utf-8?b?5Yy65Z+f5pyN5Yqh5Lit5b+DK+m8k+alvOWMug==?=
Message-Id: <rural-demo-application-1@example.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

企业名称：闽江源农特产品有限公司
联系人：林晓峰
联系电话：138 0000 2233
材料随后补寄。
"""


class RuralApplicationDemo(models.AbstractModel):
    """Demo applications that went the real way to where they stand."""

    _name = "rural.application.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of applications"

    @api.model
    def _apply(self):
        """Enter applications, hand them in and decide on them, each by who does it."""
        self = self._in_company()
        applications = self._as("operations", self.env["rural.center.application"])
        if applications.search_count([], limit=1):
            return
        self._speak()
        for row in APPLICATIONS:
            application = applications.create(self._prepare_vals(row))
            self._add_materials(application, row)
            self._take_to(application, row[STAGE])
        applications.message_process("rural.center.application", LETTER)
        # Nobody is written to from demo data.
        mails = self.env["mail.mail"].search([("model", "=", applications._name), ("state", "=", "outgoing")])
        mails.write({"state": "sent"})

    def _speak(self):
        """Load the translations of this addon, which come after its demo data: letters are written in Chinese."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        self.env["ir.module.module"]._load_module_terms(["rural_center_application"], languages)
        self.env.registry.clear_cache()

    def _prepare_vals(self, row):
        return {
            "applicant_name": row[NAME],
            "credit_code": row[CODE],
            "legal_representative": row[PERSON],
            "contact_name": row[PERSON],
            "enterprise_type": "private",
            "phone": "139 7170 0" + row[REGION][-3:],
            "email": f"center{row[REGION]}@example.com",
            "region_id": self._region(row[REGION]).id,
            "introduction": "主营本地农特产品，自有冷链仓库，长期为机关食堂和基层工会供货。",
        }

    def _add_materials(self, application, row):
        with file_open("rural_center_application/demo/material.pdf", "rb") as file:
            content = file.read()
        for code, name in MATERIALS.items():
            if row[STAGE] == "incomplete" and code in ("business_licence", "company_introduction"):
                continue
            kind = self.env["rural.document.kind"].search([("code", "=", code)])
            numbers = {"business_licence": row[CODE], "identity_card": f"{row[REGION]}19780312001X"}
            answers = {"number": numbers.get(code), "is_long_term": code == "business_licence"}
            if code == "identity_card":
                answers["valid_until"] = fields.Date.add(
                    china_time.today(), days=30 if row is APPLICATIONS[0] else 4000
                )
            application._add_document_file(kind, name, content, **answers)

    def _take_to(self, application, stage):
        if stage == "incomplete":
            return
        application.action_submit()
        reviewed = self._as("area", application)
        if stage == "approved":
            reviewed.condition_ids.write({"verdict": "met", "note": "实地走访，核验供货合同与采购人评价"})
            reviewed.action_approve()
        elif stage == "rejected":
            reviewed._reject("个体经营，暂无农产品供应链运营经验，不符合准入条件。")
        elif stage == "withdrawn":
            application._withdraw("企业股东变更，暂缓申请。")
