"""Books for demo data of the addons that post entries."""

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

CHART = "cn_large_bis"


def keep_chinese_books(company):
    """Give the demo company a Chinese chart, in yuan, in place of the books that accounting brought for show."""
    if company.chart_template == CHART:
        return
    env = company.env
    own = [("company_id", "=", company.id)]
    payments = env["account.payment"].search(own)
    for records in (env["account.bank.statement.line"].search(own), payments.move_id, payments):
        _remove(records)
    _remove(env["account.move"].search(own))
    env["account.chart.template"]._load(CHART, company, install_demo=False)


def _remove(records):
    # As an uninstallation does, which alone may remove posted entries.
    records.exists().with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
