from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NEXT, AgreementCase

LABELS = {
    "signed": "Signed", "deposited": "Deposit Paid", "certified": "Certified", "published": "Published",
    "trained": "Trained", "active": "Active",
}  # fmt: skip
STAGE_OF = dict(zip(NEXT.values(), LABELS, strict=True))


@tagged("post_install", "-at_install")
class TestSteps(AgreementCase):
    """SC-05: agreement, deposit, certificate, public notice, training, active; none is skipped."""

    def test_sc05_one_step_after_the_other(self):
        taken = []
        while self.agreement.stage != "active":
            self.prepare(self.agreement)
            taken.append(self.agreement.stage)
            if self.agreement.stage != "active":
                self.step(self.agreement)
        self.assertEqual(taken, ["draft", "deposited", "certified", "published", "trained"])
        self.assertEqual(self.center.state, "active")

    def test_sc05_every_step_out_of_order_is_refused_with_both_names(self):
        for stage in NEXT:
            self.bring_to(stage)
            # Everything is there: only the order stands in the way.
            self.pay_deposit() if stage == "signed" else None
            now = self.agreement.stage
            for action, wanted in STAGE_OF.items():
                if action == NEXT[now] or (now, action) == ("certified", "action_train"):
                    continue
                with self.subTest(stage=now, action=action), self.assertRaises(UserError) as refused:
                    getattr(self.agreement.with_user(self.area), action)()
                self.assertIn(LABELS[wanted], str(refused.exception))
                self.assertIn("No step can be skipped", str(refused.exception))
                self.assertEqual(self.agreement.stage, now)

    def test_sc05_notice_and_training_come_in_either_order(self):
        self.bring_to("certified")
        self.train()
        agreement = self.agreement.with_user(self.area)
        agreement.action_train()
        self.assertEqual((agreement.stage, agreement.published_on), ("trained", False))
        self.assertEqual((agreement.can_publish, agreement.can_activate), (True, False))
        public = self.env["rural.center.certificate"]
        self.assertNotIn(agreement.certificate_id, public.search(public._notice_domain()))
        with self.assertRaisesRegex(UserError, "No step can be skipped"):
            agreement.action_activate()
        agreement.action_publish()
        self.assertIn(agreement.certificate_id, public.search(public._notice_domain()))
        agreement.action_activate()
        self.assertEqual((agreement.stage, self.center.state), ("active", "active"))

    def test_sc05_there_is_no_step_after_the_last_one(self):
        self.bring_to("active")
        for action in STAGE_OF:
            with self.subTest(action=action), self.assertRaisesRegex(UserError, "no further step"):
                getattr(self.agreement.with_user(self.area), action)()

    def test_sc05_a_cancelled_agreement_takes_no_step(self):
        self.agreement.with_user(self.operations)._cancel("企业放弃")
        for action in STAGE_OF:
            with self.subTest(action=action), self.assertRaisesRegex(UserError, "no further step"):
                getattr(self.agreement.with_user(self.area), action)()

    def test_sc05_the_signature_names_all_that_is_missing(self):
        agreement = self._new_agreement(
            self._new_center("崇阳县区域服务中心", "421223"),
            target_market_revenue=0,
            target_satisfaction=0,
            signed_on=False,
            signed_scan=False,
        )
        with self.assertRaises(UserError) as refused:
            self.step(agreement)
        for words in ("market revenue", "satisfaction", "day on which", "scan"):
            self.assertIn(words, str(refused.exception))
        self.assertNotIn("number of purchasers", str(refused.exception))
        self.assertEqual(refused.exception.args[0].count("–"), 4)
        self.assertEqual(len(agreement.missing.splitlines()), 4)

    def test_sc05_market_revenue_is_part_of_region_turnover(self):
        self.agreement.target_market_revenue = 2000000.01
        with self.assertRaisesRegex(UserError, "part of region turnover"):
            self.step(self.agreement)

    def test_sc05_another_person_countersigns(self):
        self.assertTrue(self.agreement.with_user(self.area).can_sign)
        self.assertFalse(self.agreement.with_user(self.operations).can_sign)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.step(self.agreement, self.operations)
        self.step(self.agreement, self.area)
        self.assertEqual((self.agreement.stage, self.agreement.signed_by_id), ("signed", self.area))

    def test_sc05_nobody_who_has_changed_it_countersigns(self):
        self.agreement.with_user(self.area).target_purchasers = 50
        self.assertEqual(self.agreement.prepared_by_id, self.area)
        self.agreement.with_user(self.operations).target_purchasers = 51
        for user in (self.area, self.operations):
            with self.assertRaisesRegex(UserError, "Somebody else"):
                self.step(self.agreement, user)
        self.step(self.agreement, self.director)

    def test_sc05_a_change_of_nothing_makes_nobody_the_one_who_drew_it_up(self):
        self.agreement.with_user(self.area).write({"target_purchasers": 40, "signed_on": "2026-03-02"})
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.step(self.agreement, self.operations)

    def test_sc05_a_step_leaves_a_line_in_the_chatter(self):
        self.flush_tracking()
        self.step(self.agreement)
        self.flush_tracking()
        tracked = self.agreement.message_ids.tracking_value_ids.filtered(lambda value: value.field_id.name == "stage")
        self.assertEqual((tracked.old_value_char, tracked.new_value_char), ("Draft", "Signed"))
        self.assertEqual(tracked.mail_message_id.author_id, self.area.partner_id)

    def test_sc05_nobody_writes_a_stage_by_hand(self):
        for vals in ({"stage": "active"}, {"renewal_priority": True}, {"signed_by_id": self.area.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.agreement.with_user(self.operations).write(vals)
        begun = (
            self.env["rural.center.agreement"]
            .with_user(self.operations)
            .create(
                {
                    "center_id": self._new_center("崇阳县区域服务中心", "421223").id,
                    "year": 2026,
                    "stage": "active",
                    "region_id": self.center.region_id.id,
                }
            )
        )
        self.assertEqual((begun.stage, begun.region_id.code), ("draft", "421223"))

    def test_sc05_what_was_signed_stays(self):
        self.bring_to("signed")
        for vals in ({"target_purchasers": 1}, {"date_to": "2026-06-30"}, {"signed_scan": False}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "stays"):
                self.agreement.with_user(self.operations).write(vals)
        with self.assertRaisesRegex(UserError, "kept"):
            self.agreement.with_user(self.operations).unlink()

    def test_sc05_one_agreement_a_year_and_its_days_in_the_year(self):
        with self.assertRaisesRegex(ValidationError, "must lie in 2026"):
            self.agreement.date_to = "2027-01-31"
        with self.assertRaisesRegex(ValidationError, "100%"):
            self.agreement.target_satisfaction = 90
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._new_agreement(self.center)
        self._new_agreement(self.center, 2027)

    def test_numbers_tell_the_year(self):
        self.assertRegex(self.agreement.number, r"^XY2026\d{4}$")
        self.assertRegex(self._new_agreement(self.center, 2027).number, r"^XY2027\d{4}$")

    def test_others_take_no_step(self):
        for user in (self.officer, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.agreement.with_user(user).action_sign()

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.flush()
