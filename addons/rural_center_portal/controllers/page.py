"""What the pages of a center have in common: who sees what, and what waits (SC-20)."""

from odoo import fields
from odoo.http import request

from odoo.addons.rural_base.percent import percent
from odoo.addons.rural_portal.page import COUNTED as COUNTED
from odoo.addons.rural_portal.page import PAGE_SIZE as PAGE_SIZE
from odoo.addons.rural_portal.page import china_time as china_time
from odoo.addons.rural_portal.page import file_of as file_of
from odoo.addons.rural_portal.page import get_visible as get_visible
from odoo.addons.rural_portal.page import month_bounds as month_bounds
from odoo.addons.rural_portal.page import months as months
from odoo.addons.rural_portal.page import paged as paged
from odoo.addons.rural_portal.page import refusals as refusals
from odoo.addons.rural_portal.page import report_of as report_of


def centers():
    """Return the centers that the reader sees, their own first."""
    return request.env["rural.service.center"]._portal_centers()


def own_centers():
    """Return the centers that the reader acts for."""
    return centers().filtered(lambda center: center._is_portal_own())


def chosen_centers(center_id):
    """Return the center that the reader chose among those they see, or all of them."""
    visible = centers()
    return visible.filtered(lambda center: str(center.id) == str(center_id)) or visible


def own_unless_chosen(center_id):
    """Return what the reader chose, or else their own center: a province has too many others to show at once."""
    return center_id if center_id is not None else str(centers()[:1].id)


def show(template, page_name, **values):
    """Render a page; whoever has no center goes home."""
    visible = centers().sudo()
    if not visible:
        return request.redirect("/my")
    return request.render(
        f"rural_center_portal.{template}",
        {
            "page_name": page_name,
            "centers": visible,
            "own_centers": own_centers().sudo(),
            "several_centers": len(visible) > 1,
            "percent": percent,
            "china_time": china_time,
            "done": request.params.get("done"),
            **values,
        },
    )


def waiting_statement_count():
    """Return how many statements wait for a word of the reader's own centers."""
    own = own_centers()
    Statement = request.env["rural.statement"]
    return Statement.search_count([("center_id", "in", own.ids), *Statement._portal_waiting_domain()])


def appealable_cases():
    """Return the penalties that the reader's own centers can accept or appeal against."""
    own = own_centers()
    now = fields.Datetime.now()
    return request.env["rural.penalty.case"].search(
        [("center_id", "in", own.ids), ("state", "=", "decided"), ("appeal_deadline", ">=", now)]
    )


def unread_notices():
    """Return the notices that the reader has not opened; none for those who have no center."""
    if not centers():
        return request.env["rural.center.notice"]
    return request.env["rural.center.notice"].search([("state", "=", "published")])._unread()
