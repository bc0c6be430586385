"""Something of every kind that belongs to one center, and whose each kind of record is (SC-20)."""

from .common import PICTURE


def _but(record, state):
    return record.center_id if record.state != state else record.center_id[:0]


#: For each model that a portal user can read: whose a record is, as the centers it belongs to; None for everybody's.
OWNERS = {
    "rural.service.center": lambda record: record,
    "rural.order.line": lambda record: record.center_id,
    "rural.statement": lambda record: _but(record, "draft"),
    "rural.fee.entry": lambda record: record.center_id,
    "rural.statement.dispute": lambda record: record.statement_id.center_id,
    "rural.product.recommendation": lambda record: (
        record.center_id if record.state != "draft" else record.center_id[:0]
    ),
    "rural.center.notice": lambda record: record.center_ids if record.state == "published" else record.center_ids[:0],
    "rural.pool.entry": None,
    "rural.product": None,
}


class Belongings:
    """Mixed into a case: one thing of each kind of the center `lichuan`, by the argument of its page."""

    def belongings(self):
        """Return records by the name of the routes' arguments."""
        statement = self.life()
        entry = statement.entry_ids.filtered(lambda entry: entry.line_id.order_number == "OWN1")
        self.as_portal(statement, "own")._dispute_as_center("此行金额有误", entry.line_id.id)
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
        return {
            "line_id": entry.line_id,
            "statement_id": statement,
            "recommendation_id": recommendation.sudo(),
            "picture_id": recommendation._pictures(),
            "notice_id": notice,
            "file_id": file,
        }

    #: Words that stand on pages of `lichuan` and must stand on no page of others.
    secrets = ("OWN1", "OWN2", "此行金额有误", "利川秘制腊肉", "只给利川的通知", "机密内容", "secret file", "FW422802T")
