from datetime import timedelta

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.rural_service_order.eligibility import ACCEPTABLE, EARNING

from . import page

KINDS = {
    "earning": Domain("outcome", "in", EARNING),
    "on_the_way": Domain("state", "in", ("pending_payment", "pending_shipment", "pending_receipt")),
    "excluded": Domain("outcome", "in", ACCEPTABLE),
    "cancelled": Domain("state", "=", "cancelled"),
}
SORTINGS = {
    "new": "order_time desc, id desc",
    "old": "order_time, id",
    "fee": "fee desc, id desc",
    "amount": "net_amount desc, id desc",
}
#: Days that the list goes back unless the reader asks for more.
RECENT = 92
ALL = "all"


class CenterOrders(http.Controller):
    @http.route(
        ["/my/center/orders", "/my/center/orders/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def orders(self, number=1, search="", sort="new", kind="", month="", center="", **_arguments):
        """Show the orders with the code of the centers, with their fee or why there is none (SC-10)."""
        sort = sort if sort in SORTINGS else "new"
        arguments = {"search": search, "sort": sort, "kind": kind, "month": month, "center": center}
        Line = request.env["rural.order.line"]
        domain = Domain("center_id", "in", page.chosen_centers(center).ids) & KINDS.get(kind, Domain.TRUE)
        domain &= self._ordered_in(month) & Line._portal_search_domain(search)
        if month == ALL and sort == "new":
            domain = self._latest(domain)
        listed = page.paged(Line._name, domain, SORTINGS[sort], "/my/center/orders", number, arguments)
        return page.show("orders_page", "center_orders", months=page.months(), **listed)

    def _ordered_in(self, month):
        if month == ALL:
            return Domain.TRUE
        if bounds := page.month_bounds(month):
            return Domain("order_time", ">=", bounds[0]) & Domain("order_time", "<", bounds[1])
        return Domain("order_time", ">=", fields.Datetime.now() - timedelta(days=RECENT))

    def _latest(self, domain):
        """Narrow a domain to the time in which the latest lines are: years need not be sorted for a page of them."""
        for days in (RECENT // 3, RECENT, 366):
            latest = domain & Domain("order_time", ">=", fields.Datetime.now() - timedelta(days=days))
            if request.env["rural.order.line"].search_count(latest, limit=page.COUNTED + 1) > page.COUNTED:
                return latest
        return domain

    @http.route("/my/center/orders/<int:line_id>", type="http", auth="user", website=True, readonly=True)
    def order(self, line_id, **_arguments):
        """Show a line, how its fee came about, and where it was settled."""
        line = page.get_visible("rural.order.line", line_id)
        entries = request.env["rural.fee.entry"].search([("line_id", "=", line.id)], order="id desc")
        return page.show("order_page", "center_orders", line=line, entries=entries.sudo())
