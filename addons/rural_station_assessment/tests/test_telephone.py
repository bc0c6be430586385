from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HTML, PDF, InspectionCase, photo

NOW = "2026-03-02 03:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTelephone(InspectionCase):
    """What area partners send from their telephones (ST-06)."""

    def test_st06_an_inspection_at_the_place_counts(self):
        result = self.record()
        inspection = result["inspection"]
        self.assertEqual((result["outcome"], result["refused"]), ("new", []))
        self.assertEqual((inspection.outcome, inspection.distance, inspection.accuracy), ("counted", 0, 12))
        self.assertTrue(inspection.ledger_checked and inspection.archive_checked)
        self.assertEqual(inspection.user_id, self.area_user)
        self.assertEqual(inspection.inspector, self.area_user.partner_id.name)
        self.assertEqual(len(inspection.answer_ids), len(self.items))

    def test_st06_ledger_and_archive_are_checked_when_all_their_items_are(self):
        inspection = self.record(answers=self.answers(180, "not_checked"))["inspection"]
        self.assertFalse(inspection.ledger_checked)
        self.assertTrue(inspection.archive_checked)
        self.assertEqual(inspection.reason, "incomplete")

    def test_st06_ten_kilometres_away_is_kept_and_flagged(self):
        inspection = self.record(latitude=28.19)["inspection"]
        self.assertEqual((inspection.outcome, inspection.reason), ("not_counted", "too_far"))
        self.assertAlmostEqual(inspection.distance, 10_007, delta=5)

    def test_st06_without_a_position_it_is_kept_and_flagged(self):
        inspection = self.record(longitude=None, latitude=None, accuracy=None, position_at=None)["inspection"]
        self.assertEqual((inspection.reason, inspection.distance), ("no_position", 0))

    def test_st06_sent_days_later_is_flagged(self):
        with freeze_time("2026-03-05 15:59:59"):
            self.assertEqual(self.record()["inspection"].outcome, "counted")
        with freeze_time("2026-03-05 16:00:00"):
            later = self.record(number="XJ20260302-BBBB2222", inspected_at="2026-03-02T01:00:00Z")["inspection"]
        self.assertEqual(later.reason, "uploaded_late")

    def test_st06_of_the_future_is_refused(self):
        with self.assertRaisesRegex(UserError, "still to come"):
            self.record(inspected_at="2026-03-02T03:00:01Z")
        self.assertEqual(self.record(inspected_at="2026-03-02T03:00:00Z")["outcome"], "new")

    def test_st06_without_number_time_or_sense_is_refused(self):
        for vals, words in (
            ({"number": "7"}, "no number"),
            ({"inspected_at": "gestern"}, "when it was made"),
            ({"inspected_at": None}, "when it was made"),
            ({"longitude": 13.4, "latitude": 52.5}, "no place in China"),
            ({"longitude": "here"}, "no place in China"),
            ({"longitude": float("nan")}, "no place in China"),
            ({"answers": [{"item": self.items[0].id, "answer": "perhaps"}]}, "is no answer"),
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, words):
                self.record(**vals)
        self.assertFalse(self.station.inspection_ids)

    def test_st06_sending_twice_is_a_duplicate(self):
        first = self.record()
        again = self.record()
        self.assertEqual((again["outcome"], again["inspection"]), ("duplicate", first["inspection"]))
        self.assertEqual(len(self.station.inspection_ids), 1)

    def test_st06_two_telephones_with_one_draft_are_a_duplicate(self):
        first = self.record()
        again = self.record(number="XJ20260302-CCCC3333")
        self.assertEqual((again["outcome"], again["inspection"]), ("duplicate", first["inspection"]))

    def test_st06_one_number_with_two_contents_is_refused(self):
        self.record()
        with self.assertRaisesRegex(UserError, "another content"):
            self.record(answers=self.answers(10, "problem", "没有培训"))

    def test_st06_a_bad_photo_is_refused_by_name_and_the_rest_is_kept(self):
        limit = self.env.ref("rural_base.parameter_document_max_megabytes_first").value
        big = photo() + b"0" * int(limit * 1024 * 1024)
        photos = [("大照片.png", big), ("合同.jpg", PDF), ("门头.png", HTML), ("坏.png", photo()[:60])]
        result = self.record(answers=self.answers(130, "ok", photos=[*photos, ("广告牌.png", photo())]))
        self.assertEqual(len(result["refused"]), 4)
        for (name, _content), sentence in zip(photos, result["refused"], strict=True):
            self.assertIn(name, sentence)
        inspection = result["inspection"]
        self.assertEqual(inspection.outcome, "counted")
        self.assertEqual(inspection.photo_ids.mapped("name"), ["广告牌.png"])
        billboard = inspection.answer_ids.filtered(lambda answer: answer.number == 130)
        self.assertFalse(billboard.is_photo_missing)
        self.assertTrue(inspection.answer_ids.filtered(lambda answer: answer.number == 140).is_photo_missing)

    def test_st06_photos_stay(self):
        inspection = self.record(photos=[("门头.jpg", photo("JPEG"))])["inspection"]
        with self.assertRaisesRegex(UserError, "decided by its papers"):
            self.as_user(inspection.photo_ids, self.manager).sudo().unlink()

    def test_st06_only_the_partner_of_the_area_records(self):
        for user, station in (
            (self.partner_user, self.station),
            (self.area_user, self.other),
            (self.clerk, self.station),
        ):
            with self.subTest(user=user.login), self.assertRaisesRegex(AccessError, "not a station of your area"):
                self.record(user=user, station=station)

    def test_st06_the_checklist_is_that_of_the_day(self):
        item = self.items[0]
        item.valid_to = "2026-03-01"
        later = item.copy({"valid_from": "2026-03-02", "valid_to": False, "name": "新的要求"})
        result = self.record(answers=[{"item": later.id, "answer": "ok"}])
        asked = result["inspection"].answer_ids.item_id
        self.assertIn(later, asked)
        self.assertNotIn(item, asked)

    def test_st06_what_was_asked_stays(self):
        self.items[0].valid_to = "2026-03-01"
        item = self.items[0].copy({"valid_from": "2026-03-02", "valid_to": False})
        item.name = "换个说法"
        self.record(answers=[{"item": item.id, "answer": "ok"}])
        with self.assertRaisesRegex(UserError, "has been answered"):
            item.name = "又换个说法"
        item.valid_to = "2026-12-31"

    def test_st06_who_may_change_the_checklist(self):
        self.assertTrue(self.as_user(self.items[0], self.manager).has_access("write"))
        self.assertFalse(self.as_user(self.items[0], self.clerk).has_access("write"))

    def test_st06_partners_see_answers_of_their_own_stations(self):
        answers = self.record()["inspection"].answer_ids
        self.assertTrue(answers.with_user(self.partner_user).has_access("read"))
        self.assertFalse(answers.with_user(self._new_partner_user("station_stranger")).has_access("read"))
        self.assertFalse(answers.with_user(self.area_user).has_access("write"))

    def test_st06_the_printed_record_names_everything(self):
        inspection = self.record(answers=self.answers(130, "problem", "广告牌破损", [("广告牌.png", photo())]))[
            "inspection"
        ]
        content, _type = self.env["ir.actions.report"]._render_qweb_html(
            "rural_station_assessment.report_station_inspection", inspection.ids
        )
        text = content.decode()
        for words in ("电商服务站巡检记录表", inspection.number, "广告牌破损", "data:image/png", self.station.name):
            self.assertIn(words, text)

    def test_st06_due_and_missing_of_a_month(self):
        self.record()
        months = self.env["rural.station.inspection.month"]
        line = months.search([("station_id", "=", self.station.id), ("month", "=", "2026-03-01")])
        self.assertEqual((line.due, line.counted, line.missing, line.below), (3, 1, 2, 1))
        [march, *_rest] = months._sums_of(self.area_user.partner_id, self.company)
        self.assertEqual((march["stations"], march["due"], march["counted"], march["below"]), (1, 3, 1, 1))

    def test_st06_missing_inspections_are_reminded_of_once_in_the_last_week(self):
        area = self.area

        def remind(moment):
            with freeze_time(moment):
                self.env["rural.station.area"]._cron_remind_of_inspections()

        remind("2026-03-24 02:00:00")
        self.assertFalse(area.activity_ids)
        remind("2026-03-25 02:00:00")
        self.assertEqual(len(area.activity_ids), 1)
        self.assertIn(self.station.name, area.activity_ids.note)
        letter = area.message_ids.filtered(lambda message: self.area_user.partner_id in message.partner_ids)
        self.assertIn(self.station.name, letter.body)
        remind("2026-03-26 02:00:00")
        self.assertEqual(len(area.activity_ids), 1)
        remind("2026-04-28 02:00:00")
        self.assertEqual(len(area.activity_ids), 2)

    def test_st06_whoever_recorded_it_does_not_let_it_count(self):
        flagged = self.record(latitude=28.19)["inspection"]
        self.assertIn(self.area_user, flagged._makers())


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestProblems(InspectionCase):
    """What is found is put right and checked (ST-06)."""

    def found(self):
        self.record(answers=self.answers(150, "problem", "灭火器过期"))
        return self.problems()

    def as_partner(self, problem, user=None):
        user = user or self.partner_user
        return problem.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def test_st06_a_problem_becomes_a_task_with_a_day(self):
        problem = self.found()
        self.assertEqual((problem.name, problem.state, str(problem.due_on)), ("灭火器过期", "open", "2026-03-09"))
        self.assertEqual(problem.activity_ids.date_deadline, problem.due_on)
        self.assertEqual(problem.inspection_id.problems, "灭火器过期")
        self.assertFalse(problem.is_overdue)
        with freeze_time("2026-03-10 04:00:00"):
            problem.invalidate_recordset(["is_overdue"])
            self.assertTrue(problem.is_overdue)
            self.assertIn(problem, problem.search([("is_overdue", "=", True)]))

    def test_st06_found_again_is_one_task(self):
        problem = self.found()
        self.record(
            number="XJ20260302-DDDD4444",
            inspected_at="2026-03-02T02:30:00Z",
            answers=self.answers(150, "problem", "灭火器过期"),
        )
        self.assertEqual(self.problems(), problem)

    def test_st06_put_right_by_the_partner_with_proof_and_checked_by_another(self):
        problem = self.found()
        with self.assertRaisesRegex(UserError, "as proof"):
            self.as_partner(problem)._put_right_as_partner("已换新", [])
        with self.assertRaisesRegex(UserError, "合同.jpg"):
            self.as_partner(problem)._put_right_as_partner("已换新", [("合同.jpg", PDF)])
        self.assertEqual(self.as_partner(problem)._put_right_as_partner("已换新", [("新.png", photo())]), [])
        self.assertEqual((problem.state, problem.put_right_by_id), ("put_right", self.partner_user))
        self.as_user(problem, self.clerk).action_check()
        self.assertEqual((problem.state, problem.checked_by_id), ("closed", self.clerk))
        self.assertFalse(problem.activity_ids)

    def test_st06_whoever_put_it_right_does_not_check_it(self):
        problem = self.found()
        file = self.as_user(self.env["ir.attachment"], self.clerk).create({"name": "新.png", "raw": photo()})
        self.as_user(problem, self.clerk).write({"attachment_ids": [(4, file.id)]})
        self.as_user(problem, self.clerk)._put_right("已换新")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(problem, self.clerk).action_check()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(problem, self.clerk)._send_back("没换")
        self.as_user(problem, self.manager)._send_back("没换")
        self.assertEqual((problem.state, problem.sent_back_count), ("open", 1))

    def test_st06_checked_at_the_next_inspection(self):
        problem = self.found()
        self.as_partner(problem)._put_right_as_partner("已换新", [("新.png", photo())])
        with freeze_time("2026-03-09 03:00:00"):
            self.record(
                number="XJ20260309-EEEE5555",
                inspected_at="2026-03-09T02:00:00Z",
                problems=[{"problem": problem.id, "result": "in_order"}],
            )
        self.assertEqual((problem.state, problem.checked_by_id), ("closed", self.area_user))
        self.assertEqual(problem.check_inspection_id.number, "XJ20260309-EEEE5555")

    def test_st06_an_inspection_that_does_not_count_checks_nothing(self):
        problem = self.found()
        self.as_partner(problem)._put_right_as_partner("已换新", [("新.png", photo())])
        self.record(
            number="XJ20260302-FFFF6666",
            inspected_at="2026-03-02T02:30:00Z",
            latitude=28.19,
            problems=[{"problem": problem.id, "result": "in_order"}],
        )
        self.assertEqual(problem.state, "put_right")

    def test_st06_not_in_order_at_the_next_inspection(self):
        problem = self.found()
        self.as_partner(problem)._put_right_as_partner("已换新", [("新.png", photo())])
        with freeze_time("2026-03-09 03:00:00"):
            self.record(
                number="XJ20260309-EEEE5555",
                inspected_at="2026-03-09T02:00:00Z",
                problems=[{"problem": problem.id, "result": "not_yet", "note": "还是旧的"}],
            )
        self.assertEqual((problem.state, problem.sent_back_reason), ("open", "还是旧的"))
        self.assertEqual(str(problem.due_on), "2026-03-16")

    def test_st06_the_area_partner_puts_right_at_the_place_and_another_checks(self):
        problem = self.found()
        with freeze_time("2026-03-09 03:00:00"):
            result = self.record(
                number="XJ20260309-EEEE5555",
                inspected_at="2026-03-09T02:00:00Z",
                problems=[
                    {
                        "problem": problem.id,
                        "result": "put_right",
                        "note": "带来新的",
                        "photos": [("新.png", photo())],
                    }
                ],
            )
        self.assertEqual(result["refused"], [])
        self.assertEqual((problem.state, problem.put_right_by_id), ("put_right", self.area_user))
        with freeze_time("2026-03-16 03:00:00"):
            self.record(
                number="XJ20260316-EEEE5555",
                inspected_at="2026-03-16T02:00:00Z",
                problems=[{"problem": problem.id, "result": "in_order"}],
            )
        self.assertEqual(problem.state, "put_right")

    def test_st06_problems_of_another_station_are_left_alone(self):
        elsewhere = self.env["rural.station.problem"].create({"name": "灯坏", "station_id": self.other.id})
        self.record(
            problems=[{"problem": elsewhere.id, "result": "put_right", "note": "好", "photos": [("新.png", photo())]}]
        )
        self.assertEqual(elsewhere.state, "open")
        with self.assertRaises(AccessError):
            self.as_partner(elsewhere, self.area_user)._put_right_as_partner("好", [("新.png", photo())])
        self.assertFalse(elsewhere.with_user(self.area_user).has_access("read"))

    def test_st06_problems_of_files_become_tasks_once(self):
        headings = "巡检编号,巡检时间,站点编码,巡检人,经度,纬度,台账检查,档案检查,发现问题,上传时间"
        name = self.area_user.partner_id.name
        rows = [
            f"X{day},2026-02-0{day} 10:00:00,ZD001,{name},113.6,28.1,是,是,货架空置,2026-02-0{day} 11:00:00"
            for day in (3, 5)
        ]
        self.load_rows(self.clerk, "station_inspections", headings, rows)
        self.assertEqual(self.problems().mapped("name"), ["货架空置"])
        self.assertEqual(str(self.problems().due_on), "2026-02-10")
