from . import station_partner_demo
