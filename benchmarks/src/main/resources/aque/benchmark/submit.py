# SPDX-License-Identifier: Apache-2.0
# The insert of `aque submit -- true`, made from Python: the same statements, the same two commits.
import json, os, sys
import psycopg2

host, port, user, database = sys.argv[1:5]
c = psycopg2.connect(host=host, port=port, user=user, dbname=database, options="-c search_path=aque", application_name="aque")
k = c.cursor()
k.execute("SELECT req_class_of(%s, %s, %s)", (1000, 0, json.dumps({"platform": "linux"})))
rclass = k.fetchone()[0]
k.execute("""SELECT submit(NULL, %s, %s, %s, %s, NULL, NULL, false,
             '{C}'::text[], '{-1}'::int[], '{0}'::int[], %s::text[], %s::text[], '{NULL}'::int[], '{NULL}'::text[], '{NULL}'::text[],
             '{0}'::bigint[], '{0}'::int[], '{0}'::int[], '{}'::int[], '{}'::int[],
             '{-1}'::int[], %s::int[], '{1000}'::int[], '{NULL}'::text[], '{f}'::boolean[], '{1}'::int[], '{f}'::boolean[],
             '{f}'::boolean[], '{0}'::int[],
             '{}'::int[], '{}'::int[], '{}'::bigint[], '{}'::int[], '{}'::bigint[], '{}'::int[],
             NULL, NULL, NULL, 0, NULL, '{}'::bigint[], 0)""",
          (user, "true", os.getcwd(), json.dumps(dict(os.environ)), ["true"], [json.dumps(["true"])], [rclass]))
task = k.fetchone()[0]
c.commit()
k.execute("SELECT pg_notify(c, '') FROM unnest(%s) u(c)", (["aque_wake", "aque_feed"],))
c.commit()
print(task)
