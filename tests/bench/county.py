"""A made-up county of village stations and what they do in a year, written by PostgreSQL.

Seeded: the same numbers give the same stations and the same files.
"""

import random

from odoo.fields import Date

FIRST_DAY, LAST_DAY = Date.to_date("2025-01-01"), Date.to_date("2025-12-31")
SEED = 0.422802
PLATFORM = "交易流水号,站点编码,业务时间,业务类型,商品名称,数量,金额,服务费,快递单号"
LEDGER = "站点编码,台账编号,登记日期,完成日期,业务类型,村民,品名,数量,金额,服务费,状态,交易流水号,快递单号"
#: Of all services, as many stand in the platform's file, and as many in the ledger of the station; the rest in both.
ON_PLATFORM, IN_LEDGER = 0.75, 0.55

#: Services of the year: some stations have four times as many as others.
SERVICES = """
    CREATE TEMPORARY TABLE service ON COMMIT DROP AS
    SELECT number, 'ZD' || lpad(floor(%(stations)s * share ^ 1.5)::int::text, 9, '0') AS code, day, moment, place,
           CASE WHEN what < 0.30 THEN '代购' WHEN what < 0.52 THEN '代销' WHEN what < 0.66 THEN '代缴费'
                WHEN what < 0.72 THEN '便民预订' WHEN what < 0.95 THEN '快递代收' ELSE '快递代寄' END AS kind,
           1 + floor(4 * luck)::int AS quantity, round((5 + 195 * price)::numeric, 2) AS price, luck
      FROM (SELECT number, random() AS share, %(first)s + floor(random() * %(days)s)::int AS day, random() AS moment,
                   random() AS place, random() AS what, random() AS luck, random() AS price
              FROM generate_series(1, %(services)s) AS number) AS drawn
"""
GIVEN = """
    SELECT service.*, kind IN ('快递代收', '快递代寄') AS is_parcel,
           to_char(day + interval '8 hours' + moment * interval '10 hours', 'YYYYMMDDHH24MISS')
           || lpad(number::text, 8, '0') AS transaction,
           CASE WHEN kind IN ('代购', '代销') THEN quantity ELSE 1 END AS pieces,
           CASE WHEN kind = '快递代收' THEN NULL WHEN kind IN ('代购', '代销') THEN price * quantity
                ELSE price END AS amount,
           CASE WHEN kind = '代销' THEN round(price * quantity * 0.03, 2) ELSE floor(3 * luck) END AS charge
      FROM service
"""
PLATFORM_ROWS = f"""
    SELECT transaction, code, day + interval '8 hours' + date_trunc('second', moment * interval '10 hours'), kind,
           CASE WHEN NOT is_parcel THEN '山药' END, pieces, amount, charge,
           CASE WHEN is_parcel THEN 'YT' || lpad(number::text, 13, '0') END
      FROM ({GIVEN}) AS given WHERE place < {ON_PLATFORM} ORDER BY day, moment
"""
#: What stands on the platform too has its number, but for every fifth.
LEDGER_ROWS = f"""
    SELECT code, '25-' || lpad(row_number() OVER (PARTITION BY code ORDER BY day, moment)::text, 6, '0'), day,
           CASE WHEN luck > 0.03 THEN day END, kind, '谭某', CASE WHEN NOT is_parcel THEN '山药' END, pieces, amount,
           charge,
           CASE WHEN luck <= 0.03 THEN '已登记' WHEN kind = '代购' THEN '已交付' WHEN kind = '代销' THEN '已售出'
                ELSE '已完成' END,
           CASE WHEN place < {ON_PLATFORM} AND luck < 0.8 THEN transaction END,
           CASE WHEN is_parcel THEN 'YT' || lpad(number::text, 13, '0') END
      FROM ({GIVEN}) AS given
     WHERE place > {1 - IN_LEDGER} AND NOT (luck <= 0.03 AND kind = '代销') ORDER BY day, code, moment
"""


def open_stations(env, count):
    """Open stations in areas of thirty; a few begin or end within the year."""
    chance = random.Random(SEED)
    county = env["rural.region"].search([("level", "=", "county")], limit=1)
    areas = env["rural.station.area"].create([{"name": f"片区{number}"} for number in range((count - 1) // 30 + 1)])
    stations = []
    for number in range(count):
        luck = chance.random()
        stations.append(
            {
                "code": f"ZD{number:09}",
                "name": f"{number}村电商服务站",
                "region_id": county.id,
                "area_id": areas[number // 30].id,
                "opened_on": "2025-03-10" if luck < 0.05 else "2024-01-01",
                "closed_on": "2025-09-20" if luck > 0.97 else False,
            }
        )
    env["rural.station"].create(stations)


def write(env, stations, entries, folder):
    """Open stations and write the year's files; their paths by profile."""
    numbers = {
        "stations": stations,
        "services": round(entries / (ON_PLATFORM + IN_LEDGER)),
        "first": FIRST_DAY,
        "days": (LAST_DAY - FIRST_DAY).days + 1,
    }
    open_stations(env, stations)
    env.flush_all()
    env.cr.execute("SELECT setseed(%s)", [SEED])
    env.cr.execute(SERVICES, numbers)
    paths = {}
    for profile, headings, rows in (
        ("station_platform", PLATFORM, PLATFORM_ROWS),
        ("station_ledger", LEDGER, LEDGER_ROWS),
    ):
        paths[profile] = folder / f"{profile}.csv"
        with paths[profile].open("wb") as stream:
            stream.write(f"{headings}\n".encode())
            env.cr.copy_expert(f"COPY ({rows}) TO STDOUT (FORMAT csv)", stream)
    env.invalidate_all()
    return paths
