from odoo import http
from odoo.tools import escape_psql

from . import page


class CenterNotices(http.Controller):
    @http.route(
        ["/my/center/notices", "/my/center/notices/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def notices(self, number=1, search="", **_arguments):
        """Show the notices to the reader's centers, important ones first (SC-20)."""
        domain = [("state", "=", "published")]
        if search.strip():
            domain.append(("name", "ilike", escape_psql(search.strip())))
        listed = page.paged(
            "rural.center.notice",
            domain,
            "important desc, published_on desc, id desc",
            "/my/center/notices",
            number,
            {"search": search},
        )
        unread = listed["records"].sudo(False)._unread()
        return page.show("notices_page", "center_notices", unread=unread, **listed)

    @http.route("/my/center/notices/<int:notice_id>", type="http", auth="user", website=True)
    def notice(self, notice_id, **_arguments):
        """Show a notice, and remember that it was read."""
        notice = page.get_visible("rural.center.notice", notice_id)
        if page.centers():
            notice.sudo(False)._note_reader()
        return page.show("notice_page", "center_notices", notice=notice)

    @http.route(
        "/my/center/notices/<int:notice_id>/files/<int:file_id>", type="http", auth="user", website=True, readonly=True
    )
    def file(self, notice_id, file_id, **_arguments):
        """Give a file of a notice."""
        return page.file_of(page.get_visible("rural.center.notice", notice_id).attachment_ids, file_id)
