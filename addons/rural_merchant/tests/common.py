import io
from datetime import date

from lxml import etree
from PIL import Image

from odoo.addons.rural_base.tests.common import CompanyCase

RATING = {
    "brand": 3,
    "decoration": "chain",
    "area": 900,
    "registered_capital": 200,
    "staff_count": 90,
    "years_in_business": 5,
    "purchase_frequency": "high",
}


def picture() -> bytes:
    """Return a real small PNG."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, "PNG")
    return stream.getvalue()


class MerchantCase(CompanyCase):
    """Merchants, recruiters and everybody's user in a company of their own."""

    company_name = "阜阳测试公司"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recruiter = cls._new_user("test_recruiter", "rural_merchant.group_recruiter")
        cls.other_recruiter = cls._new_user("test_recruiter_2", "rural_merchant.group_recruiter")
        cls.head = cls._new_user("test_head", "rural_merchant.group_recruiting_head")
        cls.director = cls._new_user("test_director", "rural_merchant.group_operations_director")
        cls.gm = cls._new_user("test_gm", "rural_merchant.group_general_manager")
        cls.service = cls._new_user("test_service", "rural_merchant.group_customer_service")
        cls.officer = cls._new_user("test_officer", "rural_base.group_settlement_officer")
        cls.manager = cls._new_user("test_manager", "rural_base.group_settlement_manager")
        cls.wang, cls.li, cls.zhao = cls.env["hr.employee"].create(
            [
                {"name": "王招商", "company_id": cls.company.id, "user_id": cls.recruiter.id},
                {"name": "李招商", "company_id": cls.company.id, "user_id": cls.other_recruiter.id},
                {"name": "赵招商", "company_id": cls.company.id},
            ]
        )
        cls.catering = cls.env.ref("rural_merchant.type_catering")
        cls.retail = cls.env.ref("rural_merchant.type_retail")
        cls.district = cls.env.ref("rural_base.region_341202", raise_if_not_found=False) or cls._region("341202")

    @classmethod
    def _lead(cls, name="老街饭店", recruiter=None, **vals):
        merchant = cls.env["rural.merchant"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "type_id": cls.catering.id,
                "region_id": cls.district.id,
                "address": "颍州区人民路 1 号",
                **RATING,
                **vals,
            }
        )
        if recruiter:
            merchant._reassign(recruiter, date(2023, 4, 20), "first")
        return merchant

    @classmethod
    def _signed(cls, name="老街饭店", first=date(2023, 5, 1), recruiter=None, code=None, **vals):
        """A merchant with a contract, at the standard rates of its type."""
        merchant = cls._lead(name, recruiter or cls.wang, contract_from=first, code=code, **vals)
        merchant.sudo().write({"signed_on": first, "stage": "signed", "signed_class": merchant.merchant_class})
        merchant.sudo()._agree_standard_rates()
        return merchant

    @classmethod
    def _installed(cls, name="老街饭店", number="T1", day=date(2023, 5, 1), **vals):
        """A merchant with a contract and one terminal."""
        merchant = cls._signed(name, **vals)
        cls._terminal(merchant, number, day)
        return merchant

    @classmethod
    def _terminal(cls, merchant, number, day=date(2023, 5, 1)):
        return cls.env["rural.merchant.terminal"].create(
            {"number": number, "merchant_id": merchant.id, "installed_on": day}
        )

    def _read_views(self, merchant, user) -> set:
        """Read a merchant as the web client does for a user; return the names of the fields on the form."""
        merchant, shown = merchant.with_user(user), {}
        for view_type in ("form", "list", "kanban"):
            arch = etree.fromstring(merchant.get_view(view_type=view_type)["arch"])
            shown[view_type] = {field.get("name") for field in arch.xpath("//field[not(ancestor::field)]")}
            self.env.invalidate_all()
            merchant.web_read({name: {} for name in shown[view_type]})
        return shown["form"]

    @classmethod
    def _complete_documents(cls, merchant):
        for code in ("business_licence", "tax_registration", "identity_card"):
            kind = cls.env["rural.document.kind"].search([("code", "=", code)])
            document = cls.env["rural.merchant.document"].create(
                {"merchant_id": merchant.id, "kind_id": kind.id, "number": "3412", "is_long_term": True}
            )
            document._add_file(f"{code}.png", picture())

    @classmethod
    def _load(cls, *rows, profile, columns, user):
        """Load rows of a file as that user."""
        content = "\n".join([columns, *rows]).encode()
        return cls.env["rural.load.run"].with_user(user)._load(profile, f"{profile}.csv", content)
