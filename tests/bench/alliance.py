"""A made-up alliance of merchants, written by PostgreSQL into the tables that hold a real one.

Seeded: the same numbers give the same merchants and the same file of card transactions.
"""

from file_headings import HEADINGS

from odoo.fields import Date

FIRST_DAY, LAST_DAY = Date.to_date("2023-04-01"), Date.to_date("2023-06-30")
SEED = 0.832
SINCE = "2022-01-01"

#: What is random about a merchant, drawn once. Installed from January to May; later on some are transferred to the
#: next recruiter, and some agree other rates.
PLAN = """
    CREATE TEMPORARY TABLE plan ON COMMIT DROP AS
    SELECT number, 'BSH' || lpad(number::text, 6, '0') AS code, class, terminals, since, size,
           employees[1 + mod(number, cardinality(employees))] AS employee_id,
           employees[1 + mod(number + 1, cardinality(employees))] AS successor_id,
           CASE WHEN luck < 0.02 AND since < '2023-05-16' THEN date '2023-05-16' END AS transferred_on,
           CASE WHEN luck > 0.9 AND since < '2023-05-10' THEN date '2023-05-10' END AS new_rate_on
      FROM (SELECT number, %(employees)s AS employees, (1 + floor(random() * 3))::int::text AS class,
                   1 + floor(3 * random() ^ 3)::int AS terminals,
                   date '2023-01-02' + floor(random() * 140)::int AS since, 3 * random() ^ 2 AS size, random() AS luck
              FROM generate_series(1, %(merchants)s) AS number) AS drawn
"""
PARTNERS = """
    INSERT INTO res_partner (name, complete_name, company_id, is_company, active, type, autopost_bills, ref)
    SELECT '商户' || number, '商户' || number, %(company)s, TRUE, TRUE, 'contact', 'ask', code FROM plan
"""
MERCHANTS = """
    INSERT INTO rural_merchant (name, code, company_id, partner_id, type_id, body_kind, active, stage, signed_on,
                                signed_class, merchant_class, contract_from, contract_to, signed_month, installed_on,
                                terminal_count, recruiter_id)
    SELECT plan.code, plan.code, %(company)s, partner.id, %(type)s, 'business', TRUE, 'installed', since, class, class,
           since, '2026-12-31', date_trunc('month', since), since, terminals, plan.employee_id
      FROM plan JOIN res_partner AS partner ON partner.ref = plan.code
"""
#: Who looks after them; some are transferred in mid-quarter.
ASSIGNMENTS = """
    INSERT INTO rural_merchant_assignment (merchant_id, company_id, employee_id, reason, valid_from, valid_to)
    SELECT merchant.id, %(company)s, plan.employee_id, 'first', since, transferred_on - 1
      FROM plan JOIN rural_merchant AS merchant USING (code)
 UNION ALL
    SELECT merchant.id, %(company)s, successor_id, 'transfer', transferred_on, NULL
      FROM plan JOIN rural_merchant AS merchant USING (code) WHERE transferred_on IS NOT NULL
"""
#: Two kinds of rates, some agreed anew in mid-quarter.
RATES = """
    INSERT INTO rural_merchant_rate (merchant_id, company_id, kind, kind_key, standard_rate, rate, valid_from, valid_to)
    SELECT merchant.id, %(company)s, kind, kind_key, standard, standard, since, new_rate_on - 1
      FROM plan JOIN rural_merchant AS merchant USING (code),
           (VALUES ('rebate', 1, 0.1), ('bank_fee', 2, 0.008)) AS kinds (kind, kind_key, standard)
 UNION ALL
    SELECT merchant.id, %(company)s, kind, kind_key, standard, standard * 0.9, new_rate_on, NULL
      FROM plan JOIN rural_merchant AS merchant USING (code),
           (VALUES ('rebate', 1, 0.1), ('bank_fee', 2, 0.008)) AS kinds (kind, kind_key, standard)
     WHERE new_rate_on IS NOT NULL
"""
#: Every twentieth is removed in the quarter.
TERMINALS = """
    INSERT INTO rural_merchant_terminal (number, merchant_id, company_id, installed_on, monthly_fee, removed_on)
    SELECT plan.code || 'T' || position, merchant.id, %(company)s, since, 50,
           CASE WHEN random() < 0.05 THEN GREATEST(%(first)s, since + 1) + floor(random() * 40)::int END
      FROM plan JOIN rural_merchant AS merchant USING (code), generate_series(1, terminals) AS position
  ORDER BY number, position
"""
#: Some pay the fee of a terminal, half of these by the statement.
FEES = """
    INSERT INTO rural_terminal_fee (terminal_id, merchant_id, company_id, month, amount, payment_way, state)
    SELECT terminal.id, merchant_id, company_id, month, monthly_fee,
           CASE WHEN random() < 0.5 THEN 'statement' ELSE 'direct' END, 'confirmed'
      FROM rural_merchant_terminal AS terminal, generate_series(%(first)s, %(last)s, interval '1 month') AS month
     WHERE company_id = %(company)s AND installed_on < month AND removed_on IS NULL AND random() < 0.15
"""
COSTS = """
    INSERT INTO rural_merchant_cost (name, merchant_id, company_id, month, amount, state)
    SELECT '门头灯箱', id, company_id, date '2023-06-01', 35, 'confirmed' FROM rural_merchant
     WHERE company_id = %(company)s AND random() < 0.02
"""
DEFERRALS = """
    INSERT INTO rural_terminal_deferral (merchant_id, company_id, state, date_from, date_to, reason)
    SELECT id, company_id, 'approved', %(first)s, %(last)s, '新开业' FROM rural_merchant
     WHERE company_id = %(company)s AND random() < 0.02
"""
FOLLOW_UPS = """
    INSERT INTO rural_merchant_follow_up (merchant_id, company_id, date, kind, employee_id)
    SELECT assignment.merchant_id, company_id, day,
           CASE WHEN chance < 0.4 THEN 'good_review' WHEN chance < 0.5 THEN 'complaint' ELSE 'none' END, employee_id
      FROM (SELECT id, %(first)s + floor(random() * 90)::int AS day, random() AS chance FROM rural_merchant
             WHERE company_id = %(company)s) AS asked
      JOIN rural_merchant_assignment AS assignment ON merchant_id = asked.id
       AND day BETWEEN valid_from AND COALESCE(valid_to, 'infinity')
"""
#: A transaction of any terminal, on one of the days of the quarter on which it stands.
TRANSACTIONS = """
    SELECT to_char(time, '"BLS"YYMMDD') || lpad(row_number() OVER (ORDER BY time, chance)::text, 8, '0'),
           time, code, number,
           CASE WHEN chance < 0.2 THEN '银行卡' ELSE '预付费卡' END,
           CASE WHEN luck < 0.97 THEN '消费' WHEN luck < 0.99 THEN '退货' ELSE '撤销' END,
           round((5 + 200 * share * size)::numeric, 2)
      FROM (SELECT 1 + floor(random() * (SELECT count(*) FROM standing))::int AS place, random() AS moment,
                   random() AS chance, random() AS luck, random() AS share
              FROM generate_series(1, %(transactions)s)) AS drawn
      JOIN standing USING (place),
   LATERAL (SELECT since + floor(moment * (until - since + 1))::int
                   + interval '8 hours' + interval '1 second' * floor(share * 50000) AS time) AS moments
  ORDER BY time, chance
"""
STANDING = """
    CREATE TEMPORARY TABLE standing ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY terminal.id)::int AS place, terminal.number, code,
           GREATEST(terminal.installed_on, %(first)s) AS since,
           LEAST(terminal.removed_on, %(last)s) AS until, size
      FROM rural_merchant_terminal AS terminal JOIN rural_merchant AS merchant ON merchant.id = merchant_id
      JOIN plan USING (code)
"""

