"""Odoo's command line with the clock set to a day, from which it goes on as usual.

odoo_at_day.py 2027-01-04 [Odoo's arguments]
"""

import sys

from freezegun import freeze_time

from odoo.cli import main

if __name__ == "__main__":
    day = sys.argv.pop(1)
    with freeze_time(f"{day} 02:00:00", tick=True):
        main()
