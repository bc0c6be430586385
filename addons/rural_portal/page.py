"""What the pages of every portal have in common: records that one may see, lists, months, messages, files.

Records are looked for with the reader's own rights, so that the record rules decide, and then shown with the rights
of the system, for a page also names what the reader has no list of.
"""

from contextlib import contextmanager
from datetime import date

from dateutil.relativedelta import relativedelta
from werkzeug.exceptions import NotFound

from odoo import api, fields
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import pager
from odoo.addons.rural_base.china_time import CHINA, day_start, month_of

PAGE_SIZE = 30
#: A list counts no further; whoever looks for more takes the filters.
COUNTED = 1000
#: The largest id of the database.
LARGEST_ID = 2**31 - 1
MONTHS = 18
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def get_visible(model, record_id):
    """Return a record that the reader may see, to be shown; for any other the page does not exist."""
    record = request.env[model].browse(record_id if record_id <= LARGEST_ID else 0).exists()
    if not record or not record.has_access("read"):
        raise NotFound()
    return record.sudo()


def paged(model, domain, order, url, page, arguments, size=PAGE_SIZE):
    """Return a page of records to be shown, and the values of its pager.

    The count ends early: a long list is not counted through for a number that nobody reads.
    """
    Model = request.env[model]
    total = Model.search_count(domain, limit=COUNTED + 1)
    shown = pager(
        url=url,
        total=min(total, COUNTED),
        page=page,
        step=size,
        url_args={name: value for name, value in arguments.items() if value},
    )
    records = Model.search(domain, order=order, limit=size, offset=max(shown["offset"], 0))
    return {
        "records": records.sudo(),
        "pager": shown,
        "total": min(total, COUNTED),
        "is_more": total > COUNTED,
        "arguments": arguments,
        "default_url": url,
    }


@contextmanager
def refusals(errors):
    """Collect what a step refuses, and take back what it had begun."""
    try:
        with request.env.cr.savepoint():
            yield
    except (AccessError, UserError) as error:
        errors.append(str(error.args[0]))


def months():
    """Return the months a reader can choose, the latest first: 2026-11."""
    first = month_of(fields.Datetime.now())
    return [f"{first - relativedelta(months=back):%Y-%m}" for back in range(MONTHS)]


def month_bounds(month):
    """Return begin and end of a month in China as UTC, None for what is no month.

    The end is the begin of the next month.
    """
    try:
        first = date.fromisoformat(f"{month}-01")
        return day_start(first), day_start(first + relativedelta(months=1))
    except (OverflowError, ValueError):
        return None


def china_time(moment, pattern="%Y-%m-%d %H:%M"):
    """Return a UTC moment as the time of China."""
    return moment and fields.Datetime.context_timestamp(request.env.user.with_context(tz=CHINA.key), moment).strftime(
        pattern
    )


def file_of(attachments, attachment_id):
    """Give one of the files of a record that the reader may see."""
    attachment = attachments.filtered(lambda each: each.id == attachment_id)
    if not attachment:
        raise NotFound()
    return request.env["ir.binary"]._get_stream_from(attachment, "raw").get_response(as_attachment=True)


def report_of(record, report, form="pdf"):
    """Give a report of a record that the reader may see; it may name what the reader has no list of."""
    reports = request.env["ir.actions.report"].with_user(api.SUPERUSER_ID)
    render = reports._render_qweb_pdf if form == "pdf" else reports._render_xlsx
    content, _type = render(report, record.ids, data={})
    headers = [
        ("Content-Type", TYPES[form]),
        ("Content-Length", len(content)),
        ("Content-Disposition", content_disposition(f"{record._printed_file_name()}.{form}")),
    ]
    return request.make_response(content, headers)
