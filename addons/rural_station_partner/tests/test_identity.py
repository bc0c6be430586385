import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, mute_logger

from .common import NUMBERS, PartnerCase


class TestIdentity(PartnerCase):
    """The identity number is recognised and never kept; the blacklist (ST-09)."""

    def list_somebody(self, number=NUMBERS[1], **vals):
        entry = (
            self.env["rural.station.blacklist"]
            .with_user(self.clerk)
            .create({"name": "冉启明", "id_number": number, "reason": "虚报交易，侵占村民货款", **vals})
        )
        entry.with_user(self.director).action_list()
        return entry

    def test_st09_full_number_is_nowhere(self):
        application = self.new_application(self.clerk, "430181 19880505 0014")
        self.list_somebody()
        self.env.flush_all()
        self.assertEqual(application.id_masked, "430***********0014")
        for table in ("rural_station_application", "rural_station_blacklist", "mail_message", "mail_tracking_value"):
            self.env.cr.execute(
                SQL("SELECT count(*) FROM %s t WHERE t::text ~ '[0-9]{17}[0-9X]'", SQL.identifier(table))
            )
            hits = self.env.cr.fetchone()[0]
            if table.startswith("rural"):
                self.env.cr.execute(
                    SQL(
                        "SELECT count(*) FROM %s t WHERE t::text LIKE ANY(%s)",
                        SQL.identifier(table),
                        [f"%{number}%" for number in NUMBERS],
                    )
                )
                hits = self.env.cr.fetchone()[0]
            self.assertEqual(hits, 0, table)

    def test_st09_hash_is_keyed_and_hidden(self):
        application = self.new_application(self.clerk)
        self.assertEqual(len(application.sudo().id_hash), 64)
        with self.assertRaises(AccessError):
            application.read(["id_hash"])
        with self.assertRaises(AccessError):
            self.env["ir.config_parameter"].with_user(self.director).search([]).mapped("value")

    def test_st09_key_is_made_once(self):
        parameters = self.env["ir.config_parameter"].sudo()
        key = parameters.get_param("rural_station_partner.identity_key")
        self.env["rural.identity.mixin"]._make_key()
        self.assertEqual(parameters.get_param("rural_station_partner.identity_key"), key)
        parameters.set_param("rural_station_partner.identity_key", False)
        with self.assertRaisesRegex(UserError, "missing"):
            self.new_application(self.clerk)

    def test_st09_check_digit(self):
        for wrong in ("430181198805050015", "43018119880505001", "430181198813050014", "４３"):
            with self.subTest(wrong), self.assertRaisesRegex(ValidationError, "not an identity number"):
                self.new_application(self.clerk, wrong)

    def test_st02_nobody_applies_twice_at_once(self):
        first = self.new_application(self.clerk)
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
            self.new_application(self.clerk, applicant="向翠兰（再次）")
            self.env.flush_all()
        first.with_user(self.clerk)._withdraw("家中有事")
        self.assertEqual(self.new_application(self.clerk).state, "applied")

    def test_st09_listed_is_refused_with_the_reason_for_staff_only(self):
        entry = self.list_somebody()
        application = self.new_application(self.clerk, NUMBERS[1], applicant="冉启明")
        self.assertEqual(application.state, "refused")
        self.assertIn("虚报交易", application.refusal_note)
        self.assertFalse(application.decision_reason)
        self.assertFalse(application.activity_ids)
        entry.with_user(self.director)._lift("核实为误报")
        self.assertEqual(self.new_application(self.clerk, NUMBERS[1], applicant="冉启明").state, "applied")

    def test_st09_listed_on_the_way_goes_no_further(self):
        application = self.bring_to(self.new_application(self.clerk, NUMBERS[1]), "training")
        self.list_somebody()
        self.train(application)
        self.assertEqual(application.state, "training")
        with self.assertRaisesRegex(UserError, "blacklist"):
            application.with_user(self.clerk).action_training_passed()

    def test_st09_another_company_has_a_list_of_its_own(self):
        self.list_somebody()
        other = self.env["res.company"].create({"name": "另一运营商"})
        blacklist = self.env["rural.station.blacklist"]
        self.assertTrue(blacklist._find(self.company, NUMBERS[1].lower()))
        self.assertFalse(blacklist._find(other, NUMBERS[1]))

    def test_st09_second_person_lists(self):
        entry = (
            self.env["rural.station.blacklist"]
            .with_user(self.director)
            .create({"name": "冉启明", "id_number": NUMBERS[1], "reason": "虚报交易"})
        )
        with self.assertRaisesRegex(UserError, "Somebody else"):
            entry.action_list()
        with self.assertRaises(AccessError):
            entry.with_user(self.clerk).action_list()

    def test_st09_listed_by_a_decision(self):
        application = self.bring_to(self.new_application(self.clerk), "agreed")
        agreement = self.sign(application)
        blacklist = self.env["rural.station.blacklist"]
        entry = blacklist._add(agreement.partner_id, False, "严重失信", agreement)
        self.assertEqual((entry.state, entry.id_masked), ("listed", application.id_masked))
        self.assertEqual(blacklist._find(self.company, NUMBERS[0]), entry)
        self.assertEqual(blacklist._add(agreement.partner_id, NUMBERS[0], "再次", agreement), entry)
        stranger = self.env["res.partner"].create({"name": "无名"})
        with self.assertRaisesRegex(UserError, "identity number"):
            blacklist._add(stranger, False, "严重失信")
