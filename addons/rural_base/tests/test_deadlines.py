from datetime import date, datetime, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.rural_base.china_time import month_of, to_china, to_utc, today
from odoo.addons.rural_base.deadlines import deadline, is_working_day, nth_working_day

DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2032, 12, 31))


@tagged("standard", "at_install")
class TestDeadlines(BaseCase):
    """Shared conventions "working days" and "time"."""

    def test_national_day_is_off_and_made_up_for(self):
        days = [date(2023, 9, 28) + timedelta(n) for n in range(12)]
        worked = [day.day for day in days if is_working_day(day)]
        self.assertEqual(worked, [28, 7, 8, 9])

    def test_deadline_across_national_day(self):
        received = to_utc(datetime(2023, 9, 28, 10, 0))
        self.assertEqual(to_china(deadline(received, 1)), datetime(2023, 10, 7, 23, 59, 59))
        self.assertEqual(to_china(deadline(received, 5)), datetime(2023, 10, 11, 23, 59, 59))

    def test_make_up_sunday_after_spring_festival_counts(self):
        self.assertEqual(nth_working_day(date(2024, 2, 9), 1), date(2024, 2, 18))

    def test_received_on_a_day_off_starts_with_the_next_working_day(self):
        self.assertEqual(nth_working_day(date(2022, 3, 12), 1), date(2022, 3, 14))

    def test_day_of_receipt_is_that_of_china(self):
        evening_in_utc = datetime(2022, 3, 10, 16, 0)
        self.assertEqual(to_china(deadline(evening_in_utc, 1)).date(), date(2022, 3, 14))

    def test_today_is_that_of_china(self):
        for moment, day in (("2022-02-28 15:59:59", date(2022, 2, 28)), ("2022-02-28 16:00:00", date(2022, 3, 1))):
            with self.subTest(moment=moment), freeze_time(moment):
                self.assertEqual(today(), day)

    def test_unknown_year_counts_monday_to_friday_but_no_holiday_of_a_fixed_date(self):
        # Tuesday 30 September 2098: 1 to 3 October are free, 4 and 5 October are a weekend.
        self.assertEqual(nth_working_day(date(2098, 9, 30), 1), date(2098, 10, 6))
        self.assertEqual(nth_working_day(date(2098, 12, 31), 1), date(2099, 1, 2))
        self.assertEqual(nth_working_day(date(2099, 4, 30), 1), date(2099, 5, 4))

    def test_deadline_in_the_past_is_refused(self):
        with self.assertRaises(ValueError):
            nth_working_day(date(2022, 3, 10), -1)

    @PATIENT
    @given(DAYS, st.integers(1, 40))
    def test_nth_working_day_has_n_working_days_up_to_it(self, day, n):
        last = nth_working_day(day, n)
        between = [day + timedelta(step) for step in range(1, (last - day).days + 1)]
        self.assertEqual(sum(map(is_working_day, between)), n)
        self.assertTrue(is_working_day(last))

    @PATIENT
    @given(MOMENTS)
    def test_china_time_and_back(self, moment):
        self.assertEqual(to_utc(to_china(moment)), moment)
        self.assertLessEqual(to_utc(datetime.combine(month_of(moment), datetime.min.time())), moment)
