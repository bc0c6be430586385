from odoo import http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import escape_psql

from odoo.addons.rural_base import china_time

from . import page

SORTINGS = {
    "fee": "fee_rate desc, id desc",
    "incentive": "incentive_rate desc, id desc",
    "new": "valid_from desc, id desc",
    "code": "product_id, id",
}


class CenterPool(http.Controller):
    @http.route(
        ["/my/center/pool", "/my/center/pool/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def pool(self, number=1, search="", sort="fee", **_arguments):
        """Show the products that earn a fee today, with their rates (SC-08)."""
        sort = sort if sort in SORTINGS else "fee"
        domain = self._valid_today() & self._having_words(search)
        listed = page.paged(
            "rural.pool.entry", domain, SORTINGS[sort], "/my/center/pool", number, {"search": search, "sort": sort}
        )
        return page.show("pool_page", "center_pool", **listed)

    def _valid_today(self):
        companies = page.centers().sudo().company_id
        today = china_time.today()
        return request.env["rural.pool.entry"]._valid_on(today) & Domain("company_id", "in", companies.ids)

    def _having_words(self, search):
        words = (search or "").strip()
        if not words:
            return Domain.TRUE
        words = escape_psql(words)
        products = Domain("code", "=ilike", f"{words}%") | Domain("name", "ilike", words)
        suppliers = (
            request.env["res.partner"].sudo()._search([("supplier_code", "!=", False), ("name", "ilike", words)])
        )
        return Domain("product_id", "any", products) | Domain("supplier_id", "in", suppliers)
