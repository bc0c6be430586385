from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import TrainingCase


@tagged("post_install", "-at_install")
class TestParties(TrainingCase):
    """For whom somebody takes part: for a supplier, or as a villager for nobody else."""

    def test_whoever_comes_for_a_supplier_names_it(self):
        course = self._new_course("供应商质量规范", "supplier")
        with self.assertRaisesRegex(ValidationError, "程国强: enter the supplier"):
            self.plan({"person": "程国强"}, course=course)
        session = self.plan({"person": "程国强", "partner_id": self.supplier.id}, course=course)
        self.assertEqual((session.audience, session.result_ids._party()), ("supplier", self.supplier))

    def test_a_villager_comes_for_nobody_else(self):
        self.assertFalse(self.plan({"person": "王秋菊"}).result_ids._party())

    def test_nobody_takes_part_twice(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.plan({"person": "王秋菊"}, {"person": "王秋菊"})

    def test_two_people_of_one_name_are_told_apart_by_their_contacts(self):
        contacts = self.env["res.partner"].create([{"name": "王秋菊", "city": city} for city in ("一组", "二组")])
        session = self.plan(*({"person": "王秋菊", "partner_id": contact.id} for contact in contacts))
        self.assertEqual(session.participant_count, 2)

    def test_another_audience_of_the_course_changes_no_session(self):
        session = self.train()
        self.course.audience = "supplier"
        self.assertEqual((session.audience, session.result_ids.audience), ("villager", "villager"))

    def test_a_contact_brings_name_and_address(self):
        self.supplier.email = "tea@example.com"
        with Form(self.env["rural.training.session"].with_user(self.operations)) as form:
            form.course_id = self._new_course("供应商质量规范", "supplier")
            form.begins_at, form.ends_at = "2026-03-05 01:00:00", "2026-03-05 08:00:00"
            with form.result_ids.new() as line:
                line.partner_id = self.supplier
        result = form.record.result_ids
        self.assertEqual((result.person, result.email), (self.supplier.name, "tea@example.com"))
