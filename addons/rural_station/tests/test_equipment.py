from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import StationCase


@tagged("post_install", "-at_install")
class TestEquipment(StationCase):
    """What a station has and when it is open, from a day on (ST-05, ST-08)."""

    def has(self, **vals):
        return self.as_user(self.env["rural.station.equipment"], self.clerk).create(
            {
                "station_id": self.station.id,
                "kind_id": self.env.ref("rural_station.equipment_kind_computer").id,
                "valid_from": "2026-01-01",
                **vals,
            }
        )

    def hours(self, **vals):
        return self.as_user(self.env["rural.station.hours"], self.clerk).create(
            {"station_id": self.station.id, "valid_from": "2026-01-01", **vals}
        )

    def condition(self, day):
        return self.station._equipment_on("computer", date.fromisoformat(day)).condition

    def test_st08_a_condition_that_is_found_ends_the_one_before(self):
        self.has(quantity=2)
        self.station._enter_condition("computer", "damaged", date(2026, 3, 10))
        self.station._enter_condition("computer", "damaged", date(2026, 3, 20))
        self.assertEqual(
            [self.condition(day) for day in ("2025-12-31", "2026-03-09", "2026-03-10", "2026-04-01")],
            [False, "good", "damaged", "damaged"],
        )
        self.assertEqual(self.station.equipment_ids.mapped("quantity"), [2, 2])

    def test_st08_what_is_found_between_two_versions_keeps_the_later_one(self):
        self.has(valid_to="2026-01-31")
        self.has(valid_from="2026-05-01", condition="missing")
        self.station._enter_condition("computer", "damaged", date(2026, 3, 10))
        self.assertEqual(
            [self.condition(day) for day in ("2026-02-01", "2026-03-10", "2026-04-30", "2026-05-01")],
            [False, "damaged", "damaged", "missing"],
        )

    def test_st08_of_nothing_that_is_missing_nothing_is_entered(self):
        self.station._enter_condition("computer", "missing", date(2026, 3, 10))
        self.assertFalse(self.station.equipment_ids)
        with self.assertRaisesRegex(ValidationError, "one at least"):
            self.has(quantity=0)

    def test_st05_hours_are_five_days_of_eight_hours_at_least(self):
        kept = self.hours(opens=8, closes=16, saturday=True, friday=False)
        self.assertEqual(kept.display_name, "Monday, Tuesday, Wednesday, Thursday, Saturday 8:00 – 16:00")
        kept.valid_to = "2026-01-31"
        for vals in ({"monday": False}, {"opens": 9, "closes": 16.5}):
            with self.assertRaisesRegex(ValidationError, "ST-05"):
                self.hours(valid_from="2026-02-01", **vals)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.hours(valid_from="2026-02-01", opens=18, closes=27)

    def test_st11_partners_read_those_of_their_own_stations(self):
        self.hours()
        self.hours(station_id=self.other.id)
        for user in (self.area_user, self.partner_user):
            seen = self.as_user(self.env["rural.station.hours"], user).search([])
            self.assertEqual(seen.station_id, self.station)
