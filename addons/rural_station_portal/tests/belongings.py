"""Something of every kind that belongs to one station, by the argument of its page (ST-11)."""

import base64
from datetime import timedelta

from odoo.addons.rural_base import china_time

#: Words that stand on pages of the own station and must stand on no page of others.
SECRETS = (
    "机密化肥",
    "13911110000",
    "机密村民",
    "机密事由",
    "机密押金",
    "机密通知",
    "secret file",
    "机密问题",
    "机密巡检",
)


def belongings(test) -> dict:
    """Return records of the station `own` by the names of the routes' arguments."""
    notice, file = _notice(test)
    report, problem, photo = _report(test), *_problem(test)
    return {
        "entry_id": _entry(test),
        "notice_id": notice,
        "file_id": file,
        "days_id": test.as_portal(test.station, "own")
        ._ask_closing_days(f"{china_time.today()}", "", "机密事由")
        .sudo(),
        "movement_id": _movement(test),
        "agreement_id": _agreement(test),
        "exit_id": _exit(test),
        "report_id": report,
        "problem_id": problem,
        "photo_id": photo,
        "station_id": test.station,
        "inspection_id": _inspection(test),
    }


def _entry(test):
    vals = {"item": "机密化肥", "amount": "128", "villager": "机密村民", "villager_phone": "13911110000"}
    entry = test.as_portal(test.station, "own")._begin_entry("buying", vals)
    for state in ("ordered", "received", "notified"):
        entry._advance(state)
    return entry.sudo()


def _notice(test):
    file = test.env["ir.attachment"].create({"name": "附件.txt", "raw": b"secret file"})
    notice = test.env["rural.station.notice"].create(
        {
            "name": "机密通知",
            "body": "<p>内容</p>",
            "company_id": test.company.id,
            "audience": "chosen",
            "station_ids": [(6, 0, test.station.ids)],
            "attachment_ids": [(6, 0, file.ids)],
        }
    )
    notice.action_publish()
    return notice, file


def _movement(test):
    deposit = test.env["rural.deposit"].sudo().create(
        {
            "partner_id": test.station.partner_id.id,
            "company_id": test.company.id,
            "purpose_id": test.env.ref("rural_deposit.purpose_station").id,
            "station_id": test.station.id,
        }
    )  # fmt: skip
    return test.env["rural.deposit.movement"].sudo().create(
        {
            "deposit_id": deposit.id,
            "kind": "collect",
            "amount": 31415.92,
            "balance_amount": 31415.92,
            "reason": "机密押金",
            "state": "posted",
            "posted_at": "2026-01-01 02:00:00",
            "date": "2026-01-01",
        }
    )  # fmt: skip


def _agreement(test):
    return test.env["rural.station.agreement"].sudo().create(
        {
            "station_id": test.station.id,
            "partner_id": test.station.partner_id.id,
            "valid_from": "2026-01-01",
            "state": "running",
            "signed_scan": base64.b64encode(b"secret file"),
            "signed_scan_name": "协议.pdf",
        }
    )  # fmt: skip


def _report(test):
    vals = {"opens_at": "08:00", "closes_at": "18:00", "problems": "机密问题"}
    return test.as_portal(test.station, "own")._hand_in_report(china_time.today(), vals).sudo()


def _inspection(test):
    vals = {"number": "XJ20260101-SECRET01", "inspected_at": "2026-01-01T02:00:00Z", "remark": "机密巡检"}
    return test.as_portal(test.station, "area")._record_inspection(vals)["inspection"]


def _problem(test):
    photo = test.env["ir.attachment"].create({"name": "照片.png", "raw": b"\x89PNG\r\n\x1a\nsecret file"})
    problem = test.env["rural.station.problem"].sudo().create(
        {"name": "机密问题", "station_id": test.station.id, "attachment_ids": [(6, 0, photo.ids)]}
    )  # fmt: skip
    photo.write({"res_model": problem._name, "res_id": problem.id})
    return problem, photo


def _exit(test):
    exits, last_day = test.as_portal(test.env["rural.station.exit"], "own"), china_time.today() + timedelta(days=60)
    return exits._ask_as_partner(test.as_portal(test.station, "own"), f"{last_day}", "机密事由").sudo()
