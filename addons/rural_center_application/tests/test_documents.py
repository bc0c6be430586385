from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PDF, PROGRAM, ApplicationCase, word_file


@tagged("post_install", "-at_install")
class TestDocuments(ApplicationCase):
    """Documents with number, last day and real files; reminders (SC-02)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-06-01 02:00:00"))

    def licence(self, application, **vals):
        return self.add_document(application, "business_licence", "营业执照.pdf", **vals)

    def test_files_are_taken_by_their_content(self):
        document = self.licence(self.enter(materials={}))
        for name, content in (
            ("照片.jpg", b"\xff\xd8\xff\xe0" + b"0" * 50),
            ("介绍.docx", word_file()),
            ("扫描.PDF", PDF),
        ):
            document._add_file(name, content)
        for name, content in (
            ("照片.jpg", PROGRAM),
            ("照片.jpg", PDF),
            ("网页.pdf", b"<html><script>alert(1)</script></html>"),
            ("半截.pdf", PDF[:60]),
            ("程序.exe", PROGRAM),
            ("空.pdf", b""),
            ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ):
            with self.subTest(name=name), self.assertRaises(UserError) as refusal:
                document._add_file(name, content)
            self.assertIn(name, str(refusal.exception))

    def test_a_file_that_is_too_big_is_refused_by_the_limit_of_the_day(self):
        parameter = self.env["rural.parameter"].search([("code", "=", "document_max_megabytes")])
        parameter.value_ids._change_from(date(2026, 6, 1), value=1)
        document = self.licence(self.enter(materials={}))
        big = PDF + b" " * 1024 * 1024
        with self.assertRaisesRegex(UserError, "bigger than 1 MB"):
            document._add_file("大文件.pdf", big)
        with freeze_time("2026-05-31 02:00:00"):
            document._add_file("大文件.pdf", big)

    def test_a_file_uploaded_on_the_form_goes_to_the_document(self):
        application = self.enter(materials={})
        upload = application.env["ir.attachment"].create({"name": "营业执照.pdf", "raw": PDF})
        document = self.licence(application)
        document.file_ids += upload
        self.assertEqual((upload.res_model, upload.res_id), ("rural.center.document", document.id))
        document.file_ids = upload
        self.assertEqual(document.attachment_ids, upload)
        lie = application.env["ir.attachment"].create({"name": "营业执照.pdf", "raw": PROGRAM})
        with self.assertRaises(UserError):
            document.file_ids += lie

    def test_no_file_is_taken_away_from_another_record(self):
        theirs = self.enter(materials={})
        foreign = self.licence(theirs).attachment_ids
        mine = self.enter(materials={}, applicant_name="另一家")
        document = self.licence(mine)
        with self.assertRaises(UserError):
            document.file_ids += foreign
        upload = self.env["ir.attachment"].with_user(self.area_manager).create({"name": "甲.pdf", "raw": PDF})
        with self.assertRaises(AccessError):
            document.file_ids += upload.with_user(self.operations)

    def test_files_are_seen_by_whoever_sees_the_document(self):
        file = self.licence(self.enter(materials={})).attachment_ids
        self.assertTrue(file.with_user(self.area_manager).raw)
        with self.assertRaises(AccessError):
            file.with_user(self.officer).read(["raw"])

    def test_states_by_the_days_of_the_kind(self):
        self._kind("business_licence").reminder_days = 30
        document = self.licence(self.enter(materials={}), valid_until="2026-07-01")
        documents = self.env["rural.center.document"]
        for today, expected in (("2026-05-31", "valid"), ("2026-06-01", "expiring"), ("2026-07-01", "expiring"),
                                ("2026-07-02", "expired")):  # fmt: skip
            with self.subTest(today=today), freeze_time(f"{today} 02:00:00"):
                document.invalidate_recordset(["state"])
                self.assertEqual(document.state, expected)
                found = documents.search([("state", "=", expected), ("id", "=", document.id)])
                self.assertEqual(found, document)
                self.assertFalse(documents.search([("state", "!=", expected), ("id", "=", document.id)]))
        document.write({"is_long_term": True, "valid_until": False})
        self.assertEqual(document.state, "valid")

    def test_the_area_manager_is_reminded_once_of_each_last_day(self):
        application = self.approved()
        center = application.center_id
        licence = application.document_ids.filtered(lambda document: document.kind_id.code == "business_licence")
        licence.write({"is_long_term": False, "valid_until": "2026-07-15"})
        kinds = self.env["rural.document.kind"]
        kinds._cron_remind()
        kinds._cron_remind()
        activity = center.activity_ids
        self.assertEqual((len(activity), activity.user_id), (1, self.area_manager))
        self.assertEqual(activity.date_deadline, date(2026, 7, 15))
        spoken = licence.with_context(lang=self.area_manager.lang)
        self.assertIn(spoken.kind_id.name, activity.summary)
        licence.valid_until = "2026-07-20"
        kinds._cron_remind()
        self.assertEqual(len(center.activity_ids), 2)

    def test_nobody_is_reminded_of_a_rejected_application(self):
        application = self.submitted()
        licence = application.document_ids.filtered(lambda document: document.kind_id.code == "business_licence")
        licence.write({"is_long_term": False, "valid_until": "2026-06-15"})
        self.as_user(application, self.area_manager)._reject("不符合条件")
        self.env["rural.document.kind"]._cron_remind()
        self.assertFalse(application.activity_ids)

    def test_documents_of_a_closed_application_are_kept_as_they_are(self):
        application = self.submitted()
        document = application.document_ids[0]
        application._withdraw("不办了")
        for change in (lambda: document.write({"number": "1"}), document.unlink):
            with self.assertRaises(UserError):
                change()
        approved = self.approved(region_id=self._region("421223").id)
        with self.assertRaises(UserError):
            approved.document_ids[0].unlink()

    def test_a_form_asks_for_what_the_kind_needs(self):
        application = self.enter(materials={})
        form = Form(application.env["rural.center.document"].with_context(default_application_id=application.id))
        form.kind_id = self._kind("business_licence")
        form.valid_until = date(2030, 1, 1)
        form.is_long_term = True
        self.assertFalse(form.valid_until)
        form.save()
