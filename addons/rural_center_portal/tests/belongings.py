"""Something of every kind that belongs to one center, and whose each kind of record is (SC-20)."""

import base64

from .common import PICTURE


def _of_center(record):
    return record.center_id


def _but(*states, field="state"):
    def owner(record):
        return record.center_id[:0] if record[field] in states else record.center_id

    return owner


def _of_notice(record):
    return record.center_ids if record.state == "published" else record.center_ids[:0]


#: For each model that a portal user can read: whose a record is, as the centers it belongs to; None where it is for
#: whoever has a center.
OWNERS = {
    "rural.service.center": lambda record: record,
    "rural.order.line": _of_center,
    "rural.statement": _but("draft"),
    "rural.fee.entry": _of_center,
    "rural.statement.dispute": lambda record: record.statement_id.center_id,
    "rural.product.recommendation": _but("draft"),
    "rural.center.notice": _of_notice,
    "rural.deposit": _of_center,
    "rural.deposit.movement": lambda record: (
        record.deposit_id.center_id if record.state == "posted" else record.deposit_id.center_id[:0]
    ),
    "rural.center.agreement": _but("draft", "cancelled", field="stage"),
    "rural.center.certificate": _of_center,
    "rural.training.result": _but("planned", "recorded", "cancelled", field="session_state"),
    "rural.assessment.line": _but("cancelled"),
    "rural.reward.line": _but("cancelled"),
    "rural.penalty.case": _but("draft"),
    "rural.pool.entry": None,
    "rural.product": None,
}
#: A catalogue without anything of a center in it.
CATALOGUES = {"rural.penalty.violation"}


class Belongings:
    """Mixed into a case: one thing of each kind of the center `lichuan`, by the argument of its page."""

    #: Words that stand on pages of `lichuan` and must stand on no page of others.
    secrets = (
        *("OWN1", "OWN2", "此行金额有误", "利川秘制腊肉", "只给利川的通知", "机密内容", "secret file", "FW422802T"),
        *("利川保证金流水", "利川协议终止说明", "SQ-SECRET", "利川学员", "利川违规事实", "31415.92"),
    )

    def belongings(self):
        """Return records by the name of the routes' arguments."""
        self.apples.pool_entry_ids.incentive_rate = 0.02
        statement = self.life()
        entry = statement.entry_ids.filtered(lambda entry: entry.line_id.order_number == "OWN1")
        self.as_portal(statement, "own")._dispute_as_center("此行金额有误", entry.line_id.id)
        agreement = self._agreement()
        return {
            "line_id": entry.line_id,
            "statement_id": statement,
            **self._recommendation(),
            **self._notice(),
            "movement_id": self._movement(),
            "agreement_id": agreement,
            "certificate_id": self._certificate(agreement),
            "training_id": self._training(),
            "case_id": self._case(),
            "result_id": self._result(),
        }

    def _recommendation(self):
        recommendation = self.as_portal(self.env["rural.product.recommendation"], "own")._recommend_as_center(
            self.as_portal(self.lichuan, "own"),
            {
                "product_name": "利川秘制腊肉",
                "specification": "1千克",
                "supplier_name": "利川腊肉合作社",
                "contact_name": "王五",
                "contact_phone": "13900000002",
                "reason": "本地特产",
            },
            [("腊肉.png", PICTURE)],
        )
        return {"recommendation_id": recommendation.sudo(), "picture_id": recommendation._pictures()}

    def _notice(self):
        file = self.env["ir.attachment"].create({"name": "附件.txt", "raw": b"secret file"})
        notice = self.env["rural.center.notice"].create(
            {
                "name": "只给利川的通知",
                "body": "<p>机密内容</p>",
                "company_id": self.company.id,
                "audience": "chosen",
                "center_ids": [(6, 0, self.lichuan.ids)],
                "attachment_ids": [(6, 0, file.ids)],
            }
        )
        notice.action_publish()
        return {"notice_id": notice, "file_id": file}

    def _movement(self):
        deposit = self.lichuan._open_deposit()
        return (
            self.env["rural.deposit.movement"]
            .sudo()
            .create(
                {
                    "deposit_id": deposit.id,
                    "kind": "collect",
                    "amount": 31415.92,
                    "balance_amount": 31415.92,
                    "reason": "利川保证金流水",
                    "state": "posted",
                    "posted_at": "2022-06-30 02:00:00",
                    "date": "2022-06-30",
                }
            )
        )

    def _agreement(self):
        return (
            self.env["rural.center.agreement"]
            .sudo()
            .create(
                {
                    "center_id": self.lichuan.id,
                    "year": 2022,
                    "target_market_revenue": 31415.92,
                    "target_purchasers": 3,
                    "stage": "active",
                    "signed_scan": base64.b64encode(b"secret file"),
                    "signed_scan_name": "协议.pdf",
                    "end_reason": "利川协议终止说明",
                }
            )
        )

    def _certificate(self, agreement):
        return (
            self.env["rural.center.certificate"]
            .sudo()
            .create(
                {
                    "number": "SQ-SECRET",
                    "agreement_id": agreement.id,
                    "center_name": self.lichuan.name,
                    "holder_name": "利川公司",
                    "region_id": self.lichuan.region_id.id,
                    "valid_from": "2022-01-01",
                    "valid_to": "2022-12-31",
                    "issued_on": "2022-01-01",
                }
            )
        )

    def _training(self):
        course = self.env["rural.training.course"].create({"name": "岗前培训", "company_id": self.company.id})
        times = {"begins_at": "2022-05-01 01:00:00", "ends_at": "2022-05-01 03:00:00"}
        session = self.env["rural.training.session"].sudo().create({"course_id": course.id, **times})
        result = session.result_ids.create(
            {"session_id": session.id, "center_id": self.lichuan.id, "person": "利川学员", "score": 90}
        )
        session.state = "confirmed"
        return result

    def _case(self):
        violation = self.env["rural.penalty.violation"].search([("action", "=", "warning")], limit=1)
        case = (
            self.env["rural.penalty.case"]
            .with_user(self.operations)
            .create(
                {
                    "center_id": self.lichuan.id,
                    "violation_id": violation.id,
                    "occurred_on": "2022-06-01",
                    "description": "利川违规事实",
                    "heard_on": "2022-06-10",
                    "hearing": "中心说明情况",
                }
            )
        )
        case.action_hear()
        director = self._new_user("p_director", "rural_base.group_operations_manager")
        case.with_user(director)._decide("warning", 0, 0, "情况属实")
        return case

    def _result(self):
        assessment = self.env["rural.assessment"].with_user(self.operations)._prepare(self.company, 2022).sudo()
        assessment.state = "reviewed"
        self.assertTrue(assessment.reward_line_ids)
        return assessment.line_ids.filtered(lambda line: line.center_id == self.lichuan)
