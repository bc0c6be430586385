from odoo import http
from odoo.http import request

from . import page

STATES = ("confirmed", "posted", "paid", "cancelled")
REPORTS = {
    "pdf": "rural_settlement.action_report_statement",
    "xlsx": "rural_settlement.action_report_statement_xlsx",
}


class CenterStatements(http.Controller):
    @http.route(
        ["/my/center/statements", "/my/center/statements/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def statements(self, number=1, state="", center="", **_arguments):
        """Show the statements of the centers, the latest month first (SC-13)."""
        domain = [("center_id", "in", page.chosen_centers(center).ids)]
        if state == "waiting":
            domain += request.env["rural.statement"]._portal_waiting_domain()
        elif state in STATES:
            domain.append(("state", "=", state))
        listed = page.paged(
            "rural.statement",
            domain,
            "month desc, id desc",
            "/my/center/statements",
            number,
            {"state": state, "center": center},
        )
        return page.show("statements_page", "center_statements", **listed)

    @http.route(
        ["/my/center/statements/<int:statement_id>", "/my/center/statements/<int:statement_id>/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def statement(self, statement_id, number=1, **_arguments):
        """Show a statement with its entries, and what the center can do about it."""
        return self._show(page.get_visible("rural.statement", statement_id), number)

    @http.route("/my/center/statements/<int:statement_id>/<any(pdf,xlsx):form>", type="http", auth="user", website=True)
    def download(self, statement_id, form, **_arguments):
        """Give the statement as a file."""
        return page.report_of(page.get_visible("rural.statement", statement_id), REPORTS[form], form)

    @http.route(
        "/my/center/statements/<int:statement_id>/agree", type="http", auth="user", website=True, methods=["POST"]
    )
    def agree(self, statement_id, **_arguments):
        """Take the center's agreement (SC-13)."""
        statement, errors = page.get_visible("rural.statement", statement_id), []
        with page.refusals(errors):
            statement.sudo(False)._agree_as_center()
        if errors:
            return self._show(statement, errors=errors)
        return request.redirect(f"/my/center/statements/{statement_id}?done=agreed")

    @http.route(
        "/my/center/statements/<int:statement_id>/dispute",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def dispute(self, statement_id, line_id=None, text="", **_arguments):
        """Ask what the center objects to, and take it (SC-13)."""
        statement, errors = page.get_visible("rural.statement", statement_id), []
        number = int(line_id) if str(line_id).isdecimal() else None
        entry = statement.entry_ids.filtered(lambda entry: entry.line_id.id == number)[:1]
        if request.httprequest.method == "POST":
            with page.refusals(errors):
                statement.sudo(False)._dispute_as_center(text, entry.line_id.id or number)
            if not errors:
                return request.redirect(f"/my/center/statements/{statement_id}?done=disputed")
        return page.show(
            "dispute_page", "center_statements", statement=statement, entry=entry, text=text, errors=errors
        )

    def _show(self, statement, number=1, errors=()):
        listed = page.paged(
            "rural.fee.entry",
            [("statement_id", "=", statement.id)],
            "kind desc, id",
            f"/my/center/statements/{statement.id}",
            number,
            {},
        )
        return page.show(
            "statement_page",
            "center_statements",
            statement=statement,
            is_own=statement.center_id.sudo(False)._is_portal_own(),
            errors=errors,
            **listed,
        )
