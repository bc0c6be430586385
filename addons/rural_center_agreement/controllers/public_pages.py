from odoo.http import Controller, request, route

from odoo.addons.portal.controllers.portal import pager

from ..models.rural_center_certificate import PUBLIC_PATH

NOTICE_PATH = "/centers/notice"
PAGE_LENGTH = 20
#: A search that nobody needs to be longer.
SEARCH_LENGTH = 40


class PublicPages(Controller):
    """What anybody may see without logging in: whether a certificate holds, and who is authorised (SC-05)."""

    @route(f"{PUBLIC_PATH}/<string:token>", type="http", auth="public", methods=["GET"], website=True, sitemap=False)
    def certificate(self, token):
        """Say whether the certificate with that token holds; an unknown one is not found."""
        certificate = request.env["rural.center.certificate"].sudo().search([("token", "=", token)], limit=1)
        page = request.render(
            "rural_center_agreement.public_certificate",
            {"certificate": certificate, "shown": certificate and certificate._public_values()},
            status=200 if certificate else 404,
        )
        page.headers["X-Robots-Tag"] = "noindex"
        page.headers["Cache-Control"] = "no-store"
        return page

    @route(
        [NOTICE_PATH, f"{NOTICE_PATH}/page/<int:page>"],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=True,
    )
    def notice(self, page=1, region="", **_kwargs):
        """List the centers under public notice, those of a region by its name."""
        region = region.strip()[:SEARCH_LENGTH]
        certificates = request.env["rural.center.certificate"].sudo()
        domain = certificates._notice_domain(region)
        total = certificates.search_count(domain)
        pages = pager(
            url=NOTICE_PATH, total=total, page=page, step=PAGE_LENGTH, url_args={"region": region} if region else {}
        )
        shown = certificates.search(domain, limit=PAGE_LENGTH, offset=pages["offset"])
        return request.render(
            "rural_center_agreement.public_notice",
            {
                "rows": [certificate._public_values() for certificate in shown],
                "region": region,
                "total": total,
                "pager": pages,
                "company": request.env.company.sudo(),
            },
        )
