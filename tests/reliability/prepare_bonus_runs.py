# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Two reviewed bonus runs after an approved one that has to be corrected: run by `odoo shell`.

The correction of the first month is due in one of the two runs, not in both.
"""

from datetime import date

company = env.company
recruiter = env["rural.recruiting.post"].search([("company_id", "=", company.id), ("kind", "=", "recruiter")], limit=1)
assignment = env["rural.merchant.assignment"].search([("employee_id", "=", recruiter.employee_id.id)], limit=1)
env["rural.bonus.run"].search([("company_id", "=", company.id), ("state", "in", ("draft", "reviewed"))]).sudo().write(
    {"state": "cancelled"}
)
runs = env["rural.bonus.run"]
for month in (1, 2, 3):
    first = date(2025, month, 1)
    run = runs.create({"kind": "month", "date_from": first, "company_id": company.id})
    run.sudo().missing_reason = "two at once"
    runs += run
runs[0].action_compute()
runs[0].sudo().state = "approved"
env["rural.merchant.follow.up"].create(
    {"merchant_id": assignment.merchant_id.id, "kind": "complaint", "date": "2025-01-20"}
)
for run in runs[1:]:
    run.action_compute()
    run.sudo().state = "reviewed"
env.cr.commit()