TABLES = (PLAN, PARTNERS, MERCHANTS, ASSIGNMENTS, RATES, TERMINALS, FEES, COSTS, DEFERRALS, FOLLOW_UPS, STANDING)


def people(env, count):
    """Employ recruiters under contract, each with a post; and one manager."""
    employees = env["hr.employee"].create(
        [{"name": f"招商专员{number}", "contract_date_start": SINCE, "wage": 3000} for number in range(count + 1)]
    )
    env["rural.recruiting.post"].create(
        [
            {"employee_id": employee.id, "kind": "recruiter" if number else "manager", "valid_from": SINCE}
            for number, employee in enumerate(employees)
        ]
    )
    return employees[1:]


def write(env, recruiters, merchants, transactions, path):
    """Write merchants, all that was agreed with them and that happened, and the file of their card transactions."""
    numbers = {
        "merchants": merchants,
        "transactions": transactions,
        "employees": recruiters.ids,
        "company": env.company.id,
        "type": env["rural.merchant.type"].search([], limit=1).id,
        "first": FIRST_DAY,
        "last": LAST_DAY,
    }
    env.flush_all()
    env.cr.execute("SELECT setseed(%s)", [SEED])
    for table in TABLES:
        env.cr.execute(table, numbers)
    with path.open("wb") as stream:
        stream.write(f"{','.join(HEADINGS['transactions'])}\n".encode())
        query = env.cr.mogrify(TRANSACTIONS, numbers).decode()
        env.cr.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", stream)
    env.invalidate_all()
