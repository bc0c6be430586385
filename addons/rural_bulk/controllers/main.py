from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..readers import FileError
from ..workbook import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RejectedRows(http.Controller):
    @http.route("/rural_bulk/rejected/<model('rural.load.run'):run>", auth="user", readonly=True)
    def rejected(self, run):
        """The rejected rows of a load, the reason beside each, to be corrected and loaded again."""
        run.check_access("read")
        try:
            headings, rows = run._rejected_rows()
        except UserError as error:
            return request.not_found(str(error))
        except FileError as error:
            return request.not_found(str(run.env._(error.args[0])))
        content = write_workbook(
            [*headings, *run._fault_headings()],
            ([*cells, column, message] for cells, column, message in rows),
            widths=[16] * len(headings) + [16, 60],
        )
        name = run.env._("%s - rejected rows.xlsx", run.file_name.rpartition(".")[0])
        return request.make_response(
            content,
            [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))],
        )
