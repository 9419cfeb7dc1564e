-- The queue: jobs, lanes, tasks, edges, leases, workers, and the change feed.
-- Shape and lock order follow the broker notes: wide immutable task_spec beside a narrow task whose updates stay
-- HOT, ready rows that are inserted and deleted, leases that say what runs. Locks are taken in one order
-- everywhere: workers, task rows ascending, then ready rows, lanes and leases, each ascending and each in one pass; the row
-- of a job last. Nobody waits for a lease, ready row or lane whose task he might have to lock after it.

CREATE SEQUENCE id_seq;
CREATE SEQUENCE lane_seq;
CREATE SEQUENCE worker_seq AS int;

-- What a task needs. Tasks with equal needs share one class; which worker fits a class is decided by aque.schedule.
CREATE TABLE req_class (
  rclass int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cpu_m  int    NOT NULL,                 -- thousandths of a core; -N: one N-th of the executing machine (A55)
  memory bigint NOT NULL,                 -- bytes
  needs  text   NOT NULL DEFAULT '{}',    -- JSON: hosts, platform, amounts, attributes, limits
  limits text[],                          -- of these the farm's named limits, and how much of each one task takes
  takes  int[],
  login  name   NOT NULL DEFAULT session_user,   -- who has submitted what needs it: on a shared farm it runs as that user
  UNIQUE (cpu_m, memory, needs, login)
);

-- What the whole farm may use at once: licences, a filer, a database. Wranglers edit it; a limit of no row is 0.
CREATE TABLE farm_limit (
  name text PRIMARY KEY,
  most int NOT NULL CHECK (most >= 0),
  per  text NOT NULL DEFAULT 'task' CHECK (per IN ('task', 'host')),  -- what counts: tasks, or hosts that run some
  counted_at timestamptz                  -- when a worker last began to count how much there is
);

-- Folders of the farm as each platform names them; '' nowhere.
CREATE TABLE path_root (
  name    text PRIMARY KEY,
  linux   text NOT NULL DEFAULT '',
  windows text NOT NULL DEFAULT '',
  macos   text NOT NULL DEFAULT ''
);

-- Who has how much of the farm. Of one priority the tasks of whoever has least for his weight go first, and what one does not
-- use the others have. Without a row here shares are not looked at; who has none of his own has the weight 1.
CREATE TABLE share (
  name   text PRIMARY KEY,                -- a group key, else the owner of jobs
  weight int NOT NULL DEFAULT 1 CHECK (weight > 0),
  most   int CHECK (most >= 0),           -- cpus at once, thousandths; null as many as there are
  top    int                              -- the highest priority that is granted; null any
);
-- What they have, counted every second while there are shares: a rank of 0 has nothing, of 1000 most for its weight.
CREATE TABLE share_count (
  counted_at timestamptz NOT NULL,
  names text[] NOT NULL,
  ranks int[] NOT NULL
);

CREATE TABLE job (
  job_id     bigint PRIMARY KEY,          -- the root task's id
  owner      text NOT NULL,
  login      name NOT NULL DEFAULT session_user,
  title      text NOT NULL,
  submit_key text UNIQUE,                 -- exactly-once submit across retries of the call
  cwd        text NOT NULL,
  env        text NOT NULL DEFAULT '{}',  -- JSON, stored once a job (A68)
  doc        text,                        -- OpenJD document that its tasks are run from
  source     text,                        -- JSON: the file that it was made of and what was filled in
  share      text,                        -- whose share it is of: a group key; null: its owner's
  labels     jsonb NOT NULL DEFAULT '{}', -- show, shot, asset, version, due … : text by name
  n_total    int NOT NULL,                -- groups not counted
  too_many   int,                         -- failed tasks that hold the job; 0 never, null 20, or 10 % if that is more
  forgiven   int NOT NULL DEFAULT 0,      -- failures that a release has looked past
  held_for   text,                        -- why the broker itself has put it on hold: too_many_errors; of its rest: preview
  interruptible boolean NOT NULL DEFAULT false,   -- what runs of it gives way to a higher priority
  policy     jsonb,                       -- what a rule gave it: name, value, was, rule, layer
  opts       jsonb,                       -- of that, what goes before, over and as a bound of its tasks' options
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX job_path ON job ((source::jsonb ->> 'path')) WHERE source IS NOT NULL;

-- Tasks of one job, one group and one requirement class: the unit of priority, hold, gates and packing.
CREATE TABLE lane (
  lane_id  bigint PRIMARY KEY,
  job_id   bigint NOT NULL,
  group_id bigint,                        -- the group task that its members belong to; none for a lone task
  rclass   int NOT NULL,
  prio     int NOT NULL,
  held     boolean NOT NULL DEFAULT false,
  of_lane  bigint,                        -- the lane that it was split from, so that an undo can put it back
  stop_at  timestamptz,                   -- a kill or a cancel in its grace: the earliest of stop_request
  kill_at  timestamptz,                   -- of these, the earliest that means what runs too
  most     int,                           -- its job's max_parallel, over all of the job's lanes
  io       text[],                        -- io_paths of its tasks, of equal ones the lane with idle paths goes first
  urgency  int NOT NULL DEFAULT 0,        -- other jobs wait for it: so many steps longer is the critical path
  not_before timestamptz,                 -- start-after
  exclusive boolean NOT NULL DEFAULT false,-- its tasks never overlap with themselves: no early reap
  files boolean NOT NULL DEFAULT false,   -- its job waits for files: file_wait
  cut      "char",                        -- X cancelled, K killed as a whole: counted as one failed gate
  gate     int NOT NULL DEFAULT 0,        -- gating tasks not yet in success
  bad      int NOT NULL DEFAULT 0,        -- of these, ended otherwise: the whole lane is blocked
  cause    bigint,                        -- the failure that blocks it
  total    int NOT NULL,
  todo     int NOT NULL,                  -- tasks not in success
  failed   int NOT NULL DEFAULT 0,        -- of these, ended
  blocked  int NOT NULL DEFAULT 0,        -- of these, by a failed dependency of their own
  stopped  int NOT NULL DEFAULT 0,        -- of the failed, killed or cancelled
  has_in   boolean NOT NULL DEFAULT false,-- some task has edges of its own coming in, or going out
  has_out  boolean NOT NULL DEFAULT false,
  pickable boolean GENERATED ALWAYS AS (NOT held AND stop_at IS NULL AND gate = 0 AND NOT files AND todo > failed) STORED
) WITH (fillfactor = 50);
CREATE INDEX lane_pick ON lane (prio DESC, lane_id) WHERE pickable;
CREATE INDEX lane_job ON lane (job_id);
CREATE INDEX lane_group ON lane (group_id);
CREATE INDEX lane_of ON lane (of_lane) WHERE of_lane IS NOT NULL;

CREATE TABLE task_spec (
  task_id bigint PRIMARY KEY,
  name    text NOT NULL,
  argv    text,                           -- JSON array; null for groups and OpenJD tasks
  step    int,                            -- OpenJD: index of its step in job.doc
  params  text,                           -- OpenJD: JSON of its task parameters
  opts    text                            -- JSON of what few tasks have: cwd, env, grace, timeout, retries, stdin …
);

CREATE TABLE task (
  task_id    bigint PRIMARY KEY,
  job_id     bigint NOT NULL,
  parent_id  bigint,                      -- display and inheritance; a parent ends after its members
  lane_id    bigint,                      -- none for groups
  sort_key   bigint NOT NULL,
  started_at timestamptz,
  ended_at   timestamptz,
  cause      bigint,
  pending    int NOT NULL,                -- upstream tasks not in success
  bad        int NOT NULL DEFAULT 0,      -- of these, ended otherwise
  n_open     int NOT NULL DEFAULT 0,      -- groups: members (lanes and groups) not ended
  n_bad      int NOT NULL DEFAULT 0,      -- groups: members with a failure inside
  attempt    int NOT NULL DEFAULT 0,      -- attempts begun and ended
  tries      int NOT NULL DEFAULT 0,      -- failures counted against retries
  exit_code  int,
  signal     int,
  progress   real NOT NULL DEFAULT -1,
  worker_id  int,
  kind       "char" NOT NULL,             -- C command, O openjd, G group
  state      "char" NOT NULL,             -- B blocked, R ready (or running), S success, E error, K killed, X cancelled
  reason     text,
  status     text,
  CHECK (kind IN ('C', 'O', 'G') AND state IN ('B', 'R', 'S', 'E', 'K', 'X')),
  CHECK (pending >= 0 AND bad BETWEEN 0 AND pending)
) WITH (fillfactor = 45);                 -- the end of every task on a page finds room on it: no index is touched
CREATE INDEX task_job ON task (job_id, task_id);
CREATE INDEX task_groups ON task (parent_id) WHERE kind = 'G';   -- of a group; who knows ids says kind::text, else all groups may be read

-- LEGAL TRANSITIONS of a task, in this one place and for whoever writes it; what runs, stops, is held or waits is derived from
-- its lease and its lane (task_view), the state of a group from its members.
--   from         to B                      R                  S                E                K               X
--   B blocked    -                         upstream ended     ended, by hand   failed, blocked  killed          cancelled
--   R ready      upstream is made again    -                  ended, by hand   failed, blocked  killed          cancelled
--   S success    retry                     retry              -                retry, blocked   never           never
--   E error      retry, upstream again     retry, re-armed    by hand          -                never           never
--   K killed     retry                     retry              by hand          retry, blocked   -               never
--   X cancelled  retry                     retry              by hand          retry, blocked   never           -
CREATE FUNCTION refuse_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'task % cannot go from % to %', NEW.task_id, OLD.state, NEW.state USING ERRCODE = 'AQ002';
END $$;
CREATE TRIGGER task_transition AFTER UPDATE OF state ON task FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.kind <> 'G' AND OLD.state::text || NEW.state::text IN ('SK', 'SX', 'EK', 'EX', 'KX', 'XK')) EXECUTE FUNCTION refuse_transition();

CREATE TABLE dep (
  upstream   bigint NOT NULL,
  downstream bigint NOT NULL,
  soft       boolean NOT NULL DEFAULT false,   -- it waits for the end alone, whichever it is (W22)
  PRIMARY KEY (upstream, downstream),
  CHECK (upstream <> downstream)
);
CREATE INDEX dep_downstream ON dep (downstream);

-- A whole lane waits for one task, usually a group: 50,000 after 50,000 is one row.
CREATE TABLE gate (
  upstream bigint NOT NULL,
  lane_id  bigint NOT NULL,
  soft     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (upstream, lane_id)
);
CREATE INDEX gate_lane ON gate (lane_id);

-- A job waits until a worker that could run it has seen these files twice with the same look.
CREATE TABLE file_wait (
  job_id    bigint NOT NULL,
  path      text NOT NULL,
  look      text,                         -- its size and time when it was seen last; null: it was not there
  since     timestamptz,                  -- so it looks since then
  looked_at timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (job_id, path)
);

-- Which job waits for which: what `dep` and `gate` say across jobs, for the graph of the whole farm.
CREATE TABLE job_link (
  upstream   bigint NOT NULL,
  downstream bigint NOT NULL,
  PRIMARY KEY (upstream, downstream)
);
CREATE INDEX job_link_downstream ON job_link (downstream);

CREATE TABLE ready (
  lane_id  bigint NOT NULL,
  sort_key bigint NOT NULL,
  task_id  bigint NOT NULL,
  attempt  int NOT NULL,
  not_before timestamptz NOT NULL DEFAULT '-infinity',   -- back-off after a failure
  avoid   text[],                         -- hosts on which it has failed: not there
  avoid_until timestamptz,                -- until that is forgiven
  PRIMARY KEY (lane_id, sort_key, task_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- A lease is the right to run one attempt; that a task has at most one is its primary key.
CREATE TABLE lease (
  task_id     bigint PRIMARY KEY,
  worker_id   int NOT NULL,
  job_id      bigint NOT NULL,
  lane_id     bigint NOT NULL,
  attempt     int NOT NULL,
  cpu_m       int NOT NULL,
  memory      bigint NOT NULL,
  acquired_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  stop        "char",                     -- K kill, Q requeue: asked, not yet confirmed
  stop_at     timestamptz,
  suspended   boolean NOT NULL DEFAULT false,
  limits      text[],                     -- what it holds of the farm's limits
  takes       int[],
  progress    real NOT NULL DEFAULT -1,
  status      text
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX lease_worker ON lease (worker_id, task_id);   -- with the task: a batch comes in at one place, in order
CREATE INDEX lease_job ON lease (job_id, task_id);
CREATE INDEX lease_limits ON lease (lane_id) WHERE limits IS NOT NULL;

CREATE TABLE worker (
  worker_id    int PRIMARY KEY,
  name         text NOT NULL,
  host         text NOT NULL,
  incarnation  uuid NOT NULL,
  login        name NOT NULL DEFAULT session_user,
  state        text NOT NULL DEFAULT 'up' CHECK (state IN ('up', 'draining', 'lost', 'gone')),
  cpu_m        int NOT NULL,
  memory       bigint NOT NULL,
  capabilities text NOT NULL,
  version      text NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen    timestamptz NOT NULL DEFAULT clock_timestamp(),
  leave        boolean NOT NULL DEFAULT false,  -- asked to give back what it runs, and to end
  drain_by     timestamptz,                     -- what still runs then is given back
  reload       boolean NOT NULL DEFAULT false   -- asked to read its configuration again
) WITH (fillfactor = 50);

-- Workers that somebody set aside, by name: they take no work, also after they were started anew.
CREATE TABLE aside (
  name  text PRIMARY KEY,
  note  text NOT NULL,
  actor text NOT NULL,
  at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What the farm says of workers, by name: pools, tags, cpus, memory, hours. A worker's own file holds the most it ever gives.
CREATE TABLE worker_setting (
  name    text PRIMARY KEY,
  setting jsonb NOT NULL
);

CREATE TABLE attempt (
  task_id    bigint NOT NULL,
  attempt    int NOT NULL,
  worker_id  int NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at   timestamptz NOT NULL,
  state      "char" NOT NULL,             -- as task.state, or Q requeued, L lost
  reason     text,
  exit_code  int,
  signal     int,
  peak       bigint,                      -- bytes
  cpu_ms     bigint,
  PRIMARY KEY (task_id, attempt)
);
-- What ran since a time: attempts are written in the order of their ends, so this index is nearly free.
CREATE INDEX attempt_ended ON attempt USING brin (ended_at);

-- Signals without change of state (kill -s): a row until the worker has sent it.
CREATE TABLE signal_request (
  request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id    bigint NOT NULL,
  attempt    int NOT NULL,
  worker_id  int NOT NULL,
  signal     int NOT NULL
);
CREATE INDEX signal_worker ON signal_request (worker_id);

-- Who did what, when (complaint 10 of the anchors).
CREATE TABLE action (
  action_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  login     name NOT NULL DEFAULT session_user,
  actor     text NOT NULL,
  place     text NOT NULL DEFAULT current_setting('application_name'),
  why       text NOT NULL DEFAULT coalesce(current_setting('aque.why', true), ''),
  verb      text NOT NULL,
  ids       bigint[] NOT NULL,            -- as they were named: groups stand for their members
  args      text,
  n         int NOT NULL                  -- tasks that it changed, or is going to
);
CREATE INDEX action_at ON action (at);
CREATE INDEX action_ids ON action USING gin (ids);

-- A kill or cancel in its grace: a row at once, so it outlives the console that asked. Nothing of it starts from its
-- commit on (lane.stop_at); when not_before has come, whoever comes by first carries it out.
CREATE TABLE stop_request (
  action_id  bigint PRIMARY KEY,
  not_before timestamptz NOT NULL,
  kill       boolean NOT NULL,
  ids        bigint[] NOT NULL
);

-- The lanes that an action changed, as they were before it: what its undo restores.
CREATE TABLE lane_before (
  action_id bigint NOT NULL,
  lane_id   bigint NOT NULL,
  prio      int NOT NULL,
  held      boolean NOT NULL,
  rclass    int NOT NULL,
  PRIMARY KEY (action_id, lane_id)
);
CREATE INDEX lane_before_lane ON lane_before (lane_id);

-- What people want others to know of a task, a job or a worker.
CREATE TABLE note (
  note_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  login   name NOT NULL DEFAULT session_user,
  actor   text NOT NULL,
  task_id bigint,
  worker  text,                           -- by name: it outlives a restart of the worker
  body    text NOT NULL,
  CHECK (num_nonnulls(task_id, worker) = 1)
);
CREATE INDEX note_task ON note (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX note_worker ON note (worker) WHERE worker IS NOT NULL;

CREATE TABLE change (
  xid       xid8 NOT NULL DEFAULT pg_current_xact_id(),
  seq       bigint GENERATED ALWAYS AS IDENTITY,
  kind      "char" NOT NULL,              -- S submitted, T tasks, J jobs, D jobs removed, W worker
  ids       bigint[] NOT NULL,
  worker_id int,
  at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE change ALTER ids SET STORAGE EXTERNAL;   -- compressing ids costs more than it saves
CREATE INDEX change_xid ON change (xid);
CREATE INDEX change_at ON change USING brin (at);
CREATE TABLE feed_floor (epoch uuid NOT NULL DEFAULT gen_random_uuid(), floor xid8 NOT NULL DEFAULT '0');
INSERT INTO feed_floor DEFAULT VALUES;

-- A block of consecutive ids. The session lock is held for microseconds only, not until commit.
CREATE FUNCTION take_ids(p_n int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE b bigint;
BEGIN
  PERFORM pg_advisory_lock(4711, 0);
  b := nextval('id_seq');
  IF p_n > 1 THEN PERFORM setval('id_seq', b + p_n - 1); END IF;
  PERFORM pg_advisory_unlock(4711, 0);
  RETURN b;
END $$;

CREATE FUNCTION req_class_of(p_cpu int, p_memory bigint, p_needs text, p_login name DEFAULT session_user) RETURNS int LANGUAGE plpgsql AS $$
DECLARE c int := plain_class(p_cpu, p_memory, p_needs, p_login);
BEGIN
  PERFORM class_in_pool(c, p.pool) FROM (SELECT DISTINCT coalesce(gives ->> 'pool', gives ->> 'default-pool') pool FROM policy) p WHERE p.pool IS NOT NULL;
  RETURN c;
END $$;

CREATE FUNCTION plain_class(p_cpu int, p_memory bigint, p_needs text, p_login name) RETURNS int LANGUAGE plpgsql AS $$
DECLARE c int;
BEGIN
  SELECT rclass INTO c FROM req_class WHERE cpu_m = p_cpu AND memory = p_memory AND needs = p_needs AND login = p_login;
  IF c IS NULL THEN
    INSERT INTO req_class (cpu_m, memory, needs, login, limits, takes) SELECT p_cpu, p_memory, p_needs, p_login, array_agg(key), array_agg(value::int)
      FROM jsonb_each_text(p_needs::jsonb -> 'limits') ON CONFLICT DO NOTHING RETURNING rclass INTO c;
    IF c IS NULL THEN SELECT rclass INTO c FROM req_class WHERE cpu_m = p_cpu AND memory = p_memory AND needs = p_needs AND login = p_login; END IF;
  END IF;
  RETURN c;
END $$;

-- SUBMIT. Indexes count from 0; the client has sorted: members before their group, upstream before downstream; and it has
-- counted what can be counted, so nothing here joins. Edges inside the job: e_*; from tasks of older jobs: x_* to tasks,
-- xg_* to lanes. t_pending counts e_* only. A large job comes in parts: submit_reserve, submit_tasks for each, and submit
-- with the last, all in one transaction.
CREATE FUNCTION submit_reserve(p_key text, p_n int, p_lanes int, OUT base bigint, OUT lanes bigint[]) LANGUAGE plpgsql AS $$
BEGIN
  lanes := '{}';
  SELECT -job_id INTO base FROM job WHERE submit_key = p_key;
  IF FOUND THEN RETURN; END IF;
  base := take_ids(p_n);
  lanes := ARRAY(SELECT nextval('lane_seq') FROM generate_series(1, p_lanes));
  INSERT INTO reservation (base, job, lanes) VALUES (base, base + p_n - 1, submit_reserve.lanes);
END $$;

CREATE FUNCTION submit_tasks(p_base bigint, p_job bigint, p_lanes bigint[], p_first int,
    t_kind text[], t_parent int[], t_lane int[], t_name text[], t_argv text[], t_step int[], t_params text[], t_opts text[],
    t_sort bigint[], t_pending int[], t_open int[], e_up int[], e_down int[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE b constant bigint := p_base + p_first - 1;
BEGIN
  INSERT INTO task_spec SELECT b + i, a, t, c, d, e FROM unnest(t_name, t_argv, t_step, t_params, t_opts) WITH ORDINALITY u(a, t, c, d, e, i);
  INSERT INTO task (task_id, job_id, parent_id, lane_id, sort_key, pending, n_open, kind, state)
    SELECT b + i, p_job, CASE WHEN pa >= 0 THEN p_base + pa END, CASE WHEN l >= 0 THEN p_lanes[l + 1] END, s, p, o, k::"char",
           (CASE WHEN p = 0 AND k <> 'G' THEN 'R' ELSE 'B' END)::"char"
    FROM unnest(t_kind, t_parent, t_lane, t_sort, t_pending, t_open) WITH ORDINALITY u(k, pa, l, s, p, o, i);
  INSERT INTO ready SELECT p_lanes[l + 1], s, b + i, 0 FROM unnest(t_lane, t_sort, t_pending) WITH ORDINALITY u(l, s, p, i) WHERE p = 0 AND l >= 0;
  IF cardinality(e_up) > 0 THEN INSERT INTO dep SELECT p_base + a, p_base + d FROM unnest(e_up, e_down) e(a, d); END IF;
END $$;

CREATE FUNCTION submit(p_key text, p_owner text, p_title text, p_cwd text, p_env text, p_doc text, p_source text, p_held boolean,
    t_kind text[], t_parent int[], t_lane int[], t_name text[], t_argv text[], t_step int[], t_params text[], t_opts text[],
    t_sort bigint[], t_pending int[], t_open int[], e_up int[], e_down int[],
    l_group int[], l_class int[], l_prio int[], l_io text[], l_exclusive boolean[], l_total int[], l_in boolean[], l_out boolean[], l_gate int[],
    g_up int[], g_lane int[], x_up bigint[], x_down int[], xg_up bigint[], xg_lane int[],
    p_most int, p_not_before timestamptz, p_too_many int, p_depth int, p_base bigint, p_lanes bigint[], p_first int,
    p_files text[] DEFAULT NULL, p_labels text DEFAULT NULL, p_share text DEFAULT NULL, p_soft boolean DEFAULT false, p_rest int[] DEFAULT '{}', p_interruptible boolean DEFAULT false)
  RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n int := p_first + cardinality(t_name); base bigint := p_base; j bigint; lanes bigint[] := p_lanes; there int;
BEGIN
  IF base IS NULL THEN
    base := take_ids(n);
    lanes := ARRAY(SELECT nextval('lane_seq') FROM generate_subscripts(l_class, 1));
  ELSE
    PERFORM is_reserved(base, base + n - 1, lanes);
    DELETE FROM reservation r WHERE r.base = p_base;
  END IF;
  j := base + n - 1;
  PERFORM may_need(l_class), may_place(n, cardinality(lanes), t_parent, e_up, t_lane), may_place(n, cardinality(lanes), e_down, g_up, g_lane), may_place(n, cardinality(lanes), l_group, x_down, xg_lane);
  INSERT INTO job (job_id, owner, title, submit_key, cwd, env, doc, source, n_total, too_many, held_for, interruptible)
    SELECT j, p_owner, p_title, p_key, p_cwd, p_env, p_doc, p_source, k, p_too_many, CASE WHEN cardinality(p_rest) > 0 THEN 'preview' END, p_interruptible FROM (SELECT coalesce(sum(t), 0)::int k FROM unnest(l_total) t) q
    ON CONFLICT (submit_key) DO NOTHING;
  IF NOT FOUND THEN
    IF p_base IS NOT NULL THEN RAISE serialization_failure USING MESSAGE = 'the key came meanwhile'; END IF;   -- its parts must go
    RETURN (SELECT -job_id FROM job WHERE submit_key = p_key);
  END IF;
  IF cardinality(x_up) + cardinality(xg_up) > 0 THEN
    -- conflicts with the row lock that settling takes: an edge is counted here, or seen there
    PERFORM 1 FROM task t WHERE t.task_id = ANY (x_up || xg_up) ORDER BY t.task_id FOR SHARE;
    GET DIAGNOSTICS there = ROW_COUNT;
    IF there < (SELECT count(DISTINCT u) FROM unnest(x_up || xg_up) u) THEN
      RAISE EXCEPTION 'no task %', (SELECT min(u) FROM unnest(x_up || xg_up) u WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.task_id = u)) USING ERRCODE = 'AQ001';
    END IF;
  END IF;
  INSERT INTO lane (lane_id, job_id, group_id, rclass, prio, held, most, not_before, io, exclusive, gate, total, todo, has_in, has_out)
    SELECT lanes[i], j, CASE WHEN g >= 0 THEN base + g END, c, p, p_held OR i - 1 = ANY (p_rest), p_most, p_not_before, io::text[], x, k, t, t, hi, ho
    FROM unnest(l_group, l_class, l_prio, l_io, l_exclusive, l_total, l_in, l_out, l_gate) WITH ORDINALITY u(g, c, p, io, x, t, hi, ho, k, i);
  PERFORM submit_tasks(base, j, lanes, p_first, t_kind, t_parent, t_lane, t_name, t_argv, t_step, t_params, t_opts, t_sort, t_pending, t_open, e_up, e_down);
  IF cardinality(g_up) > 0 THEN INSERT INTO gate SELECT base + a, lanes[b + 1] FROM unnest(g_up, g_lane) u(a, b); END IF;
  IF cardinality(x_up) + cardinality(xg_up) > 0 THEN PERFORM submit_across(base, j, lanes, x_up, x_down, xg_up, xg_lane, p_depth, p_soft); END IF;
  IF cardinality(p_files) > 0 OR num_nonnulls(p_labels, p_share) > 0 THEN PERFORM submit_facts(j, p_files, p_labels, p_share); END IF;
  IF n > 1 OR t_kind[1] = 'G' THEN PERFORM close_groups(j); END IF;
  IF EXISTS (SELECT 1 FROM policy) THEN PERFORM apply_policy(j); END IF;
  INSERT INTO change (kind, ids) VALUES ('S', ARRAY[j]);
  RETURN j;
END $$;

-- As submit, for what most jobs are: a single task that waits for nothing. Of a task's way from the call to its start on
-- an idle farm the many arrays, for sender and server, were a third.
CREATE FUNCTION submit_one(p_key text, p_owner text, p_title text, p_cwd text, p_env text, p_source text, p_held boolean,
    p_name text, p_argv text, p_opts text, p_sort bigint, p_class int, p_prio int, p_io text, p_exclusive boolean) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE j constant bigint := take_ids(1); lane constant bigint := nextval('lane_seq');
BEGIN
  PERFORM may_need(ARRAY[p_class]);
  INSERT INTO job (job_id, owner, title, submit_key, cwd, env, source, n_total) VALUES (j, p_owner, p_title, p_key, p_cwd, p_env, p_source, 1) ON CONFLICT (submit_key) DO NOTHING;
  IF NOT FOUND THEN RETURN (SELECT -job_id FROM job WHERE submit_key = p_key); END IF;
  INSERT INTO lane (lane_id, job_id, rclass, prio, held, io, exclusive, total, todo) VALUES (lane, j, p_class, p_prio, p_held, p_io::text[], p_exclusive, 1, 1);
  INSERT INTO task_spec VALUES (j, p_name, p_argv, NULL, NULL, p_opts);
  INSERT INTO task (task_id, job_id, lane_id, sort_key, pending, n_open, kind, state) VALUES (j, j, lane, p_sort, 0, 0, 'C', 'R');
  INSERT INTO ready VALUES (lane, p_sort, j, 0);
  IF EXISTS (SELECT 1 FROM policy) THEN PERFORM apply_policy(j); END IF;
  INSERT INTO change (kind, ids) VALUES ('S', ARRAY[j]);
  RETURN j;
END $$;

-- What of this job waits for tasks of others, which the caller has locked; p_soft: for their ends, whichever these are.
CREATE FUNCTION submit_across(base bigint, j bigint, lanes bigint[], x_up bigint[], x_down int[], xg_up bigint[], xg_lane int[], p_depth int, p_soft boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE ups constant bigint[] := x_up || xg_up; gs constant bigint[] := inner_groups(x_up || xg_up); singles bigint[];
BEGIN
  IF cardinality(x_up) > 0 THEN
    INSERT INTO dep SELECT DISTINCT a, base + b, p_soft FROM unnest(x_up, x_down) e(a, b);
    WITH up AS (UPDATE task t SET pending = t.pending + d.n, state = (CASE WHEN d.n > 0 THEN 'B' ELSE t.state::text END)::"char"
      FROM (SELECT base + b c, count(DISTINCT a) FILTER (WHERE u.state <> 'S' AND NOT (p_soft AND is_bad(u)))::int n
              FROM unnest(x_up, x_down) e(a, b) JOIN task u ON u.task_id = ANY (ARRAY[a]) GROUP BY 1) d WHERE t.task_id = ANY (ARRAY[d.c]) RETURNING t.lane_id, t.sort_key, t.task_id, d.n)
    DELETE FROM ready q USING up WHERE up.n > 0 AND q.lane_id = ANY (ARRAY[up.lane_id]) AND q.sort_key = up.sort_key AND q.task_id = up.task_id;
    UPDATE lane SET has_in = true WHERE job_id = j;
  END IF;
  IF cardinality(xg_up) > 0 THEN
    INSERT INTO gate SELECT DISTINCT a, lanes[b + 1], p_soft FROM unnest(xg_up, xg_lane) e(a, b);
    UPDATE lane l SET gate = l.gate + d.n
      FROM (SELECT lanes[b + 1] c, count(DISTINCT a) FILTER (WHERE u.state <> 'S' AND NOT (p_soft AND is_bad(u)))::int n
              FROM unnest(xg_up, xg_lane) e(a, b) JOIN task u ON u.task_id = ANY (ARRAY[a]) GROUP BY 1) d WHERE l.lane_id = ANY (ARRAY[d.c]);
  END IF;
  INSERT INTO job_link SELECT DISTINCT t.job_id, j FROM task t WHERE t.task_id = ANY (ups);
  -- what other jobs wait for comes before its peers (A16, P34)
  singles := ARRAY(SELECT DISTINCT t.lane_id FROM task t WHERE t.task_id = ANY (ups) AND t.lane_id IS NOT NULL);
  PERFORM 1 FROM lane k WHERE k.lane_id = ANY (singles || ARRAY(SELECT m.lane_id FROM lane m WHERE m.group_id = ANY (gs))) ORDER BY k.lane_id FOR NO KEY UPDATE;
  UPDATE lane l SET has_out = true WHERE l.lane_id = ANY (singles) AND NOT l.has_out;
  UPDATE lane l SET urgency = p_depth + 1 WHERE l.lane_id = ANY (singles || ARRAY(SELECT m.lane_id FROM lane m WHERE m.group_id = ANY (gs))) AND l.urgency <= p_depth;
  -- what it waits for has already failed: settle that now, in this commit
  PERFORM settle_failed_upstream((SELECT array_agg(t.task_id) FROM task t WHERE t.task_id = ANY (ups) AND is_bad(t) AND NOT p_soft), j);
END $$;

DO $$ DECLARE f text; BEGIN
  -- Nothing is joined, so one plan serves one task and a million; planning would cost a small job more than the rest.
  FOREACH f IN ARRAY ARRAY['submit', 'submit_tasks', 'submit_one'] LOOP
    EXECUTE format('ALTER FUNCTION %s SET jit = off', f);
    EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', f);
    EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', f);
  END LOOP;
END $$;

-- What few jobs say of themselves, in the transaction that submits them.
CREATE FUNCTION submit_facts(p_job bigint, p_files text[], p_labels text, p_share text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p_share IS NOT NULL THEN
    UPDATE job SET share = p_share WHERE job_id = p_job;
    UPDATE lane SET prio = prio WHERE job_id = p_job;   -- grants it anew
  END IF;
  UPDATE job SET labels = p_labels::jsonb WHERE job_id = p_job AND p_labels <> '{}';
  INSERT INTO file_wait (job_id, path) SELECT DISTINCT p_job, p FROM unnest(p_files) p;
  IF FOUND THEN UPDATE lane SET files = true WHERE job_id = p_job; END IF;
END $$;

-- Aspects of a task that its dependents and its group look at.
CREATE FUNCTION is_bad(t task) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN t.kind = 'G' THEN t.n_bad > 0 OR t.bad > 0 OR t.state IN ('E', 'K', 'X')
              WHEN t.state IN ('E', 'K', 'X') THEN true
              WHEN t.state IN ('B', 'R') THEN EXISTS (SELECT 1 FROM lane l WHERE l.lane_id = t.lane_id AND l.bad > 0)
              ELSE false END $$;

-- The groups among these, and the groups in them.
CREATE FUNCTION inner_groups(p_ids bigint[]) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (WITH RECURSIVE g(id) AS (SELECT task_id FROM task WHERE task_id = ANY (p_ids) AND kind::text = 'G' UNION SELECT t.task_id FROM g JOIN task t ON t.parent_id = ANY (ARRAY[g.id]) WHERE t.kind = 'G')
    SELECT coalesce(array_agg(id), '{}') FROM g);
END $$;
ALTER FUNCTION inner_groups SET enable_seqscan = off;
ALTER FUNCTION inner_groups SET plan_cache_mode = force_generic_plan;

-- Groups of a new job that have nothing to wait for end at once (A18: no worker needed).
CREATE FUNCTION close_groups(p_job bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE g bigint; gs constant bigint[] := inner_groups(ARRAY[p_job]);
BEGIN
  FOR g IN SELECT task_id FROM task WHERE task_id = ANY (gs) AND n_open = 0 AND pending = 0 AND state = 'B' ORDER BY task_id LOOP
    UPDATE task SET state = 'S', ended_at = clock_timestamp() WHERE task_id = g AND state = 'B';
    IF FOUND THEN PERFORM settle(ARRAY[g], ARRAY[-1], ARRAY[0], NULL, 'E'); END IF;
  END LOOP;
END $$;

CREATE FUNCTION settle_failed_upstream(p_ups bigint[], p_job bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE kids bigint[]; whys bigint[]; r record;
BEGIN
  IF p_ups IS NULL THEN RETURN; END IF;
  WITH k AS (UPDATE task t SET bad = q.n, state = 'E', reason = 'dep_failed', cause = q.c, ended_at = clock_timestamp()
               FROM (SELECT d.downstream, count(*)::int n, min(d.upstream) c FROM dep d WHERE d.upstream = ANY (p_ups) GROUP BY 1) q
              WHERE t.task_id = ANY (ARRAY[q.downstream]) AND t.job_id = p_job AND t.kind <> 'G' RETURNING t.task_id, q.c)
  SELECT array_agg(task_id ORDER BY task_id), array_agg(c ORDER BY task_id) INTO kids, whys FROM k;
  IF kids IS NOT NULL THEN PERFORM settle(kids, array_fill(0, ARRAY[cardinality(kids)]), array_fill(1, ARRAY[cardinality(kids)]), whys, 'B'); END IF;
  FOR r IN SELECT l.lane_id, count(*)::int n, min(g.upstream) c FROM lane l JOIN gate g USING (lane_id) WHERE g.upstream = ANY (p_ups) AND l.job_id = p_job GROUP BY 1 ORDER BY 1 LOOP
    PERFORM lane_shift(r.lane_id, 0, 0, 0, 0, 0, r.n, r.c);
  END LOOP;
END $$;

-- A group has begun with the first of its members. Nobody is waited for: who holds its row lets the next one say so.
CREATE FUNCTION begin_groups(p_lanes bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN   -- not in plain SQL, which would be planned anew at each call; so it is with others that are called often
  WITH up AS (UPDATE task t SET started_at = now() WHERE t.task_id = ANY (ARRAY(SELECT g.task_id FROM task g
      WHERE g.task_id = ANY (ARRAY(SELECT unnest(ARRAY[l.job_id, l.group_id]) FROM lane l WHERE l.lane_id = ANY (p_lanes)))
        AND g.started_at IS NULL AND g.kind::text = 'G' ORDER BY g.task_id FOR NO KEY UPDATE SKIP LOCKED)) RETURNING t.task_id)
  INSERT INTO change (kind, ids) SELECT 'T', array_agg(task_id) FROM up HAVING count(*) > 0;
END $$;
ALTER FUNCTION begin_groups SET enable_seqscan = off;
ALTER FUNCTION begin_groups SET plan_cache_mode = 'force_generic_plan';

CREATE FUNCTION share_of(j job) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce(j.share, j.owner) $$;

-- Priorities are granted here, whoever writes them: at most what the share may have.
CREATE FUNCTION grant_prio() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE t int;
BEGIN
  IF EXISTS (SELECT 1 FROM share_count) THEN
    SELECT s.top INTO t FROM job j JOIN share s ON s.name = share_of(j) WHERE j.job_id = NEW.job_id;
    NEW.prio := least(NEW.prio, t);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lane_prio BEFORE INSERT OR UPDATE OF prio ON lane FOR EACH ROW EXECUTE FUNCTION grant_prio();

-- Counts what the shares have, once a second and by one at a time.
CREATE FUNCTION count_shares() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM share_count WHERE counted_at <= clock_timestamp() - coalesce(nullif(current_setting('aque.share_every', true), '')::interval, '1 s')) AND pg_try_advisory_xact_lock(4714, 0) THEN
    UPDATE share_count SET counted_at = clock_timestamp(), names = q.n, ranks = q.r
      FROM (SELECT coalesce(array_agg(name), '{}') n, coalesce(array_agg((1000 * u / greatest(top, 1e-9))::int), '{}') r
              FROM (SELECT name, u, max(u) OVER () top FROM (SELECT share_of(j) name, sum(e.cpu_m)::float8 / coalesce(min(s.weight), 1) u
                      FROM lease e JOIN job j USING (job_id) LEFT JOIN share s ON s.name = share_of(j) GROUP BY 1) x) y) q;
  END IF;
END $$;

-- What of a share is null stays as it was; p_off takes it away.
-- Off with a weight is anew: nothing stays of what it was.
CREATE FUNCTION set_share(p_name text, p_weight int, p_most int, p_top int, p_off boolean, p_actor text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(4714, 1);
  IF p_off THEN DELETE FROM share WHERE name = p_name; END IF;
  IF NOT p_off OR p_weight IS NOT NULL THEN
    INSERT INTO share VALUES (p_name, coalesce(p_weight, 1), p_most, p_top)
      ON CONFLICT (name) DO UPDATE SET weight = coalesce(p_weight, share.weight), most = coalesce(p_most, share.most), top = coalesce(p_top, share.top);
  END IF;
  DELETE FROM share_count WHERE NOT EXISTS (SELECT 1 FROM share);
  INSERT INTO share_count SELECT '-infinity', '{}', '{}' WHERE EXISTS (SELECT 1 FROM share) AND NOT EXISTS (SELECT 1 FROM share_count);
  -- what is there and has more is brought down to it, too
  WITH down AS (UPDATE lane l SET prio = l.prio FROM (SELECT x.lane_id FROM lane x JOIN job j USING (job_id) JOIN share s ON s.name = share_of(j) WHERE s.name = p_name AND x.prio > s.top AND x.todo > x.failed ORDER BY 1 FOR NO KEY UPDATE OF x) q
                 WHERE l.lane_id = q.lane_id RETURNING l.job_id)
  INSERT INTO change (kind, ids) SELECT 'J', array_agg(DISTINCT job_id) FROM down HAVING count(*) > 0;
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'share', '{}',
    concat_ws(' ', p_name, CASE WHEN p_off AND p_weight IS NULL THEN 'off' END, 'weight ' || p_weight, 'cpus ' || trim_scale(p_most / 1000.0), 'priority ' || p_top), 0);
END $$;

-- What a worker has of them.
CREATE FUNCTION gpus(p_worker int) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT coalesce((w.capabilities::jsonb -> 'amounts' ->> 'amount.worker.gpu')::float8::int, 0) FROM worker w WHERE w.worker_id = p_worker $$;

-- How many more tasks a job with a bound, or a class with limits, may have running now. Decided by one worker at a time.
CREATE FUNCTION room(p_worker int, p_job bigint, p_most int, p_limits text[], p_takes int[], p_cap int, p_cpu int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE r int := 1000000; f farm_limit; me text;
BEGIN
  PERFORM pg_advisory_xact_lock(4713, 0);
  IF p_most IS NOT NULL THEN r := p_most - (SELECT count(*) FROM lease WHERE job_id = p_job); END IF;
  IF p_cap IS NOT NULL THEN
    r := least(r, (p_cap - (SELECT coalesce(sum(e.cpu_m), 0) FROM lease e JOIN job o USING (job_id) WHERE share_of(o) = (SELECT share_of(j) FROM job j WHERE j.job_id = p_job))) / greatest(p_cpu, 1));
  END IF;
  FOR i IN 1 .. coalesce(cardinality(p_limits), 0) LOOP
    IF p_limits[i] = 'gpu' THEN   -- of the machine, not of the farm
      r := least(r, (gpus(p_worker) - (SELECT coalesce(sum(e.takes[array_position(e.limits, 'gpu')]), 0) FROM lease e WHERE e.worker_id = p_worker AND 'gpu' = ANY (e.limits))) / greatest(p_takes[i], 1));
      CONTINUE;
    END IF;
    SELECT * INTO f FROM farm_limit WHERE name = p_limits[i];
    IF NOT FOUND THEN RETURN 0; END IF;
    IF f.per = 'task' THEN
      r := least(r, (f.most - (SELECT coalesce(sum(e.takes[array_position(e.limits, f.name)]), 0) FROM lease e WHERE e.limits IS NOT NULL AND f.name = ANY (e.limits))) / greatest(p_takes[i], 1));
    ELSE
      SELECT host INTO me FROM worker WHERE worker_id = p_worker;
      IF NOT EXISTS (SELECT 1 FROM lease e JOIN worker w USING (worker_id) WHERE e.limits IS NOT NULL AND f.name = ANY (e.limits) AND w.host = me)
         AND (SELECT count(DISTINCT w.host) FROM lease e JOIN worker w USING (worker_id) WHERE e.limits IS NOT NULL AND f.name = ANY (e.limits)) >= f.most THEN RETURN 0; END IF;
    END IF;
  END LOOP;
  RETURN greatest(r, 0);
END $$;

-- ACQUIRE. Priority first. Inside one priority the tasks of all jobs compete: those of the longest critical path, then
-- the longest, then those whose io_paths are idle here, then the oldest; sort_key and task_id say it all, so the lanes
-- are merged by their heads: from the best lane as much as comes before the next lane's head, and so on. What does not
-- fit is passed over. p_classes: what fits this worker at all. p_low_*: where this worker left off in some lanes, so that
-- rows which are deleted but still in the index are not read again; a hint only, dropped every few seconds.
CREATE FUNCTION acquire(p_worker int, p_classes int[], p_total int, p_cpu int, p_memory bigint, p_max int,
    p_busy text[] DEFAULT '{}', p_low_lane bigint[] DEFAULT '{}', p_low_key bigint[] DEFAULT '{}', p_low_task bigint[] DEFAULT '{}')
  RETURNS TABLE (task_id bigint, attempt int, cpu_m int, memory bigint, lane_id bigint, sort_key bigint, job_id bigint, name text, argv text, step int, params text, opts text, login name, cwd text, env text, gpus int)
  LANGUAGE plpgsql AS $$
DECLARE
  tier bigint := 2147483648; most constant int := p_max; probe int; n int; i int; j int; b int; k int; c int; m bigint; done bigint[]; t_now timestamptz := clock_timestamp();
  fits int[]; fc int[]; fm bigint[]; fl boolean[]; hm int[]; hg boolean[]; grouped boolean := false; limits text[]; takes int[]; cap int; hl bigint[]; hj bigint[]; hr int[]; hu bigint[]; hk bigint[]; hb boolean[]; ht bigint[]; lk bigint[]; lt bigint[]; o int[]; x int; y int;
  here text; sn text[]; sr int[]; hi_k bigint; hi_t bigint; got bigint[]; gat int[]; gk bigint[]; nk bigint; nt bigint;
  ids bigint[] := '{}'; ats int[] := '{}'; ks bigint[] := '{}';
  -- and for each lot that was taken at once, so of one lane: where it ends, and what is the same for all of it
  ns int[] := '{}'; cs int[] := '{}'; ms bigint[] := '{}'; js bigint[] := '{}'; ls bigint[] := '{}'; rs int[] := '{}';
BEGIN
  SELECT w.host INTO here FROM worker w WHERE w.worker_id = p_worker AND w.state = 'up' AND w.login = session_user FOR KEY SHARE;
  IF NOT FOUND THEN RETURN; END IF;
  p_classes := own_classes(p_classes);
  IF EXISTS (SELECT 1 FROM share_count) THEN
    PERFORM count_shares();
    SELECT c.names, c.ranks INTO sn, sr FROM share_count c;
  END IF;
  <<tiers>> LOOP
    EXIT WHEN p_max <= 0;
    SELECT l.prio INTO tier FROM lane l WHERE l.pickable AND l.prio < tier ORDER BY l.prio DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    done := '{}';
    LOOP
      probe := p_max + 8;
      SELECT array_agg(q.rclass), array_agg(CASE WHEN q.cpu_m >= 0 THEN q.cpu_m ELSE greatest(1, p_total / -q.cpu_m) END), array_agg(q.memory), array_agg(q.limits IS NOT NULL) INTO fits, fc, fm, fl
        FROM req_class q WHERE q.rclass = ANY (p_classes) AND CASE WHEN q.cpu_m >= 0 THEN q.cpu_m ELSE greatest(1, p_total / -q.cpu_m) END <= p_cpu AND q.memory <= p_memory;
      -- the heads of the lanes that fit, best first
      SELECT array_agg(h.lane_id), array_agg(h.job_id), array_agg(h.rclass), array_agg(h.u), array_agg(h.k), array_agg(h.b), array_agg(h.task_id), array_agg(h.lk), array_agg(h.lt), array_agg(h.most), array_agg(h.g)
        INTO hl, hj, hr, hu, hk, hb, ht, lk, lt, hm, hg
        FROM (SELECT y.*, y.sort_key - y.u k FROM (SELECT l.lane_id, l.job_id, l.rclass, r.sort_key, l.io IS NOT NULL AND l.io && p_busy b, r.task_id, low.k lk, low.t lt, l.most, l.group_id IS NOT NULL g,
                     -- what lifts a lane: who waits for it; what sinks it: how much its share has
                     (l.urgency::bigint << 31) - CASE WHEN sn IS NULL THEN 0 ELSE (SELECT coalesce(sr[array_position(sn, share_of(jb))], 0)::bigint << 52 FROM job jb WHERE jb.job_id = l.job_id) END u
                FROM lane l
                CROSS JOIN LATERAL (SELECT coalesce(p_low_key[z], -9223372036854775808) k, coalesce(p_low_task[z], 0) t FROM (SELECT array_position(p_low_lane, l.lane_id) z) z) low
                CROSS JOIN LATERAL (SELECT d.sort_key, d.task_id FROM ready d WHERE d.lane_id = l.lane_id AND (d.sort_key, d.task_id) > (low.k, low.t) AND d.not_before <= t_now AND (d.avoid IS NULL OR here <> ALL (d.avoid) OR d.avoid_until <= t_now)
                                     ORDER BY d.lane_id, d.sort_key, d.task_id LIMIT 1) r
               WHERE l.pickable AND l.prio = tier AND l.rclass = ANY (fits) AND l.lane_id <> ALL (done) AND (l.not_before IS NULL OR l.not_before <= t_now) OFFSET 0) y
               ORDER BY k, y.b, y.task_id LIMIT probe) h;
      n := coalesce(cardinality(hl), 0);
      EXIT WHEN n = 0;
      o := ARRAY(SELECT generate_series(1, n));
      i := 1;
      WHILE i <= n AND p_max > 0 LOOP
        x := o[i]; j := array_position(fits, hr[x]); c := fc[j]; m := fm[j]; k := p_max;
        IF c > 0 THEN k := least(k, p_cpu / c); END IF;
        IF m > 0 THEN k := least(k, (p_memory / m)::int); END IF;
        limits := NULL; takes := NULL; cap := NULL;
        IF fl[j] THEN SELECT q.limits, q.takes INTO limits, takes FROM req_class q WHERE q.rclass = hr[x]; END IF;
        IF sn IS NOT NULL THEN SELECT s.most INTO cap FROM job jb JOIN share s ON s.name = share_of(jb) WHERE jb.job_id = hj[x]; END IF;
        IF k > 0 AND num_nonnulls(hm[x], limits, cap) > 0 THEN k := least(k, room(p_worker, hj[x], hm[x], limits, takes, cap, c)); END IF;
        IF k <= 0 THEN i := i + 1; CONTINUE; END IF;
        -- up to the next lane's head; a large batch looks a little further, all of it goes to this worker anyway
        b := i + 1 + k / 16;
        IF b <= n THEN
          y := o[b]; hi_k := hk[y] + hu[x]; hi_t := CASE WHEN hb[x] = hb[y] THEN ht[y] WHEN hb[x] THEN 0 ELSE 9223372036854775807 END;
        ELSE hi_k := 9223372036854775807; hi_t := hi_k; END IF;
        WITH del AS (DELETE FROM ready d WHERE d.ctid = ANY (ARRAY(SELECT q.ctid FROM ready q WHERE q.lane_id = hl[x] AND (q.sort_key, q.task_id) > (lk[x], lt[x]) AND (q.sort_key, q.task_id) <= (hi_k, hi_t)
                       AND q.not_before <= t_now AND (q.avoid IS NULL OR here <> ALL (q.avoid) OR q.avoid_until <= t_now) ORDER BY q.lane_id, q.sort_key, q.task_id LIMIT k FOR UPDATE SKIP LOCKED)) RETURNING d.task_id, d.attempt, d.sort_key)
        SELECT array_agg(d.task_id ORDER BY d.sort_key, d.task_id), array_agg(d.attempt + 1 ORDER BY d.sort_key, d.task_id), array_agg(d.sort_key ORDER BY d.sort_key, d.task_id) INTO got, gat, gk FROM del d;
        j := coalesce(cardinality(got), 0);
        IF j > 0 THEN
          p_cpu := p_cpu - j * c; p_memory := p_memory - j * m; p_max := p_max - j;
          ids := ids || got; ats := ats || gat; ks := ks || gk;
          ns := ns || cardinality(ids); cs := cs || c; ms := ms || m; js := js || hj[x]; ls := ls || hl[x]; rs := rs || hr[x];
          grouped := grouped OR hg[x];
          INSERT INTO lease (task_id, worker_id, job_id, lane_id, attempt, cpu_m, memory, limits, takes)
            SELECT u.i, p_worker, hj[x], hl[x], u.a, c, m, limits, takes FROM unnest(got, gat) u(i, a);
        END IF;
        IF j = k THEN
          lk[x] := gk[j]; lt[x] := got[j];
        ELSIF b > n THEN
          i := i + 1; CONTINUE;   -- nothing is left in it
        ELSE
          lk[x] := hi_k; lt[x] := hi_t;
        END IF;
        EXIT WHEN p_max <= 0;
        SELECT d.sort_key, d.task_id INTO nk, nt FROM ready d WHERE d.lane_id = hl[x] AND (d.sort_key, d.task_id) > (lk[x], lt[x]) AND d.not_before <= t_now AND (d.avoid IS NULL OR here <> ALL (d.avoid) OR d.avoid_until <= t_now) ORDER BY d.lane_id, d.sort_key, d.task_id LIMIT 1;
        IF NOT FOUND THEN i := i + 1; CONTINUE; END IF;
        hk[x] := nk - hu[x]; ht[x] := nt;
        j := i;
        WHILE j < n AND (hk[o[j + 1]], hb[o[j + 1]], ht[o[j + 1]]) < (hk[x], hb[x], ht[x]) LOOP o[j] := o[j + 1]; j := j + 1; END LOOP;
        o[j] := x;
      END LOOP;
      EXIT WHEN n < probe OR p_max <= 0;
      done := done || hl;
    END LOOP;
  END LOOP;
  IF cardinality(ids) > 0 THEN
    INSERT INTO change (kind, ids, worker_id) VALUES ('T', ids, p_worker);
    IF grouped THEN PERFORM begin_groups(ls); END IF;
    -- here and not in the caller's statement, whose snapshot may be older than the task; a job's environment comes once
    RETURN QUERY SELECT ids[i.n], ats[i.n], p.c, p.m, p.l, ks[i.n], p.j, s.name, s.argv, s.step, s.params, CASE WHEN jb.opts IS NULL THEN s.opts ELSE opts_of(s.opts, jb.opts) END, q.login,
        CASE WHEN i.first THEN jb.cwd END, CASE WHEN i.first THEN jb.env END, CASE WHEN q.limits IS NULL THEN 0 ELSE coalesce(q.takes[array_position(q.limits, 'gpu')], 0) END
      FROM unnest(ns, cs, ms, ls, js, rs) WITH ORDINALITY p(n, c, m, l, j, r, lot)
      JOIN job jb ON jb.job_id = ANY (ARRAY[p.j]) JOIN req_class q ON q.rclass = ANY (ARRAY[p.r])
      CROSS JOIN LATERAL (SELECT g, g = 1 OR g = ns[p.lot - 1] + 1 AND js[p.lot - 1] <> p.j FROM generate_series(coalesce(ns[p.lot - 1], 0) + 1, p.n) g) i(n, first)
      JOIN task_spec s ON s.task_id = ids[i.n] ORDER BY i.n;
  END IF;
END $$;
ALTER FUNCTION acquire SET enable_seqscan = off;
ALTER FUNCTION acquire SET enable_bitmapscan = off;
ALTER FUNCTION acquire SET jit = off;
ALTER FUNCTION acquire SET enable_hashjoin = off;
ALTER FUNCTION acquire SET enable_mergejoin = off;
ALTER FUNCTION acquire SET plan_cache_mode = 'force_generic_plan';

-- One lane's counters move; its group is told when the lane's own aspects (ended, bad) change.
-- p_gate and p_bad: change of its gates not in success, and of those that failed.
CREATE FUNCTION lane_shift(p_lane bigint, p_todo int, p_failed int, p_blocked int, p_stopped int, p_gate int, p_bad int, p_cause bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE o lane; n lane; outs bigint[]; d int;
BEGIN
  SELECT * INTO o FROM lane WHERE lane_id = p_lane FOR NO KEY UPDATE;
  UPDATE lane SET todo = todo + p_todo, failed = failed + p_failed, blocked = blocked + p_blocked, stopped = stopped + p_stopped,
         gate = gate + p_gate, bad = bad + p_bad, cause = CASE WHEN bad + p_bad > 0 THEN coalesce(cause, p_cause) END
   WHERE lane_id = p_lane RETURNING * INTO n;
  -- a blocked lane's tasks are bad for whoever depends on one of them
  IF n.has_out AND (o.bad > 0) <> (n.bad > 0) THEN
    d := CASE WHEN n.bad > 0 THEN 1 ELSE -1 END;
    SELECT array_agg(t.task_id) INTO outs FROM task t WHERE t.job_id = n.job_id AND t.lane_id = p_lane AND t.state IN ('B', 'R')
      AND (EXISTS (SELECT 1 FROM dep WHERE upstream = t.task_id) OR EXISTS (SELECT 1 FROM gate WHERE upstream = t.task_id));
    IF outs IS NOT NULL THEN
      -- it may be that somebody began to wait for one of them while this lane was waited for
      PERFORM 1 FROM task t WHERE t.task_id = ANY (ARRAY(SELECT d.downstream FROM dep d WHERE d.upstream = ANY (outs))) ORDER BY t.task_id FOR NO KEY UPDATE;
      PERFORM settle_kids(outs, array_fill(0, ARRAY[cardinality(outs)]), array_fill(d, ARRAY[cardinality(outs)]), array_fill(p_cause, ARRAY[cardinality(outs)]));
    END IF;
  END IF;
  IF n.group_id IS NOT NULL THEN
    PERFORM group_shift(n.group_id,
      (n.todo > n.failed AND n.bad = 0)::int - (o.todo > o.failed AND o.bad = 0)::int,
      (n.failed > 0 OR n.bad > 0 AND n.todo > 0)::int - (o.failed > 0 OR o.bad > 0 AND o.todo > 0)::int, p_cause);
  END IF;
END $$;

-- A group's members change: it ends when none is open, in success when none is bad; what waits for it learns at once.
CREATE FUNCTION group_shift(p_group bigint, p_open int, p_bad int, p_cause bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE o task; n task; wasok boolean; isok boolean; wasbad boolean; isbad_ boolean; wasend boolean; isend boolean; s "char";
BEGIN
  IF p_open = 0 AND p_bad = 0 THEN RETURN; END IF;
  SELECT * INTO o FROM task WHERE task_id = p_group FOR NO KEY UPDATE;
  wasbad := o.n_bad > 0 OR o.bad > 0; wasend := o.n_open = 0 AND (o.pending = 0 OR o.bad > 0); wasok := o.state = 'S';
  isbad_ := o.n_bad + p_bad > 0 OR o.bad > 0; isend := o.n_open + p_open = 0 AND (o.pending = 0 OR o.bad > 0); isok := isend AND NOT isbad_;
  s := 'B';
  IF isok THEN s := 'S';
  ELSIF isend THEN
    -- told by the lanes' counters; only killed from cancelled needs a look at the members
    SELECT CASE WHEN bool_or(st = 'E') THEN 'E' WHEN bool_or(st = 'K') THEN 'K' WHEN bool_or(st = 'X') THEN 'X' WHEN bool_or(st = '?') THEN
             CASE WHEN EXISTS (SELECT 1 FROM task t WHERE t.job_id = o.job_id AND t.parent_id = p_group AND t.state = 'K') THEN 'K' ELSE 'X' END ELSE 'E' END INTO s
      FROM (SELECT t.state::text st FROM task t WHERE t.parent_id = p_group AND t.kind = 'G' AND t.state IN ('E', 'K', 'X')
            UNION ALL SELECT CASE WHEN l.failed > l.stopped OR l.bad > 0 AND l.todo > 0 AND l.cut IS NULL THEN 'E' WHEN l.stopped > 0 THEN '?' ELSE 'X' END FROM lane l WHERE l.group_id = p_group AND (l.failed > 0 OR l.bad > 0 AND l.todo > 0)) q;
  END IF;
  UPDATE task SET n_open = n_open + p_open, n_bad = n_bad + p_bad, state = s,
         reason = CASE WHEN s = 'E' THEN 'member_failed' END,
         cause = CASE WHEN isbad_ THEN coalesce(cause, p_cause) END,
         ended_at = CASE WHEN isend THEN clock_timestamp() END
   WHERE task_id = p_group RETURNING * INTO n;
  IF wasok <> isok OR wasbad <> isbad_ THEN
    PERFORM settle_kids(ARRAY[p_group], ARRAY[wasok::int - isok::int], ARRAY[isbad_::int - wasbad::int], ARRAY[coalesce(n.cause, p_group)]);
  END IF;
  IF n.parent_id IS NOT NULL THEN
    PERFORM group_shift(n.parent_id, wasend::int - isend::int, isbad_::int - wasbad::int, p_cause);
  END IF;
END $$;

-- What depends on these tasks learns that they are (or are no longer) in success (p_open -1/+1) or bad (p_bad +1/-1).
CREATE FUNCTION settle_kids(p_ids bigint[], p_open int[], p_bad int[], p_cause bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE turned bigint[]; dir int[]; why bigint[]; groups bigint[]; g bigint; r record; k task;
BEGIN
  IF 1 = ANY (p_open) OR -1 = ANY (p_bad) THEN   -- what may not start after all: waits for an acquire in flight, whose leases the next statement sees
    DELETE FROM ready q USING unnest(p_ids, p_open, p_bad) u(i, o, b), dep e, task t WHERE (u.o > 0 OR e.soft AND u.b < u.o) AND e.upstream = ANY (ARRAY[u.i]) AND t.task_id = ANY (ARRAY[e.downstream]) AND t.state = 'R' AND q.lane_id = ANY (ARRAY[t.lane_id]) AND q.sort_key = t.sort_key AND q.task_id = t.task_id;
  END IF;
  WITH d AS MATERIALIZED (SELECT e.downstream, sum(CASE WHEN e.soft THEN u.o - u.b ELSE u.o END)::int o, sum(CASE WHEN e.soft THEN 0 ELSE u.b END)::int b, max(u.c) c FROM unnest(p_ids, p_open, p_bad, p_cause) u(i, o, b, c) JOIN dep e ON e.upstream = ANY (ARRAY[u.i]) GROUP BY 1),
  old AS MATERIALIZED (SELECT d.*, t.state, t.state = 'E' AND t.reason = 'dep_failed' AS blocked, l.task_id IS NOT NULL AS leased, t.pending + d.o AS pending, t.bad + d.b AS bad
                         FROM d JOIN task t ON t.task_id = ANY (ARRAY[d.downstream]) LEFT JOIN lease l ON l.task_id = ANY (ARRAY[d.downstream])),
  new AS MATERIALIZED (SELECT old.*, CASE WHEN leased OR NOT (blocked OR old.state IN ('B', 'R')) THEN old.state::text
                                          WHEN bad > 0 THEN 'E' WHEN pending > 0 THEN 'B' ELSE 'R' END AS becomes FROM old),
  up AS (UPDATE task t SET pending = t.pending + n.o, bad = t.bad + n.b,
           state = (CASE WHEN t.kind = 'G' THEN t.state::text ELSE n.becomes END)::"char",
           reason = CASE WHEN t.kind = 'G' OR n.becomes = n.state::text THEN t.reason WHEN n.becomes = 'E' THEN 'dep_failed' END,
           cause = CASE WHEN t.kind = 'G' OR n.becomes = n.state::text THEN t.cause WHEN n.becomes = 'E' THEN n.c END,
           ended_at = CASE WHEN t.kind = 'G' OR n.becomes = n.state::text THEN t.ended_at WHEN n.becomes = 'E' THEN clock_timestamp() END
         FROM new n WHERE t.task_id = ANY (ARRAY[n.downstream])
         RETURNING t.task_id, t.kind, t.lane_id, t.sort_key, t.attempt, t.state, t.pending, n.leased, n.state AS was, n.blocked, n.c),
  ins AS (INSERT INTO ready SELECT lane_id, sort_key, task_id, attempt FROM up WHERE kind <> 'G' AND state = 'R' AND was <> 'R' AND NOT leased),
  del AS (DELETE FROM ready q USING up WHERE up.kind <> 'G' AND up.was = 'R' AND up.state <> 'R' AND q.lane_id = ANY (ARRAY[up.lane_id]) AND q.sort_key = up.sort_key AND q.task_id = up.task_id)
  SELECT array_agg(task_id) FILTER (WHERE kind <> 'G' AND blocked <> (state = 'E') AND (blocked OR was IN ('B', 'R'))),
         array_agg(CASE WHEN blocked THEN -1 ELSE 1 END) FILTER (WHERE kind <> 'G' AND blocked <> (state = 'E') AND (blocked OR was IN ('B', 'R'))),
         array_agg(c) FILTER (WHERE kind <> 'G' AND blocked <> (state = 'E') AND (blocked OR was IN ('B', 'R'))),
         array_agg(task_id ORDER BY task_id) FILTER (WHERE kind = 'G')
    INTO turned, dir, why, groups FROM up;
  IF turned IS NOT NULL THEN
    INSERT INTO change (kind, ids) VALUES ('T', turned);
    PERFORM settle(turned, array_fill(0, ARRAY[cardinality(turned)]), dir, why, 'B');
  END IF;
  FOREACH g IN ARRAY coalesce(groups, '{}') LOOP
    SELECT * INTO k FROM task WHERE task_id = g;
    IF k.n_open = 0 AND k.pending = 0 AND k.state = 'B' THEN
      UPDATE task SET state = 'S', ended_at = clock_timestamp() WHERE task_id = g;
      PERFORM settle(ARRAY[g], ARRAY[-1], ARRAY[0], NULL, 'E');
    ELSIF k.bad > 0 AND k.n_open = 0 AND k.state = 'B' THEN
      UPDATE task SET state = 'E', reason = 'dep_failed', cause = p_cause[1], ended_at = clock_timestamp() WHERE task_id = g;
      PERFORM settle(ARRAY[g], ARRAY[0], ARRAY[1], p_cause[1:1], 'B');
    ELSIF k.state IN ('S', 'E') AND k.pending > 0 AND k.bad = 0 AND k.n_open = 0 THEN
      UPDATE task SET state = 'B', reason = NULL, cause = NULL, ended_at = NULL WHERE task_id = g;
      PERFORM settle(ARRAY[g], ARRAY[(k.state = 'S')::int], ARRAY[-(k.state = 'E')::int], NULL, 'B');
    END IF;
  END LOOP;
  FOR r IN SELECT * FROM (SELECT e.lane_id, sum(CASE WHEN e.soft THEN u.o - u.b ELSE u.o END)::int o, sum(CASE WHEN e.soft THEN 0 ELSE u.b END)::int b, max(u.c) c FROM unnest(p_ids, p_open, p_bad, p_cause) u(i, o, b, c) JOIN gate e ON e.upstream = ANY (ARRAY[u.i]) GROUP BY 1) q WHERE q.o <> 0 OR q.b <> 0 ORDER BY 1 LOOP
    PERFORM lane_shift(r.lane_id, 0, 0, 0, 0, r.o, r.b, r.c);
    INSERT INTO change (kind, ids) SELECT 'J', ARRAY[job_id] FROM lane WHERE lane_id = r.lane_id;
  END LOOP;
END $$;

-- These tasks (all rows written, nobody told yet) came into or out of success (p_open -1/+1) or failure (p_bad +1/-1):
-- what depends on them learns it, their lanes and groups count it. p_how, one letter for all or one each: B blocked,
-- K stopped, E failed by itself. In a blocked lane a task is bad for others for as long as it is not in success, whatever
-- its own row says; so one call takes all that was written together, and looks at the lanes before it tells anybody.
CREATE FUNCTION settle(p_ids bigint[], p_open int[], p_bad int[], p_cause bigint[], p_how text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE told int[]; r record; g task;
BEGIN
  SELECT array_agg(CASE WHEN l.bad > 0 THEN u.o ELSE u.b END ORDER BY u.n) INTO told
    FROM unnest(p_ids, p_open, p_bad) WITH ORDINALITY u(i, o, b, n) JOIN task t ON t.task_id = ANY (ARRAY[u.i]) LEFT JOIN lane l ON l.lane_id = ANY (ARRAY[t.lane_id]);
  PERFORM settle_kids(p_ids, p_open, told, p_cause);
  FOR r IN SELECT t.lane_id, sum(u.o)::int o, sum(u.b)::int b, max(u.c) c,
                  sum(CASE WHEN h.h = 'B' THEN u.b ELSE 0 END)::int blocked, sum(CASE WHEN h.h = 'K' THEN u.b ELSE 0 END)::int stopped
             FROM unnest(p_ids, p_open, p_bad, p_cause) WITH ORDINALITY u(i, o, b, c, n) JOIN task t ON t.task_id = ANY (ARRAY[u.i]),
                  LATERAL (SELECT CASE WHEN length(p_how) = 1 THEN p_how ELSE substr(p_how, u.n::int, 1) END AS h) h
            WHERE t.lane_id IS NOT NULL GROUP BY 1 ORDER BY 1 LOOP
    PERFORM lane_shift(r.lane_id, r.o, r.b, r.blocked, r.stopped, 0, 0, r.c);
  END LOOP;
  FOR g IN SELECT t.* FROM task t WHERE t.task_id = ANY (p_ids) AND t.kind::text = 'G' AND t.parent_id IS NOT NULL ORDER BY t.task_id LOOP
    PERFORM group_shift(g.parent_id, CASE WHEN g.state = 'B' THEN 1 ELSE -1 END, p_bad[array_position(p_ids, g.task_id)], p_cause[1]);
  END LOOP;
END $$;

-- Everything that a change of these tasks may touch: what depends on them, their groups, what waits for those.
CREATE FUNCTION reach(p_ids bigint[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
BEGIN
  RETURN (WITH RECURSIVE s(id) AS (
    SELECT unnest(p_ids)
    UNION
    SELECT x.id FROM s JOIN LATERAL (
      SELECT d.downstream id FROM dep d WHERE d.upstream = s.id
      UNION ALL SELECT t.parent_id FROM task t WHERE t.task_id = s.id AND t.parent_id IS NOT NULL
      -- not joined: from the gate to its lane, never the other way round
      UNION ALL SELECT coalesce(l.group_id, s.id) FROM lane l WHERE l.lane_id = ANY (ARRAY(SELECT g.lane_id FROM gate g WHERE g.upstream = s.id))
      UNION ALL SELECT t.task_id FROM lane l JOIN task t ON t.job_id = ANY (ARRAY[l.job_id]) AND t.lane_id = l.lane_id WHERE l.lane_id = ANY (ARRAY(SELECT g.lane_id FROM gate g WHERE g.upstream = s.id)) AND l.has_out
    ) x ON true)
  SELECT coalesce(array_agg(id), '{}') FROM s);
END $$;

-- Locks all that, and the lanes whose counters may move, in one ascending pass each: who changes anything calls this once and
-- first, for a second pass would wait for somebody who waits for the first. p_jobs: all lanes of the jobs, which a mass failure
-- holds. p_lanes: these too, for they are written as a whole; p_join: and may go back into those that they were split from.
CREATE FUNCTION lock_reach(p_ids bigint[], p_jobs boolean DEFAULT false, p_lanes bigint[] DEFAULT '{}', p_join boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE a bigint[]; b bigint[]; gs bigint[]; single bigint[]; parts bigint[] := '{}'; asked constant bigint[] := p_lanes;
BEGIN
  a := reach(p_ids);
  gs := ARRAY(SELECT DISTINCT g.lane_id FROM gate g WHERE g.upstream = ANY (a));
  single := ARRAY(SELECT l.lane_id FROM lane l WHERE l.lane_id = ANY (gs) AND l.has_out);
  IF p_join THEN
    parts := ARRAY(SELECT x.task_id FROM lane l JOIN task x ON x.job_id = l.job_id AND x.lane_id = l.lane_id WHERE l.lane_id = ANY (p_lanes) AND l.of_lane IS NOT NULL
      UNION SELECT l.group_id FROM lane l WHERE l.lane_id = ANY (p_lanes) AND l.of_lane IS NOT NULL AND l.group_id IS NOT NULL);
    p_lanes := p_lanes || ARRAY(SELECT l.of_lane FROM lane l WHERE l.lane_id = ANY (p_lanes) AND l.of_lane IS NOT NULL UNION SELECT l.lane_id FROM lane l WHERE l.of_lane = ANY (p_lanes));
  END IF;
  PERFORM 1 FROM task t WHERE t.task_id = ANY (a || parts) ORDER BY t.task_id FOR NO KEY UPDATE;
  b := reach(p_ids);
  IF b <> a AND EXISTS (SELECT unnest(b) EXCEPT SELECT unnest(a)) THEN RAISE serialization_failure USING MESSAGE = 'edges were added meanwhile'; END IF;
  gs := ARRAY(SELECT DISTINCT g.lane_id FROM gate g WHERE g.upstream = ANY (a));   -- what came to a group that is waited for has a gate of its own
  PERFORM 1 FROM lane l WHERE l.lane_id = ANY (ARRAY(SELECT t.lane_id FROM task t WHERE t.task_id = ANY (a) UNION SELECT unnest(gs) UNION SELECT unnest(p_lanes)
      UNION SELECT k.lane_id FROM lane k WHERE p_jobs AND k.job_id = ANY (ARRAY(SELECT DISTINCT t.job_id FROM task t WHERE t.task_id = ANY (p_ids))))) ORDER BY l.lane_id FOR NO KEY UPDATE;
  -- somebody began to wait for single tasks of a lane that was waited for: they are to be locked too
  IF EXISTS (SELECT 1 FROM lane l WHERE l.lane_id = ANY (gs) AND l.has_out AND l.lane_id <> ALL (single)) THEN RAISE serialization_failure USING MESSAGE = 'a lane is waited for meanwhile'; END IF;
  -- a part was split off or has come back meanwhile: that is to be locked too
  IF p_join AND (EXISTS (SELECT 1 FROM lane l WHERE l.of_lane = ANY (asked) AND l.lane_id <> ALL (p_lanes) OR l.lane_id = ANY (asked) AND l.of_lane <> ALL (p_lanes))
      OR EXISTS (SELECT x.task_id FROM lane l JOIN task x ON x.job_id = l.job_id AND x.lane_id = l.lane_id WHERE l.lane_id = ANY (asked) AND l.of_lane IS NOT NULL EXCEPT SELECT unnest(a || parts))) THEN
    RAISE serialization_failure USING MESSAGE = 'a lane was split or joined meanwhile';
  END IF;
END $$;

-- Leases of these tasks and, of these lanes, of those that were split off: ascending. Who has locked lanes asks only for leases
-- whose tasks he has locked as well, for an end waits for its lane when it has taken its task and its lease.
CREATE FUNCTION lock_leases(p_ids bigint[], p_lanes bigint[] DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lease WHERE task_id = ANY (p_ids || ARRAY(SELECT e.task_id FROM lane l JOIN lease e ON e.job_id = ANY (ARRAY[l.job_id]) AND e.lane_id = l.lane_id WHERE l.lane_id = ANY (p_lanes) AND l.of_lane IS NOT NULL))
   ORDER BY task_id FOR NO KEY UPDATE;
END $$;

-- COMPLETE a batch. p_state: S, E, K, or Q (give it back: no retry spent). Returns the ids whose lease was still held;
-- a late report of a lost attempt changes nothing (the fence).
CREATE FUNCTION complete(p_worker int, p_ids bigint[], p_att int[], p_state text[], p_reason text[], p_exit int[], p_signal int[], p_peak bigint[], p_cpu bigint[],
    p_progress real[], p_status text[], OUT accepted bigint[], OUT woke boolean) LANGUAGE plpgsql AS $$
DECLARE good bigint[]; turned bigint[]; opens int[]; bads int[]; hows text; plain boolean; outs boolean; told bigint[]; r record;
BEGIN
  PERFORM may_work(p_worker);
  -- successes that close no lane touch themselves, what waits for them, and a counter
  IF 'S' = ALL (p_state) THEN
    SELECT bool_and(l.todo - l.failed > c.n AND l.bad = 0), bool_or(l.has_out) INTO plain, outs FROM (SELECT e.lane_id, count(*) n FROM lease e WHERE e.task_id = ANY (p_ids) GROUP BY 1) c JOIN lane l ON l.lane_id = ANY (ARRAY[c.lane_id]);
    IF plain THEN
      SELECT q.accepted, q.woke INTO accepted, woke FROM complete_plain(p_worker, p_ids, p_att, p_exit, p_peak, p_cpu, p_progress, p_status, outs) q;
      IF accepted IS NOT NULL THEN RETURN; END IF;
    END IF;
  END IF;
  PERFORM lock_ends(p_ids, 'S' = ALL (p_state));
  WITH u AS MATERIALIZED (SELECT * FROM unnest(p_ids, p_att, p_state, p_reason, p_exit, p_signal, p_peak, p_cpu, p_progress, p_status) u(i, a, s, why, code, sig, top, cpu, pr, st) ORDER BY i),
  -- what became of it: a kill that was asked for is a kill; a failure with tries left goes back
  fate AS MATERIALIZED (SELECT u.*, e.acquired_at, e.progress, e.status, t.bad > 0 AS doomed, o.opts, CASE WHEN u.s = 'S' THEN 'S' WHEN e.stop = 'Q' OR u.s = 'Q' THEN 'Q' WHEN e.stop = 'K' OR u.s = 'K' THEN 'K'
                 WHEN t.tries < coalesce((o.opts ->> 'retries')::int, 0) THEN 'R'
                 -- only its failure on so many hosts counts; where there are not so many, three times as often
                 WHEN cardinality(h.hosts) < (o.opts ->> 'failOn')::int AND t.tries + 1 < 3 * (o.opts ->> 'failOn')::int THEN 'R' ELSE 'E' END f, h.hosts
            FROM u JOIN lease e ON e.task_id = ANY (ARRAY[u.i]) AND e.attempt = u.a AND e.worker_id + 0 = p_worker JOIN task t ON t.task_id = ANY (ARRAY[u.i])
            LEFT JOIN LATERAL (SELECT opts_of(sp.opts, jb.opts)::jsonb opts FROM task_spec sp JOIN job jb ON jb.job_id = ANY (ARRAY[t.job_id]) WHERE sp.task_id = u.i AND u.s <> 'S') o ON true
            LEFT JOIN LATERAL (SELECT array_agg(DISTINCT w.host) hosts FROM worker w WHERE w.worker_id = p_worker
                OR w.worker_id IN (SELECT a.worker_id FROM attempt a WHERE a.task_id = u.i AND a.state = 'E' ORDER BY a.attempt DESC LIMIT t.tries)) h ON o.opts ? 'failOn'),
  rel AS (DELETE FROM lease e USING fate f WHERE e.task_id = ANY (ARRAY[f.i])),
  hist AS (INSERT INTO attempt SELECT i, a, p_worker, acquired_at, clock_timestamp(), (CASE WHEN f = 'R' THEN 'E' ELSE f END)::"char", why, code, sig, top, cpu FROM fate ON CONFLICT DO NOTHING),
  up AS (UPDATE task t SET attempt = f.a, tries = t.tries + (f.f IN ('R', 'E'))::int, worker_id = p_worker, exit_code = f.code, signal = f.sig,
            state = (CASE WHEN f.f NOT IN ('Q', 'R') THEN f.f WHEN f.doomed THEN 'E' WHEN t.pending > 0 THEN 'B' ELSE 'R' END)::"char",
            reason = CASE WHEN f.f IN ('E', 'K') THEN f.why WHEN f.f IN ('Q', 'R') AND f.doomed THEN 'dep_failed' END,
            progress = CASE WHEN f.f = 'S' AND coalesce(f.pr, f.progress) >= 0 THEN 100 ELSE coalesce(f.pr, f.progress) END, status = coalesce(f.st, f.status),
            started_at = f.acquired_at, ended_at = CASE WHEN f.f NOT IN ('Q', 'R') OR f.doomed THEN clock_timestamp() END
          FROM fate f WHERE t.task_id = ANY (ARRAY[f.i]) RETURNING t.task_id, t.lane_id, t.sort_key, t.attempt, t.state, t.tries, f.f, f.opts, f.why, f.hosts),
  -- after the n-th failure it rests for n times as long, doubled each time, an hour at most; for a licence a minute. Hosts on
  -- which it failed are forgiven after five, and at once where there is no other
  again AS (INSERT INTO ready SELECT lane_id, sort_key, task_id, attempt, CASE WHEN f = 'R' AND opts ? 'retryDelay'
              THEN clock_timestamp() + least(3600, (opts ->> 'retryDelay')::int * 2.0 ^ least(tries - 1, 20)) * interval '1 s'
              WHEN why IN ('no_licence', 'no_volume', 'no_folder') THEN clock_timestamp() + interval '1 minute' ELSE '-infinity' END,
              CASE WHEN f = 'R' AND EXISTS (SELECT 1 FROM worker w WHERE w.state = 'up' AND w.host <> ALL (hosts)) THEN hosts
                -- the disk may be this machine's own
                WHEN why IN ('no_volume', 'no_folder') THEN (SELECT ARRAY[w.host] FROM worker w WHERE w.worker_id = p_worker AND EXISTS (SELECT 1 FROM worker o WHERE o.state = 'up' AND o.host <> w.host)) END, clock_timestamp() + interval '5 minutes'
            FROM up WHERE f IN ('Q', 'R') AND state = 'R')
  SELECT array_agg(task_id), array_agg(task_id) FILTER (WHERE f = 'S'), coalesce(bool_or(state = 'R'), false),
         array_agg(task_id ORDER BY task_id) FILTER (WHERE state NOT IN ('B', 'R')), array_agg(-(state = 'S')::int ORDER BY task_id) FILTER (WHERE state NOT IN ('B', 'R')),
         array_agg((state <> 'S')::int ORDER BY task_id) FILTER (WHERE state NOT IN ('B', 'R')),
         string_agg(CASE WHEN f IN ('Q', 'R') THEN 'B' WHEN f = 'K' THEN 'K' ELSE 'E' END, '' ORDER BY task_id) FILTER (WHERE state NOT IN ('B', 'R'))
    INTO accepted, good, woke, turned, opens, bads, hows FROM up;
  IF accepted IS NULL THEN accepted := '{}'; RETURN; END IF;
  DELETE FROM signal_request WHERE worker_id = p_worker AND task_id = ANY (accepted);
  IF turned IS NOT NULL THEN PERFORM settle(turned, opens, bads, turned, hows); END IF;
  IF 1 = ANY (bads) THEN PERFORM hold_failing(accepted); END IF;
  SELECT array_agg(DISTINCT g) INTO told FROM (
    SELECT downstream g FROM dep WHERE upstream = ANY (turned)
    UNION ALL SELECT v.g FROM task t, LATERAL (VALUES (t.job_id), (t.parent_id)) v(g) WHERE t.task_id = ANY (accepted) AND v.g IS NOT NULL AND v.g <> ALL (accepted)) q;
  INSERT INTO change (kind, ids, worker_id) VALUES ('T', accepted || coalesce(told, '{}'), p_worker);
  woke := woke OR good IS NOT NULL;
END $$;

-- Successes that close no lane. Ascending, so that whoever locks tasks ascending does not wait for us while we wait for
-- him. The fence is the task's own count of ended attempts, looked at under its lock. p_outs: somebody may wait for a
-- single one of them; where that is a group, or not simply waiting, nothing is locked or done and nothing answered.
CREATE FUNCTION complete_plain(p_worker int, p_ids bigint[], p_att int[], p_exit int[], p_peak bigint[], p_cpu bigint[], p_progress real[], p_status text[], p_outs boolean, OUT accepted bigint[], OUT woke boolean) LANGUAGE plpgsql AS $$
DECLARE lanes bigint[]; groups bigint[] := '{}'; kids bigint[]; freed bigint[]; edges int := 0; d int; n int; r record;
BEGIN
  IF p_outs THEN
    SELECT count(*), array_agg(DISTINCT e.downstream) INTO edges, kids FROM dep e WHERE e.upstream = ANY (p_ids);
    IF EXISTS (SELECT 1 FROM task t WHERE t.task_id = ANY (kids) AND (t.kind = 'G' OR t.state <> 'B' OR t.bad > 0)) OR EXISTS (SELECT 1 FROM gate g WHERE g.upstream = ANY (p_ids)) THEN RETURN; END IF;
    PERFORM 1 FROM task t WHERE t.task_id = ANY (p_ids || kids) ORDER BY t.task_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM task t WHERE t.task_id = ANY (kids) AND (t.state <> 'B' OR t.bad > 0)) OR EXISTS (SELECT 1 FROM gate g WHERE g.upstream = ANY (p_ids)) THEN
      RAISE serialization_failure USING MESSAGE = 'what waits has changed meanwhile';   -- in the order of locks there is no way from here to lock_ends
    END IF;
  END IF;
  WITH u AS MATERIALIZED (SELECT u.i, u.a, u.code, u.top, u.cpu, e.lane_id, e.acquired_at, coalesce(u.pr, e.progress) AS progress, coalesce(u.st, e.status) AS status FROM unnest(p_ids, p_att, p_exit, p_peak, p_cpu, p_progress, p_status) u(i, a, code, top, cpu, pr, st)
                 JOIN lease e ON e.task_id = ANY (ARRAY[u.i]) AND e.attempt = u.a AND e.worker_id + 0 = p_worker ORDER BY u.i),
  up AS (UPDATE task t SET attempt = u.a, worker_id = p_worker, exit_code = u.code, signal = NULL, state = 'S', reason = NULL, progress = CASE WHEN u.progress >= 0 THEN 100 ELSE u.progress END,
            status = u.status, started_at = u.acquired_at, ended_at = clock_timestamp() FROM u WHERE t.task_id = ANY (ARRAY[u.i]) AND t.attempt = u.a - 1 AND t.state IN ('B', 'R')
         RETURNING t.task_id, t.lane_id, t.attempt, t.started_at, t.ended_at, t.exit_code, u.top, u.cpu),
  rel AS (DELETE FROM lease e USING up WHERE e.task_id = ANY (ARRAY[up.task_id])),
  hist AS (INSERT INTO attempt SELECT task_id, attempt, p_worker, started_at, ended_at, 'S', NULL, exit_code, NULL, top, cpu FROM up)
  SELECT array_agg(task_id), array_agg(lane_id) INTO accepted, lanes FROM up;
  woke := false;
  IF accepted IS NULL THEN accepted := '{}'; RETURN; END IF;
  DELETE FROM signal_request WHERE worker_id = p_worker AND task_id = ANY (accepted);
  IF edges > 0 THEN
    WITH k AS MATERIALIZED (SELECT e.downstream, count(*)::int n FROM dep e WHERE e.upstream = ANY (accepted) GROUP BY 1 ORDER BY 1),
    up AS (UPDATE task t SET pending = t.pending - k.n, state = (CASE WHEN t.pending = k.n THEN 'R' ELSE 'B' END)::"char" FROM k
            WHERE t.task_id = ANY (ARRAY[k.downstream]) AND t.kind <> 'G' AND t.state = 'B' AND t.bad = 0 RETURNING t.task_id, t.lane_id, t.sort_key, t.attempt, t.state, k.n),
    ins AS (INSERT INTO ready SELECT lane_id, sort_key, task_id, attempt FROM up WHERE state = 'R')
    SELECT (SELECT sum(k.n) FROM k), sum(up.n), array_agg(task_id) FILTER (WHERE state = 'R') INTO d, n, freed FROM up;
    IF d > edges OR n IS DISTINCT FROM d THEN RAISE serialization_failure USING MESSAGE = 'edges were added meanwhile'; END IF;
    woke := freed IS NOT NULL;
  END IF;
  FOR r IN SELECT l lane_id, count(*)::int n FROM unnest(lanes) l GROUP BY 1 ORDER BY 1 LOOP
    UPDATE lane l SET todo = todo - r.n WHERE l.lane_id = r.lane_id RETURNING l.todo - l.failed AS n, l.has_out, l.bad, l.job_id, l.group_id INTO r;
    IF r.n = 0 OR r.bad > 0 OR r.has_out AND NOT p_outs THEN RAISE serialization_failure USING MESSAGE = 'the lane closed or is waited for meanwhile'; END IF;
    groups := groups || r.job_id || r.group_id;
  END LOOP;
  INSERT INTO change (kind, ids, worker_id) VALUES ('T', accepted || freed || ARRAY(SELECT DISTINCT g FROM unnest(groups) g WHERE g IS NOT NULL), p_worker);
END $$;

-- Locks, ascending, what the ends of these tasks may touch: themselves and what waits for them; when a lane or group may
-- end, is blocked, or something failed, all that this may reach.
CREATE FUNCTION lock_ends(p_ids bigint[], p_good boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE kids bigint[]; again bigint[]; closing boolean;
BEGIN
  SELECT bool_or(l.todo - l.failed <= c.n OR l.bad > 0) INTO closing FROM (SELECT e.lane_id, count(*) n FROM lease e WHERE e.task_id = ANY (p_ids) GROUP BY 1) c JOIN lane l ON l.lane_id = ANY (ARRAY[c.lane_id]);
  IF closing OR NOT p_good OR EXISTS (SELECT 1 FROM gate g WHERE g.upstream = ANY (p_ids)) OR EXISTS (SELECT 1 FROM dep d JOIN task t ON t.task_id = d.downstream WHERE d.upstream = ANY (p_ids) AND t.kind::text = 'G') THEN
    PERFORM lock_reach(p_ids, NOT p_good);
    RETURN;
  END IF;
  SELECT array_agg(d.downstream ORDER BY d.downstream) INTO kids FROM dep d WHERE d.upstream = ANY (p_ids);
  PERFORM 1 FROM task t WHERE t.task_id = ANY (p_ids || coalesce(kids, '{}')) ORDER BY t.task_id FOR NO KEY UPDATE;
  SELECT array_agg(d.downstream ORDER BY d.downstream) INTO again FROM dep d WHERE d.upstream = ANY (p_ids);
  IF again IS DISTINCT FROM kids OR EXISTS (SELECT 1 FROM gate g WHERE g.upstream = ANY (p_ids)) THEN RAISE serialization_failure USING MESSAGE = 'edges were added meanwhile'; END IF;
  SELECT bool_or(l.todo - l.failed <= c.n OR l.bad > 0) INTO closing FROM (SELECT e.lane_id, count(*) n FROM lease e WHERE e.task_id = ANY (p_ids) GROUP BY 1) c JOIN lane l ON l.lane_id = ANY (ARRAY[c.lane_id]);
  IF closing THEN RAISE serialization_failure USING MESSAGE = 'the lane closes'; END IF;
END $$;

CREATE FUNCTION most_errors(j job) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce(j.too_many, greatest(20, ceil(j.n_total * 0.1)::int)) $$;

-- MASS FAILURE: jobs among whose tasks too many have failed by themselves are put on hold, and say why.
CREATE FUNCTION hold_failing(p_ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE r record; n int;
BEGIN
  FOR r IN SELECT j.job_id, most_errors(j) AS too_many, j.forgiven FROM job j WHERE j.job_id IN (SELECT t.job_id FROM task t WHERE t.task_id = ANY (p_ids)) AND most_errors(j) > 0 AND j.held_for IS DISTINCT FROM 'too_many_errors' ORDER BY 1 LOOP
    SELECT sum(failed - blocked - stopped) INTO n FROM lane WHERE job_id = r.job_id;
    CONTINUE WHEN n - r.forgiven < r.too_many;
    UPDATE lane l SET held = true FROM (SELECT lane_id FROM lane WHERE job_id = r.job_id ORDER BY 1 FOR NO KEY UPDATE) q WHERE l.lane_id = q.lane_id;
    UPDATE job SET held_for = 'too_many_errors', forgiven = n WHERE job_id = r.job_id;
    INSERT INTO change (kind, ids) VALUES ('J', ARRAY[r.job_id]);
    INSERT INTO action (actor, verb, ids, args, n) VALUES ('broker', 'hold', ARRAY[r.job_id], 'too_many_errors', n);
  END LOOP;
END $$;

DO $$ DECLARE f text; BEGIN
  -- Every look-up goes by a key: with these plans no batch pays for the size of a table or for stale statistics. "+ 0" above keeps
  -- the planner from another index; "= ANY (ARRAY[x])" can only be looked up, while for "= x" all of an index may be read in its
  -- order, which is the cheaper plan while the table is small, and is kept when it has grown.
  FOREACH f IN ARRAY ARRAY['submit_across', 'settle_failed_upstream', 'complete', 'complete_plain', 'lock_ends', 'lock_reach', 'lock_leases', 'reach', 'settle', 'settle_kids', 'lane_shift', 'group_shift', 'hold_failing'] LOOP
    EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', f);
    EXECUTE format('ALTER FUNCTION %s SET enable_material = off', f);
    EXECUTE format('ALTER FUNCTION %s SET jit = off', f);
    EXECUTE format('ALTER FUNCTION %s SET enable_hashjoin = off', f);
    EXECUTE format('ALTER FUNCTION %s SET enable_mergejoin = off', f);
    EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', f);
  END LOOP;
END $$;

CREATE FUNCTION worker_hello(p_name text, p_host text, p_incarnation uuid, p_cpu int, p_memory bigint, p_capabilities text, p_version text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE w int := nextval('worker_seq');
BEGIN
  INSERT INTO worker (worker_id, name, host, incarnation, state, cpu_m, memory, capabilities, version)
    VALUES (w, p_name, p_host, p_incarnation, CASE WHEN EXISTS (SELECT 1 FROM aside a WHERE a.name = p_name) THEN 'draining' ELSE 'up' END, p_cpu, p_memory, p_capabilities, p_version);
  INSERT INTO change (kind, ids, worker_id) VALUES ('W', '{}', w);
  RETURN w;
END $$;

-- drain: takes no more. stop: gives back what it runs, too, and ends. aside: drained until somebody undoes it, with a note.
-- reload: reads its configuration again, and is replaced when its program is another one.
CREATE FUNCTION steer_workers(p_ids int[], p_verb text, p_note text, p_actor text) RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE done int[]; names text[];
BEGIN
  PERFORM 1 FROM worker w WHERE w.worker_id = ANY (p_ids) ORDER BY w.worker_id FOR NO KEY UPDATE;
  IF p_verb = 'reload' THEN
    UPDATE worker w SET reload = true WHERE w.worker_id = ANY (p_ids) AND w.state IN ('up', 'draining');
  ELSE
    UPDATE worker w SET state = CASE WHEN p_verb = 'undrain' THEN 'up' ELSE 'draining' END, leave = (p_verb = 'stop'), drain_by = NULL WHERE w.worker_id = ANY (p_ids) AND w.state IN ('up', 'draining');
  END IF;
  SELECT array_agg(w.worker_id ORDER BY w.worker_id), array_agg(DISTINCT w.name) INTO done, names FROM worker w
   WHERE w.worker_id = ANY (p_ids) AND (w.state IN ('up', 'draining') OR p_verb IN ('aside', 'undrain'));
  IF done IS NULL THEN RETURN '{}'; END IF;
  IF p_verb = 'aside' THEN
    INSERT INTO aside (name, note, actor) SELECT n, p_note, p_actor FROM unnest(names) n
      ON CONFLICT (name) DO UPDATE SET note = excluded.note, actor = excluded.actor, at = clock_timestamp();
  ELSIF p_verb = 'undrain' THEN
    DELETE FROM aside a WHERE a.name = ANY (names);
  END IF;
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, p_verb, '{}', concat_ws(': ', array_to_string(names, ' '), nullif(p_note, '')), cardinality(done));
  INSERT INTO change (kind, ids, worker_id) SELECT 'W', '{}', x FROM unnest(done) x;
  RETURN done;
END $$;

-- What still runs on these at that time is given back.
CREATE FUNCTION drain_by(p_ids int[], p_at timestamptz, p_actor text) RETURNS void LANGUAGE sql AS $$
  UPDATE worker SET drain_by = p_at WHERE worker_id = ANY (p_ids) AND state = 'draining';
  INSERT INTO action (actor, verb, ids, args, n) SELECT p_actor, 'drain', '{}', string_agg(name, ' ' ORDER BY name) || ' by ' || p_at, count(*) FROM worker WHERE worker_id = ANY (p_ids) $$;

-- When the last of what runs on these may have ended: as its progress or its peers tell; null when nothing does.
CREATE FUNCTION empty_at(p_ids int[]) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT clock_timestamp() + max(CASE WHEN e.progress >= 1 THEN (clock_timestamp() - e.acquired_at) * ((100 - e.progress) / e.progress)::float8
           ELSE greatest((SELECT avg(q.ended_at - q.started_at) FROM (SELECT t.ended_at, t.started_at FROM task t WHERE t.job_id = e.job_id AND t.lane_id = e.lane_id AND t.state = 'S' AND t.started_at IS NOT NULL
                            ORDER BY t.task_id DESC LIMIT 100) q) - (clock_timestamp() - e.acquired_at), interval '0') END)
    FROM lease e WHERE e.worker_id = ANY (p_ids) $$;

-- SET what is named of many workers; null takes back what was said.
CREATE FUNCTION set_workers(p_names text[], p_setting text, p_actor text) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worker_setting (name, setting) SELECT n, p_setting::jsonb FROM unnest(p_names) n
    ON CONFLICT (name) DO UPDATE SET setting = worker_setting.setting || excluded.setting;
  UPDATE worker_setting SET setting = jsonb_strip_nulls(setting) WHERE name = ANY (p_names);
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'set', '{}', array_to_string(p_names, ' ') || ': ' || p_setting, cardinality(p_names));
  INSERT INTO change (kind, ids, worker_id) SELECT 'W', '{}', worker_id FROM worker WHERE name = ANY (p_names) AND state IN ('up', 'draining');
  RETURN cardinality(p_names);
END $$;

-- The pools that a worker is in; those that are in none are one.
CREATE FUNCTION pools_of(p_capabilities text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(nullif(ARRAY(SELECT jsonb_array_elements_text(p_capabilities::jsonb -> 'attributes' -> 'attr.worker.pool')), '{}'), '{""}') $$;

-- On this worker tasks of several jobs have failed in a row. When they succeed elsewhere it is set aside, but never the last
-- one of a pool, and of a pool at most a tenth (or one) an hour: beyond that, one alarm an hour.
CREATE FUNCTION aside_when_sick(p_worker int, p_jobs bigint[], p_how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE me worker; good int; spared boolean; words text;
BEGIN
  PERFORM pg_advisory_xact_lock(4714, 0);
  SELECT * INTO me FROM worker WHERE worker_id = p_worker AND state = 'up' AND login = session_user;
  IF NOT FOUND THEN RETURN ''; END IF;
  SELECT count(*) INTO good FROM unnest(p_jobs) j WHERE EXISTS (SELECT 1 FROM task t JOIN attempt a USING (task_id) JOIN worker w ON w.worker_id = a.worker_id
     WHERE t.job_id = j AND a.state = 'S' AND w.name <> me.name);
  IF good < 3 THEN RETURN ''; END IF;
  words := format('tasks of %s jobs failed here in a row (%s) and succeed elsewhere', cardinality(p_jobs), p_how);
  SELECT bool_and(q.up > 1 AND q.lately < greatest(1, (q.up + q.lately) / 10)) INTO spared FROM unnest(pools_of(me.capabilities)) p
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE w.state = 'up') up,
                               count(DISTINCT w.name) FILTER (WHERE a.actor = 'aque' AND a.at > clock_timestamp() - interval '1 hour') lately
                          FROM worker w LEFT JOIN aside a USING (name) WHERE w.state IN ('up', 'draining') AND p = ANY (pools_of(w.capabilities))) q;
  IF spared THEN
    PERFORM steer_workers(ARRAY[p_worker], 'aside', words, 'aque');
    RETURN 'aside';
  END IF;
  IF EXISTS (SELECT 1 FROM action WHERE verb = 'alarm' AND at > clock_timestamp() - interval '1 hour') THEN RETURN ''; END IF;
  INSERT INTO action (actor, verb, ids, args, n) VALUES ('aque', 'alarm', p_jobs, me.name || ': ' || words, cardinality(p_jobs));
  RETURN 'alarm';
END $$;

-- One beat a worker. It tells how far its tasks are, and learns whether it was given up (fenced) and what to stop.
-- The attempts it names but no longer holds come back in `lost`.
CREATE FUNCTION heartbeat(p_worker int, p_incarnation uuid, p_ids bigint[], p_att int[], p_progress real[], p_status text[],
    OUT fenced boolean, OUT stops bigint[], OUT stop_how text, OUT lost bigint[], OUT state text, OUT next_stop interval, OUT files boolean, OUT setting text, OUT reload boolean) LANGUAGE plpgsql AS $$
DECLARE moved bigint[]; late bigint[]; due timestamptz;
BEGIN
  UPDATE worker w SET last_seen = clock_timestamp() WHERE w.worker_id = p_worker AND w.incarnation = p_incarnation AND w.login = session_user AND w.state IN ('up', 'draining') RETURNING CASE WHEN w.leave THEN 'leaving' ELSE w.state END INTO state;
  fenced := NOT FOUND;
  IF fenced THEN RETURN; END IF;
  -- taken while its lane was being killed, or to be given back: in one pass of locks with those whose progress moves
  SELECT w.drain_by, w.reload INTO due, reload FROM worker w WHERE w.worker_id = p_worker;
  IF reload THEN UPDATE worker w SET reload = false WHERE w.worker_id = p_worker; END IF;
  late := ARRAY(SELECT e.task_id FROM lease e JOIN lane l USING (lane_id) WHERE e.worker_id = p_worker AND e.stop IS NULL AND (l.cut = 'K' OR due <= clock_timestamp()));
  IF cardinality(late) > 0 THEN
    PERFORM lock_leases(late || p_ids);
    UPDATE lease e SET stop = (CASE WHEN l.cut = 'K' THEN 'K' ELSE 'Q' END)::"char", stop_at = clock_timestamp() FROM lane l WHERE e.task_id = ANY (late) AND e.worker_id = p_worker AND e.stop IS NULL AND l.lane_id = e.lane_id;
  END IF;
  WITH u AS MATERIALIZED (SELECT u.* FROM unnest(p_ids, p_att, p_progress, p_status) u(i, a, p, s) JOIN lease l ON l.task_id = u.i AND l.attempt = u.a
      WHERE l.task_id = ANY (p_ids) AND l.worker_id = p_worker AND (l.progress <> u.p OR l.status IS DISTINCT FROM u.s) ORDER BY l.task_id FOR NO KEY UPDATE OF l),
  up AS (UPDATE lease l SET progress = u.p, status = u.s FROM u WHERE l.task_id = u.i RETURNING l.task_id)
  SELECT array_agg(task_id) INTO moved FROM up;
  IF moved IS NOT NULL THEN INSERT INTO change (kind, ids, worker_id) VALUES ('T', moved, p_worker); END IF;
  SELECT array_agg(u.i) INTO lost FROM unnest(p_ids, p_att) u(i, a) WHERE NOT EXISTS (SELECT 1 FROM lease l WHERE l.task_id = u.i AND l.attempt = u.a AND l.worker_id = p_worker);
  SELECT array_agg(l.task_id ORDER BY l.task_id), string_agg(l.stop::text, '' ORDER BY l.task_id) INTO stops, stop_how FROM lease l WHERE l.worker_id = p_worker AND l.stop IS NOT NULL;
  SELECT min(not_before) - clock_timestamp() INTO next_stop FROM stop_request;
  files := EXISTS (SELECT 1 FROM file_wait);
  SELECT s.setting::text INTO setting FROM worker w JOIN worker_setting s USING (name) WHERE w.worker_id = p_worker;
END $$;

-- Leases of workers that are gone. on_lost: a task goes back to ready (at most p_max times lost), a killed one is killed.
CREATE FUNCTION reap_leases(p_workers int[], cand bigint[], p_max int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE ids bigint[]; turned bigint[]; hows text; n int;
BEGIN
  IF cand IS NULL THEN RETURN 0; END IF;
  PERFORM lock_reach(cand, true);
  PERFORM lock_leases(cand);
  WITH gone AS (DELETE FROM lease l WHERE l.worker_id = ANY (p_workers) AND l.task_id = ANY (cand) RETURNING l.*),
  fate AS MATERIALIZED (SELECT g.*, CASE WHEN g.stop = 'K' THEN 'K'
      WHEN coalesce(sp.opts::jsonb ->> 'onLost', 'retry') = 'fail' OR (SELECT count(*) FROM attempt a WHERE a.task_id = g.task_id AND a.state = 'L') >= p_max THEN 'E' ELSE 'R' END f,
      t.bad > 0 AS doomed
     FROM gone g JOIN task_spec sp ON sp.task_id = ANY (ARRAY[g.task_id]) JOIN task t ON t.task_id = ANY (ARRAY[g.task_id])),
  hist AS (INSERT INTO attempt SELECT task_id, attempt, worker_id, acquired_at, clock_timestamp(), 'L', 'worker_lost', NULL, NULL, NULL, NULL FROM fate ON CONFLICT DO NOTHING),
  up AS (UPDATE task t SET attempt = f.attempt, worker_id = f.worker_id, started_at = f.acquired_at, progress = f.progress, status = f.status,
           state = (CASE WHEN f.f <> 'R' THEN f.f WHEN f.doomed THEN 'E' WHEN t.pending > 0 THEN 'B' ELSE 'R' END)::"char",
           reason = CASE WHEN f.f <> 'R' THEN 'worker_lost' WHEN f.doomed THEN 'dep_failed' END,
           ended_at = CASE WHEN f.f <> 'R' OR f.doomed THEN clock_timestamp() END
         FROM fate f WHERE t.task_id = ANY (ARRAY[f.task_id]) RETURNING t.task_id, t.lane_id, t.sort_key, t.attempt, t.state, f.f),
  again AS (INSERT INTO ready SELECT lane_id, sort_key, task_id, attempt FROM up WHERE f = 'R' AND state = 'R')
  SELECT array_agg(task_id), array_agg(task_id ORDER BY task_id) FILTER (WHERE state NOT IN ('B', 'R')),
         string_agg(CASE f WHEN 'R' THEN 'B' ELSE f END, '' ORDER BY task_id) FILTER (WHERE state NOT IN ('B', 'R')) INTO ids, turned, hows FROM up;
  IF ids IS NULL THEN RETURN 0; END IF;
  DELETE FROM signal_request WHERE task_id = ANY (ids);
  IF turned IS NOT NULL THEN
    n := cardinality(turned);
    PERFORM settle(turned, array_fill(0, ARRAY[n]), array_fill(1, ARRAY[n]), turned, hows);
    IF strpos(hows, 'E') > 0 THEN PERFORM hold_failing(turned); END IF;
  END IF;
  INSERT INTO change (kind, ids) VALUES ('T', ids);
  RETURN cardinality(ids);
END $$;

CREATE FUNCTION reap_workers(p_workers int[], p_max int) RETURNS int LANGUAGE sql AS $$
  SELECT reap_leases(p_workers, (SELECT array_agg(task_id) FROM lease WHERE worker_id = ANY (p_workers)), p_max) $$;

-- Leases that their own living worker knows nothing of, a minute after they were given: a report that the broker would
-- not take, or an answer that was lost on its way. Nobody else would ever give them back.
CREATE FUNCTION reap_forgotten(p_worker int, p_known bigint[], p_max int DEFAULT 5) RETURNS int LANGUAGE sql AS $$
  SELECT reap_leases(ARRAY[p_worker], (SELECT array_agg(task_id) FROM lease WHERE worker_id = p_worker AND task_id <> ALL (p_known)
    AND EXISTS (SELECT 1 FROM worker w WHERE w.worker_id = p_worker AND w.login = session_user) AND acquired_at < clock_timestamp() - interval '1 minute'), p_max) $$;

-- What the feed told longer ago than a day is forgotten; a cursor from before that is told to read everything anew.
CREATE FUNCTION prune_changes(p_keep interval DEFAULT '1 day') RETURNS int LANGUAGE plpgsql AS $$
DECLARE n int; top xid8;
BEGIN
  WITH gone AS (DELETE FROM change WHERE at < clock_timestamp() - p_keep RETURNING xid) SELECT count(*), max(xid) INTO n, top FROM gone;
  DELETE FROM lane_before b USING action a WHERE a.action_id = b.action_id AND a.at < clock_timestamp() - p_keep AND NOT EXISTS (SELECT 1 FROM stop_request q WHERE q.action_id = b.action_id);
  DELETE FROM farm_sample WHERE at < clock_timestamp() - interval '30 days';
  DELETE FROM worker_log WHERE at < clock_timestamp() - interval '7 days';
  IF n > 0 THEN UPDATE feed_floor SET floor = greatest(floor, (top::text::bigint + 1)::text::xid8); END IF;
  RETURN n;
END $$;

-- Dead: no beat for a lease, or its session's lock is gone and two beats are missed. After a server start nobody is
-- given up until a full lease has passed, so that an outage costs nothing (points 6 and 10 of the broker notes). A worker
-- that runs something exclusive has its whole lease: it ends that by itself before the lease is over.
CREATE FUNCTION reap(p_lease interval DEFAULT '30 s', p_beat interval DEFAULT '5 s', p_max int DEFAULT 5) RETURNS int LANGUAGE plpgsql AS $$
DECLARE w int[]; n int;
BEGIN
  PERFORM sample_farm();
  IF pg_postmaster_start_time() > clock_timestamp() - p_lease THEN RETURN 0; END IF;
  SELECT array_agg(worker_id) INTO w FROM (SELECT worker_id FROM worker w WHERE state IN ('up', 'draining') AND (last_seen < clock_timestamp() - p_lease
     OR (last_seen < clock_timestamp() - 2 * p_beat AND NOT EXISTS (SELECT 1 FROM lease e JOIN lane l USING (lane_id) WHERE e.worker_id = w.worker_id AND l.exclusive) AND NOT EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory'
           AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.classid = 4712 AND l.objid = w.worker_id::oid AND l.objsubid = 2 AND l.granted)))
     ORDER BY worker_id FOR UPDATE SKIP LOCKED) q;
  IF w IS NULL THEN RETURN 0; END IF;
  UPDATE worker SET state = 'lost' WHERE worker_id = ANY (w);
  n := reap_workers(w, p_max);
  INSERT INTO change (kind, ids, worker_id) SELECT 'W', '{}', x FROM unnest(w) x;
  RETURN n;
END $$;

-- A worker says goodbye: what it still holds goes back, no retry spent.
CREATE FUNCTION worker_bye(p_worker int, p_incarnation uuid) RETURNS int LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN
  PERFORM 1 FROM worker WHERE worker_id = p_worker FOR UPDATE;   -- waits for what it is just taking: nobody would ever give that back
  UPDATE worker SET state = 'gone' WHERE worker_id = p_worker AND incarnation = p_incarnation AND login = session_user AND state IN ('up', 'draining');
  IF NOT FOUND THEN RETURN 0; END IF;
  n := reap_workers(ARRAY[p_worker], 1000000);
  INSERT INTO change (kind, ids, worker_id) VALUES ('W', '{}', p_worker);
  RETURN n;
END $$;

-- The ids with all members of the groups among them, groups left out.
CREATE FUNCTION members(p_ids bigint[]) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE gs constant bigint[] := inner_groups(p_ids);
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT m.task_id), '{}') FROM (
    SELECT t.task_id FROM task t WHERE t.task_id = ANY (p_ids) AND t.kind <> 'G'
    UNION ALL SELECT t.task_id FROM task t WHERE t.job_id = ANY (ARRAY(SELECT g.job_id FROM task g WHERE g.task_id = ANY (gs))) AND t.parent_id = ANY (gs) AND t.kind <> 'G') m);
END $$;
ALTER FUNCTION members SET enable_seqscan = off;

-- These tasks and what comes before them, as far as nothing else that lives still needs it (kill -r, A89).
CREATE FUNCTION with_upstream(p_ids bigint[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE s bigint[] := members(p_ids); more bigint[];
BEGIN
  LOOP
    WITH cand AS (
      SELECT DISTINCT d.upstream u FROM dep d WHERE d.downstream = ANY (s)
      UNION SELECT DISTINCT g.upstream FROM gate g JOIN task t ON t.lane_id = g.lane_id WHERE t.task_id = ANY (s)),
    free AS (
      SELECT u FROM cand
       WHERE NOT EXISTS (SELECT 1 FROM dep d JOIN task t ON t.task_id = d.downstream WHERE d.upstream = u AND t.state IN ('B', 'R') AND t.kind <> 'G' AND t.task_id <> ALL (s))
         AND NOT EXISTS (SELECT 1 FROM gate g JOIN task t ON t.lane_id = g.lane_id WHERE g.upstream = u AND t.state IN ('B', 'R') AND t.task_id <> ALL (s)))
    SELECT array_agg(m) INTO more FROM unnest(members((SELECT array_agg(u) FROM free))) m JOIN task t ON t.task_id = m WHERE t.state IN ('B', 'R') AND m <> ALL (s);
    EXIT WHEN more IS NULL;
    s := s || more;
  END LOOP;
  RETURN s;
END $$;

-- CANCEL what has not started; with p_kill also ask what runs to stop. Answers what changed; a large lane of which all is
-- meant is cut as a whole, a handful of rows whatever its size: its group stands for its tasks in the answer, and n counts
-- them all. p_lanes: what the caller will write and rejoin afterwards, locked here with the rest.
CREATE FUNCTION stop_tasks(p_ids bigint[], p_kill boolean, p_actor text, p_lanes bigint[] DEFAULT '{}', OUT cancelled bigint[], OUT stopping bigint[], OUT n int) LANGUAGE plpgsql AS $$
DECLARE m bigint[]; jobs bigint[]; gs bigint[] := inner_groups(p_ids); big bigint[]; runs bigint[]; whole bigint[] := '{}'; from_size int := coalesce(nullif(current_setting('aque.cut_from', true), '')::int, 1000); r record;
BEGIN
  SELECT coalesce(array_agg(l.lane_id), '{}') INTO big FROM lane l WHERE l.group_id = ANY (gs) AND NOT l.has_out AND l.bad = 0 AND l.todo - l.failed >= from_size
     AND (SELECT count(*) FROM lease e WHERE e.job_id = l.job_id AND e.lane_id = l.lane_id) < l.todo - l.failed;
  SELECT coalesce(array_agg(e.task_id), '{}') INTO runs FROM lease e JOIN lane l USING (lane_id) WHERE e.job_id = l.job_id AND l.lane_id = ANY (big);
  IF cardinality(big) = 0 THEN m := members(p_ids);
  ELSIF NOT EXISTS (SELECT 1 FROM lane l WHERE l.group_id = ANY (gs) AND l.lane_id <> ALL (big) AND l.todo > 0) THEN SELECT coalesce(array_agg(t.task_id), '{}') INTO m FROM task t WHERE t.task_id = ANY (p_ids) AND t.kind <> 'G' AND t.lane_id <> ALL (big);
  ELSE SELECT coalesce(array_agg(t.task_id), '{}') INTO m FROM unnest(members(p_ids)) i JOIN task t ON t.task_id = i WHERE t.lane_id <> ALL (big); END IF;
  PERFORM lock_reach(m || runs || ARRAY(SELECT l.group_id FROM lane l WHERE l.lane_id = ANY (big)), false, big || p_lanes, cardinality(p_lanes) > 0);
  IF p_kill THEN m := m || runs; END IF;
  DELETE FROM ready q USING task t JOIN lane l USING (lane_id) WHERE t.task_id = ANY (m) AND l.bad = 0 AND q.lane_id = ANY (ARRAY[t.lane_id]) AND q.sort_key = t.sort_key AND q.task_id = t.task_id;   -- waits for an acquire in flight
  IF p_kill OR cardinality(runs || p_lanes) > 0 THEN PERFORM lock_leases(CASE WHEN p_kill THEN m ELSE runs END, p_lanes); END IF;   -- fresh snapshot: sees that acquire
  IF cardinality(runs) > 0 THEN PERFORM own_lanes(runs); END IF;   -- what runs is not cut
  IF p_kill THEN
    WITH k AS (UPDATE lease l SET stop = 'K', stop_at = clock_timestamp() WHERE l.task_id = ANY (m) AND l.stop IS DISTINCT FROM 'K' RETURNING l.task_id)
    SELECT array_agg(task_id) INTO stopping FROM k;
  END IF;
  WITH up AS (UPDATE task t SET state = 'X', ended_at = clock_timestamp(), reason = NULL FROM lane l
     WHERE t.task_id = ANY (m) AND t.state IN ('B', 'R') AND l.lane_id = t.lane_id AND l.bad = 0 AND NOT EXISTS (SELECT 1 FROM lease e WHERE e.task_id = t.task_id) RETURNING t.task_id, t.job_id)
  SELECT array_agg(task_id), array_agg(DISTINCT job_id) INTO cancelled, jobs FROM up;
  IF cancelled IS NOT NULL THEN
    PERFORM settle(cancelled, array_fill(0, ARRAY[cardinality(cancelled)]), array_fill(1, ARRAY[cardinality(cancelled)]), cancelled, 'K');
    INSERT INTO change (kind, ids) VALUES ((CASE WHEN cardinality(cancelled) > 1000 THEN 'J' ELSE 'T' END)::"char", CASE WHEN cardinality(cancelled) > 1000 THEN jobs ELSE cancelled || jobs END);
  END IF;
  IF stopping IS NOT NULL THEN INSERT INTO change (kind, ids) VALUES ('T', stopping); END IF;
  n := coalesce(cardinality(cancelled), 0) + coalesce(cardinality(stopping), 0);
  IF EXISTS (SELECT 1 FROM lane l WHERE l.lane_id = ANY (big) AND l.has_out) THEN RAISE serialization_failure USING MESSAGE = 'a lane is waited for meanwhile'; END IF;
  FOR r IN SELECT l.lane_id, l.job_id, l.group_id, l.todo - l.failed AS k FROM lane l WHERE l.lane_id = ANY (big) AND l.bad = 0 AND l.todo > l.failed ORDER BY 1 LOOP
    UPDATE lane SET cut = (CASE WHEN p_kill THEN 'K' ELSE 'X' END)::"char" WHERE lane_id = r.lane_id;
    PERFORM lane_shift(r.lane_id, 0, 0, 0, 0, 1, 1, NULL);
    whole := whole || r.group_id; n := n + r.k;
    INSERT INTO change (kind, ids) VALUES ('J', ARRAY[r.job_id]);
  END LOOP;
  cancelled := coalesce(cancelled, '{}') || ARRAY(SELECT DISTINCT g FROM unnest(whole) g); stopping := coalesce(stopping, '{}');
  IF p_actor IS NOT NULL THEN   -- else the history has it since its grace began
    INSERT INTO action (actor, verb, ids, n) VALUES (p_actor, CASE WHEN p_kill THEN 'kill' ELSE 'cancel' END, p_ids, n);
  END IF;
END $$;

-- RETRY what ended: same id, next attempt. Of a group the failed members; what was blocked by them is re-armed in this commit.
CREATE FUNCTION retry_tasks(p_ids bigint[], p_actor text, OUT retried bigint[]) LANGUAGE plpgsql AS $$
DECLARE m bigint[]; opens int[]; bads int[]; hows text; again bigint[]; jobs bigint[]; uncut bigint[]; whole bigint[] := '{}'; r record; gs bigint[] := inner_groups(p_ids); named bigint[];
BEGIN
  PERFORM may_act(p_ids);
  SELECT coalesce(array_agg(l.lane_id), '{}') INTO uncut FROM lane l WHERE l.group_id = ANY (gs) AND l.cut IS NOT NULL;
  SELECT coalesce(array_agg(t.task_id), '{}') INTO named FROM task t JOIN lane l USING (lane_id) WHERE t.task_id = ANY (p_ids) AND t.state IN ('B', 'R') AND l.cut IS NOT NULL AND l.lane_id <> ALL (uncut);
  IF EXISTS (SELECT 1 FROM lane l WHERE l.group_id = ANY (gs) AND l.failed > 0) THEN m := members(p_ids);
  ELSE SELECT coalesce(array_agg(t.task_id), '{}') INTO m FROM task t WHERE t.task_id = ANY (p_ids) AND t.kind <> 'G'; END IF;
  IF cardinality(uncut) > 0 THEN SELECT coalesce(array_agg(t.task_id), '{}') INTO m FROM task t WHERE t.task_id = ANY (m) AND (t.state NOT IN ('B', 'R') OR t.lane_id <> ALL (uncut)); END IF;
  -- of a cut lane single tasks may be waited for since
  PERFORM lock_reach(m || ARRAY(SELECT l.group_id FROM lane l WHERE l.lane_id = ANY (uncut)) || ARRAY(SELECT t.task_id FROM lane l JOIN task t ON t.job_id = l.job_id AND t.lane_id = l.lane_id WHERE l.lane_id = ANY (uncut) AND l.has_out), false, uncut);
  IF cardinality(named) > 0 THEN uncut := uncut || own_lanes(named); END IF;
  FOR r IN SELECT l.lane_id, l.job_id, coalesce(l.group_id, l.job_id) g FROM lane l WHERE l.lane_id = ANY (uncut) AND l.cut IS NOT NULL ORDER BY 1 LOOP
    UPDATE lane SET cut = NULL WHERE lane_id = r.lane_id;
    PERFORM lane_shift(r.lane_id, 0, 0, 0, 0, -1, -1, NULL);
    whole := whole || r.g; jobs := jobs || r.job_id;
  END LOOP;
  IF cardinality(whole) > 0 THEN INSERT INTO change (kind, ids) SELECT 'J', array_agg(DISTINCT x) FROM unnest(jobs) x; END IF;
  WITH old AS MATERIALIZED (SELECT task_id, state FROM task WHERE task_id = ANY (m) AND (state IN ('E', 'K', 'X') AND reason IS DISTINCT FROM 'dep_failed' OR state = 'S' AND task_id = ANY (p_ids))),
  up AS (UPDATE task t SET state = (CASE WHEN t.bad > 0 THEN 'E' WHEN t.pending > 0 THEN 'B' ELSE 'R' END)::"char", tries = 0, exit_code = NULL, signal = NULL, progress = -1, status = NULL,
           reason = CASE WHEN t.bad > 0 THEN 'dep_failed' END, ended_at = CASE WHEN t.bad > 0 THEN t.ended_at END
         FROM old WHERE t.task_id = ANY (ARRAY[old.task_id]) RETURNING t.task_id, t.job_id, t.lane_id, t.sort_key, t.attempt, t.state, old.state before),
  ins AS (INSERT INTO ready SELECT lane_id, sort_key, task_id, attempt FROM up WHERE state = 'R'),
  -- one that something upstream keeps blocked leaves its old count and comes into that of the blocked
  moved AS (SELECT task_id, job_id, (before = 'S')::int o, -(before <> 'S')::int b, CASE WHEN before IN ('K', 'X') THEN 'K' ELSE 'E' END how, 0 part FROM up
            UNION ALL SELECT task_id, job_id, 0, 1, 'B', 1 FROM up WHERE state = 'E')
  SELECT array_agg(task_id ORDER BY part, task_id) FILTER (WHERE part = 0), array_agg(task_id ORDER BY part, task_id), array_agg(o ORDER BY part, task_id), array_agg(b ORDER BY part, task_id),
         string_agg(how, '' ORDER BY part, task_id), array_agg(DISTINCT job_id) INTO retried, again, opens, bads, hows, jobs FROM moved;
  retried := coalesce(retried, '{}') || named || ARRAY(SELECT DISTINCT g FROM unnest(whole) g WHERE cardinality(named) = 0);
  IF cardinality(retried) = 0 THEN RETURN; END IF;
  UPDATE job j SET forgiven = least(j.forgiven, q.n) FROM (SELECT job_id, sum(failed - blocked - stopped)::int n FROM lane WHERE job_id = ANY (jobs) GROUP BY 1) q WHERE q.job_id = j.job_id AND j.forgiven > 0;
  IF again IS NULL THEN
    INSERT INTO action (actor, verb, ids, n) VALUES (p_actor, 'retry', p_ids, cardinality(retried));
    RETURN;
  END IF;
  PERFORM settle(again, opens, bads, again, hows);
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  INSERT INTO action (actor, verb, ids, n) VALUES (p_actor, 'retry', p_ids, cardinality(retried));
END $$;

-- MARK DONE: these count as ended in success, what waits for them goes on in this commit. What runs is left alone.
CREATE FUNCTION mark_done(p_ids bigint[], p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE m bigint[]; ids bigint[]; bads int[]; hows text; jobs bigint[];
BEGIN
  PERFORM may_act(p_ids);
  m := members(p_ids);
  PERFORM lock_reach(m);
  DELETE FROM ready q USING task t WHERE t.task_id = ANY (m) AND q.lane_id = ANY (ARRAY[t.lane_id]) AND q.sort_key = t.sort_key AND q.task_id = t.task_id;   -- waits for an acquire in flight
  WITH old AS MATERIALIZED (SELECT task_id, state, reason FROM task t WHERE task_id = ANY (m) AND state <> 'S' AND NOT EXISTS (SELECT 1 FROM lease e WHERE e.task_id = t.task_id)),
  up AS (UPDATE task t SET state = 'S', reason = 'marked_done', cause = NULL, exit_code = NULL, signal = NULL, ended_at = clock_timestamp() FROM old WHERE t.task_id = ANY (ARRAY[old.task_id])
         RETURNING t.task_id, t.job_id, (old.state IN ('E', 'K', 'X'))::int b, CASE WHEN old.state = 'E' AND old.reason = 'dep_failed' THEN 'B' WHEN old.state IN ('K', 'X') THEN 'K' ELSE 'E' END how)
  SELECT array_agg(task_id ORDER BY task_id), array_agg(-b ORDER BY task_id), string_agg(how, '' ORDER BY task_id), array_agg(DISTINCT job_id) INTO ids, bads, hows, jobs FROM up;
  IF ids IS NULL THEN RETURN '{}'; END IF;
  PERFORM settle(ids, array_fill(-1, ARRAY[cardinality(ids)]), bads, NULL, hows);
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  INSERT INTO action (actor, verb, ids, n) VALUES (p_actor, 'mark done', p_ids, cardinality(ids));
  RETURN ids;
END $$;

-- ADD DEPENDENCIES, pair by pair, to what has not started: a task waits by an edge, a group by a gate of each of its lanes. A
-- new one hangs for a moment on the negative of its upstream, which leaves success for these alone; so all is counted in one
-- place. Answers what waits now.
CREATE FUNCTION add_dependencies(p_up bigint[], p_down bigint[], p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE missing bigint; gs bigint[] := inner_groups(p_down); hit bigint[]; jobs bigint[]; kids bigint[];
BEGIN
  IF EXISTS (SELECT 1 FROM unnest(p_up, p_down) e(u, d) WHERE u = d) THEN RAISE EXCEPTION 'a task cannot wait for itself' USING ERRCODE = 'AQ001'; END IF;
  SELECT array_agg(t.task_id) INTO kids FROM lane l JOIN task t ON t.job_id = l.job_id AND t.lane_id = l.lane_id WHERE l.group_id = ANY (gs) AND l.has_out;
  PERFORM lock_reach(p_up || p_down || gs || kids, false, ARRAY(SELECT l.lane_id FROM lane l WHERE l.group_id = ANY (gs)));
  SELECT u INTO missing FROM unnest(p_up || p_down) u WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.task_id = ANY (ARRAY[u])) LIMIT 1;
  IF missing IS NOT NULL THEN RAISE EXCEPTION 'no task %', missing USING ERRCODE = 'AQ001'; END IF;
  -- waits for an acquire in flight, whose leases the next statement sees
  DELETE FROM ready q USING unnest(p_up, p_down) e(u, d), task u, task t WHERE u.task_id = e.u AND u.state <> 'S' AND t.task_id = e.d AND q.lane_id = ANY (ARRAY[t.lane_id]) AND q.sort_key = t.sort_key AND q.task_id = t.task_id;
  WITH e AS MATERIALIZED (SELECT DISTINCT u, d FROM unnest(p_up, p_down) e(u, d)),
  dd AS (INSERT INTO dep SELECT -u, d FROM e JOIN task t ON t.task_id = d WHERE t.kind <> 'G' AND (t.state IN ('B', 'R') OR t.state = 'E' AND t.reason = 'dep_failed')
           AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.task_id = d) AND NOT EXISTS (SELECT 1 FROM dep x WHERE x.upstream = u AND x.downstream = d) RETURNING downstream),
  gg AS (INSERT INTO gate SELECT DISTINCT -u, l.lane_id FROM e JOIN task t ON t.task_id = d AND t.kind::text = 'G' CROSS JOIN LATERAL unnest(inner_groups(ARRAY[d])) i JOIN lane l ON l.group_id = i
          WHERE NOT EXISTS (SELECT 1 FROM gate x WHERE x.upstream = u AND x.lane_id = l.lane_id) RETURNING lane_id)
  SELECT array_agg(DISTINCT d) INTO hit FROM (SELECT downstream FROM dd UNION ALL SELECT e.d FROM gg JOIN lane l USING (lane_id) JOIN e ON l.group_id = ANY (inner_groups(ARRAY[e.d]))) q(d);
  IF hit IS NULL THEN RETURN '{}'; END IF;
  PERFORM settle_kids(array_agg(-u.task_id), array_agg(1), array_agg(is_bad(u)::int), array_agg(CASE WHEN is_bad(u) THEN coalesce(u.cause, u.task_id) END)) FROM task u WHERE u.task_id = ANY (p_up) AND u.state <> 'S' HAVING count(*) > 0;
  UPDATE dep SET upstream = -upstream WHERE downstream = ANY (p_down) AND upstream < 0;
  UPDATE gate SET upstream = -upstream WHERE lane_id IN (SELECT lane_id FROM lane WHERE group_id = ANY (gs)) AND upstream < 0;
  IF in_circle(p_up, p_down, false) AND in_circle(p_up, p_down, true) THEN RAISE EXCEPTION 'they would wait for themselves' USING ERRCODE = 'AQ001'; END IF;
  UPDATE lane l SET has_in = true FROM task t WHERE t.task_id = ANY (hit) AND l.lane_id = t.lane_id AND NOT l.has_in;
  UPDATE lane l SET has_out = true FROM task t WHERE t.task_id = ANY (p_up) AND l.lane_id = t.lane_id AND NOT l.has_out;
  INSERT INTO job_link SELECT DISTINCT u.job_id, d.job_id FROM unnest(p_up, p_down) e(u, d) JOIN task u ON u.task_id = e.u JOIN task d ON d.task_id = e.d WHERE u.job_id <> d.job_id ORDER BY 1, 2 ON CONFLICT DO NOTHING;
  SELECT array_agg(DISTINCT job_id) INTO jobs FROM task WHERE task_id = ANY (p_up || p_down);
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'add dependency', hit, array_to_string(ARRAY(SELECT DISTINCT u FROM unnest(p_up) u ORDER BY 1 LIMIT 20), ' '), cardinality(hit));
  RETURN hit;
END $$;

-- Does something upstream of one of these edges come after it? p_each: for each edge by itself; else all of them at once, which
-- costs one walk and may be in doubt.
CREATE FUNCTION in_circle(p_up bigint[], p_down bigint[], p_each boolean) RETURNS boolean LANGUAGE sql STABLE AS $$
  WITH RECURSIVE s(root, id) AS (
    SELECT CASE WHEN p_each THEN d ELSE 0 END, m FROM (SELECT d, d FROM unnest(p_down) d UNION SELECT g.task_id, unnest(members(ARRAY[g.task_id])) FROM task g WHERE g.task_id = ANY (p_down) AND g.kind::text = 'G') q(d, m)
    UNION
    SELECT s.root, x.id FROM s JOIN LATERAL (
      SELECT d.downstream id FROM dep d WHERE d.upstream = s.id
      UNION ALL SELECT t.parent_id FROM task t WHERE t.task_id = s.id AND t.parent_id IS NOT NULL
      UNION ALL SELECT t.task_id FROM gate g JOIN lane l USING (lane_id) JOIN task t ON t.job_id = l.job_id AND t.lane_id = l.lane_id WHERE g.upstream = s.id) x ON true)
  SELECT EXISTS (SELECT 1 FROM unnest(p_up, p_down) e(u, d) JOIN s ON s.root = CASE WHEN p_each THEN e.d ELSE 0 END AND s.id = e.u) $$;

-- FILES that workers with these classes could look for now; each is looked for by one of them every few seconds.
CREATE FUNCTION files_to_see(p_classes int[], p_every interval DEFAULT '3 s') RETURNS text[] LANGUAGE sql AS $$
  WITH f AS (SELECT f.job_id, f.path FROM file_wait f WHERE f.looked_at < clock_timestamp() - p_every AND EXISTS (SELECT 1 FROM lane l WHERE l.job_id = f.job_id AND l.rclass = ANY (p_classes))
              ORDER BY f.looked_at LIMIT 64 FOR UPDATE SKIP LOCKED),
  up AS (UPDATE file_wait w SET looked_at = clock_timestamp() FROM f WHERE w.job_id = f.job_id AND w.path = f.path RETURNING w.path)
  SELECT coalesce(array_agg(DISTINCT path), '{}') FROM up $$;

-- How these files look now, null for one that is not there. One that has looked the same for a while is waited for no longer.
CREATE FUNCTION files_seen(p_paths text[], p_looks text[], p_stable interval DEFAULT '3 s') RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE jobs bigint[];
BEGIN
  PERFORM 1 FROM file_wait WHERE path = ANY (p_paths) ORDER BY job_id, path FOR UPDATE;
  UPDATE file_wait f SET look = u.l, since = CASE WHEN f.look = u.l THEN f.since ELSE clock_timestamp() END FROM unnest(p_paths, p_looks) u(p, l) WHERE f.path = u.p;
  WITH gone AS (DELETE FROM file_wait WHERE path = ANY (p_paths) AND look IS NOT NULL AND since < clock_timestamp() - p_stable RETURNING job_id)
  SELECT array_agg(DISTINCT job_id) INTO jobs FROM gone;
  RETURN files_here(jobs);
END $$;

-- Of these jobs those that wait for no file any more: they may start.
CREATE FUNCTION files_here(p_jobs bigint[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE jobs bigint[];
BEGIN
  SELECT array_agg(j) INTO jobs FROM unnest(p_jobs) j WHERE NOT EXISTS (SELECT 1 FROM file_wait f WHERE f.job_id = j);
  IF jobs IS NULL THEN RETURN '{}'; END IF;
  UPDATE lane l SET files = false FROM (SELECT lane_id FROM lane WHERE job_id = ANY (jobs) ORDER BY 1 FOR NO KEY UPDATE) q WHERE l.lane_id = q.lane_id;
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  RETURN jobs;
END $$;

-- These jobs wait for this file no longer; null: for none.
CREATE FUNCTION drop_file(p_jobs bigint[], p_path text, p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE hit bigint[];
BEGIN
  PERFORM may_act(p_jobs);
  WITH gone AS (DELETE FROM file_wait WHERE job_id = ANY (p_jobs) AND path = coalesce(p_path, path) RETURNING job_id) SELECT array_agg(DISTINCT job_id) INTO hit FROM gone;
  IF hit IS NULL THEN RETURN '{}'; END IF;
  PERFORM files_here(hit);
  INSERT INTO change (kind, ids) VALUES ('J', hit);
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'drop dependency', hit, p_path, cardinality(hit));
  RETURN hit;
END $$;

-- DROP DEPENDENCIES: those on p_ups and what is in them; without these, of what is blocked those that failed, else all that are
-- not in success. A dropped edge hangs for a moment on the negative of its upstream, which comes into success for this one alone;
-- so all is counted in one place.
CREATE FUNCTION drop_dependencies(p_ids bigint[], p_actor text, p_ups bigint[] DEFAULT NULL) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE m bigint[]; ups bigint[]; ls bigint[]; jobs bigint[]; hit bigint[]; named bigint[]; r record;
BEGIN
  PERFORM may_act(p_ids);
  m := members(p_ids);
  IF p_ups IS NOT NULL THEN named := p_ups || members(p_ups) || inner_groups(p_ups); END IF;
  SELECT array_agg(DISTINCT u) INTO ups FROM (SELECT d.upstream u FROM dep d WHERE d.downstream = ANY (m) UNION ALL SELECT g.upstream FROM gate g JOIN task t USING (lane_id) WHERE t.task_id = ANY (m)) q WHERE named IS NULL OR u = ANY (named);
  IF ups IS NULL THEN RETURN '{}'; END IF;
  PERFORM lock_reach(m || ups);
  IF EXISTS (SELECT 1 FROM gate g JOIN task t USING (lane_id) JOIN task u ON u.task_id = g.upstream WHERE t.task_id = ANY (m) AND u.task_id = ANY (ups) AND (u.state <> 'S' OR named IS NOT NULL)) THEN ls := own_lanes(m); END IF;
  CREATE TEMP TABLE dropped ON COMMIT DROP AS
    SELECT d.upstream, d.downstream, NULL::bigint AS lane_id, is_bad(u) AS bad, u.state <> 'S' AS open FROM dep d JOIN task u ON u.task_id = d.upstream JOIN task t ON t.task_id = d.downstream
     WHERE d.downstream = ANY (m) AND u.task_id = ANY (ups) AND (named IS NOT NULL OR u.state <> 'S' AND (is_bad(u) OR t.bad = 0 AND NOT is_bad(t)))
    UNION ALL SELECT g.upstream, NULL, g.lane_id, is_bad(u), u.state <> 'S' FROM gate g JOIN task u ON u.task_id = g.upstream JOIN lane l ON l.lane_id = g.lane_id
     WHERE g.lane_id = ANY (ls) AND u.task_id = ANY (ups) AND (named IS NOT NULL OR u.state <> 'S' AND (is_bad(u) OR l.bad = 0));
  UPDATE dep d SET upstream = -d.upstream FROM dropped x WHERE d.upstream = x.upstream AND d.downstream = x.downstream;
  UPDATE gate g SET upstream = -g.upstream FROM dropped x WHERE g.upstream = x.upstream AND g.lane_id = x.lane_id;
  PERFORM settle_kids(array_agg(-upstream), array_agg(-open::int), array_agg(-bad::int), NULL) FROM (SELECT DISTINCT upstream, bad, open FROM dropped) q HAVING count(*) > 0;
  DELETE FROM dep d USING dropped x WHERE d.upstream = -x.upstream AND d.downstream = x.downstream;
  DELETE FROM gate g USING dropped x WHERE g.upstream = -x.upstream AND g.lane_id = x.lane_id;
  SELECT array_agg(DISTINCT t.task_id), array_agg(DISTINCT t.job_id) INTO hit, jobs FROM task t WHERE t.task_id = ANY (m) AND (t.task_id IN (SELECT downstream FROM dropped) OR t.lane_id IN (SELECT lane_id FROM dropped));
  DROP TABLE dropped;
  IF hit IS NULL THEN RETURN '{}'; END IF;
  DELETE FROM job_link k WHERE k.downstream = ANY (jobs) AND k.upstream IN (SELECT job_id FROM task WHERE task_id = ANY (ups))
    AND NOT EXISTS (SELECT 1 FROM task t JOIN dep d ON d.downstream = t.task_id JOIN task u ON u.task_id = d.upstream WHERE t.job_id = k.downstream AND u.job_id = k.upstream)
    AND NOT EXISTS (SELECT 1 FROM lane l JOIN gate g USING (lane_id) JOIN task u ON u.task_id = g.upstream WHERE l.job_id = k.downstream AND u.job_id = k.upstream);
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'drop dependency', p_ids, array_to_string(ups[1:20], ' '), cardinality(hit));
  RETURN hit;
END $$;

-- A task as people call it: the name of its step before its own.
CREATE FUNCTION label(p_id bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(' ', CASE WHEN t.parent_id <> t.job_id THEN p.name END, s.name) FROM task t JOIN task_spec s USING (task_id) LEFT JOIN task_spec p ON p.task_id = t.parent_id WHERE t.task_id = p_id $$;

-- What these wait for in the end: tasks that failed by themselves, behind all that is only blocked.
CREATE FUNCTION roots(p_ids bigint[]) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up(id) AS (
    SELECT unnest(members(p_ids))
    UNION
    SELECT x.u FROM up JOIN task t ON t.task_id = up.id JOIN LATERAL (
      SELECT d.upstream u FROM dep d WHERE d.downstream = t.task_id AND NOT d.soft
      UNION ALL SELECT g.upstream FROM gate g WHERE g.lane_id = t.lane_id AND NOT g.soft
      UNION ALL SELECT c.task_id FROM task c WHERE t.kind = 'G' AND c.job_id = t.job_id AND c.parent_id = t.task_id
        AND NOT EXISTS (SELECT 1 FROM lane l WHERE l.lane_id = c.lane_id AND l.cut IS NOT NULL AND c.state IN ('B', 'R'))
      -- of what was cut as a whole the first stands for all
      UNION ALL SELECT (SELECT min(c.task_id) FROM task c WHERE c.job_id = l.job_id AND c.lane_id = l.lane_id AND c.state IN ('B', 'R')) FROM lane l WHERE t.kind = 'G' AND l.group_id = t.task_id AND l.cut IS NOT NULL) x ON true
    JOIN task k ON k.task_id = x.u
     WHERE is_bad(k) AND (t.kind = 'G' OR t.state IN ('B', 'R') OR t.state = 'E' AND t.reason = 'dep_failed'))
  SELECT coalesce(array_agg(t.task_id ORDER BY t.task_id), '{}') FROM up JOIN task t ON t.task_id = up.id
   WHERE t.kind <> 'G' AND (t.state IN ('E', 'K', 'X') AND t.reason IS DISTINCT FROM 'dep_failed' OR t.state IN ('B', 'R') AND EXISTS (SELECT 1 FROM lane l WHERE l.lane_id = t.lane_id AND l.cut IS NOT NULL)) $$;

-- All tasks behind these, as far as edges and gates go, without them.
CREATE FUNCTION downstream(p_ids bigint[]) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
  WITH RECURSIVE s(id) AS (
    SELECT unnest(members(p_ids) || p_ids)
    UNION
    SELECT x.id FROM s JOIN LATERAL (
      SELECT d.downstream id FROM dep d WHERE d.upstream = s.id
      UNION ALL SELECT t.parent_id FROM task t WHERE t.task_id = s.id AND t.parent_id IS NOT NULL
      UNION ALL SELECT t.task_id FROM gate g JOIN lane l USING (lane_id) JOIN task t ON t.job_id = l.job_id AND t.lane_id = l.lane_id WHERE g.upstream = s.id) x ON true)
  SELECT t.task_id FROM s JOIN task t ON t.task_id = s.id WHERE t.kind <> 'G'
  EXCEPT SELECT unnest(members(p_ids)) $$;

-- Whom an action would meet: counts of these tasks, whose they are, and what behind them has not ended or has.
CREATE FUNCTION impact(p_ids bigint[], OUT running int, OUT waiting int, OUT ended int, OUT owners text[], OUT needing int, OUT again int) LANGUAGE plpgsql STABLE AS $$
DECLARE m bigint[];
BEGIN
  m := members(p_ids);
  SELECT count(e.task_id), count(*) FILTER (WHERE e.task_id IS NULL AND t.state IN ('B', 'R')), count(*) FILTER (WHERE t.state NOT IN ('B', 'R')) INTO running, waiting, ended
    FROM task t LEFT JOIN lease e ON e.task_id = t.task_id WHERE t.task_id = ANY (m);
  SELECT array_agg(DISTINCT j.owner ORDER BY j.owner) INTO owners FROM job j WHERE j.job_id IN (SELECT job_id FROM task WHERE task_id = ANY (p_ids));
  SELECT count(*) FILTER (WHERE t.state IN ('B', 'R')), count(*) FILTER (WHERE t.state NOT IN ('B', 'R') AND t.reason IS DISTINCT FROM 'dep_failed') INTO needing, again
    FROM downstream(p_ids) d JOIN task t ON t.task_id = d;
END $$;

-- APPEND tasks to a group that is there, whatever has become of it. They come in as if they had ended in success, which
-- changes no count, and are retried: what that opens again it opens as for any task. Gates, priority and (without a
-- class of their own) needs are those of the group's first lane. The first id; the others follow it.
CREATE FUNCTION append_tasks(p_group bigint, p_class int, t_kind text[], t_name text[], t_argv text[], t_step int[], t_params text[], t_opts text[], p_up bigint[], p_actor text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n int := cardinality(t_name); j bigint; base bigint; nl bigint; sib lane; ids bigint[]; missing bigint; pend int; worse int;
BEGIN
  PERFORM may_act(ARRAY[p_group]);
  PERFORM may_need(ARRAY[p_class]);
  SELECT job_id INTO j FROM task WHERE task_id = p_group AND kind::text = 'G';
  IF j IS NULL THEN RAISE EXCEPTION 'no group %', p_group USING ERRCODE = 'AQ001'; END IF;
  IF EXISTS (SELECT 1 FROM task t WHERE t.task_id = ANY (p_up) AND (t.task_id = p_group OR t.job_id = j AND t.task_id = j)) THEN
    RAISE EXCEPTION 'a task cannot wait for the group that it is in' USING ERRCODE = 'AQ001';
  END IF;
  PERFORM lock_reach(p_up || p_group);
  SELECT u INTO missing FROM unnest(p_up || p_group) u WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.task_id = ANY (ARRAY[u])) LIMIT 1;
  IF missing IS NOT NULL THEN RAISE EXCEPTION 'no task %', missing USING ERRCODE = 'AQ001'; END IF;
  base := take_ids(n);
  nl := nextval('lane_seq');
  ids := ARRAY(SELECT base + i FROM generate_series(0, n - 1) i);
  SELECT * INTO sib FROM lane WHERE job_id = j ORDER BY (group_id = p_group) DESC NULLS LAST, lane_id LIMIT 1;
  SELECT count(*) FILTER (WHERE state <> 'S'), count(*) FILTER (WHERE is_bad(t)) INTO pend, worse FROM task t WHERE t.task_id = ANY (p_up);
  -- what its neighbours wait for holds for it too; that they were cancelled does not
  INSERT INTO lane (lane_id, job_id, group_id, rclass, prio, held, most, files, gate, bad, cause, total, todo, has_in)
    -- who appends is who it runs as, also to the job of somebody else
    SELECT nl, j, p_group, coalesce(p_class, (SELECT req_class_of(q.cpu_m, q.memory, q.needs) FROM req_class q WHERE q.rclass = sib.rclass)), coalesce(sib.prio, 1000), coalesce(sib.held, false), sib.most, coalesce(sib.files, false), g.gate, g.bad, CASE WHEN g.bad > 0 THEN sib.cause END, n, 0, pend > 0
      FROM (SELECT CASE WHEN sib.group_id = p_group THEN sib.gate ELSE 0 END gate,
                   CASE WHEN sib.group_id = p_group THEN sib.bad - (sib.cut IS NOT NULL)::int ELSE 0 END bad) g;
  IF sib.group_id = p_group THEN INSERT INTO gate SELECT upstream, nl, soft FROM gate WHERE lane_id = sib.lane_id; END IF;
  INSERT INTO task_spec SELECT base + i - 1, a, b, c, d, e FROM unnest(t_name, t_argv, t_step, t_params, t_opts) WITH ORDINALITY u(a, b, c, d, e, i);
  INSERT INTO task (task_id, job_id, parent_id, lane_id, sort_key, pending, bad, kind, state, ended_at)
    SELECT base + i - 1, j, p_group, nl, i, pend, worse, k::"char", 'S', clock_timestamp() FROM unnest(t_kind) WITH ORDINALITY u(k, i);
  INSERT INTO dep SELECT DISTINCT u, i FROM unnest(p_up) u, unnest(ids) i;
  UPDATE lane l SET has_out = true FROM task t WHERE t.task_id = ANY (p_up) AND l.lane_id = t.lane_id AND NOT l.has_out;
  UPDATE job SET n_total = n_total + n WHERE job_id = j;
  PERFORM retry_tasks(ids, p_actor);
  INSERT INTO change (kind, ids) VALUES ('J', ARRAY[j]);
  INSERT INTO action (actor, verb, ids, n) VALUES (p_actor, 'append', ARRAY[p_group], n);
  RETURN base;
END $$;

-- The lanes of exactly these tasks: whole lanes as they are, parts of lanes split off.
CREATE FUNCTION own_lanes(p_ids bigint[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE m bigint[]; out_ bigint[]; r record; nl bigint; splits bigint[]; part bigint[];
BEGIN
  -- of a group all lanes, without a look at its tasks
  SELECT coalesce(array_agg(lane_id), '{}') INTO out_ FROM lane WHERE group_id = ANY (inner_groups(p_ids));
  SELECT coalesce(array_agg(task_id), '{}') INTO m FROM task WHERE task_id = ANY (p_ids) AND kind <> 'G' AND lane_id <> ALL (out_);
  -- the order of locks: tasks of lanes that are split and their groups first, then all lanes in one pass, then leases
  SELECT array_agg(l.lane_id) INTO splits FROM lane l JOIN (SELECT t.lane_id, count(*) n FROM task t WHERE t.task_id = ANY (m) GROUP BY 1) c USING (lane_id) WHERE c.n < l.total;
  IF splits IS NOT NULL THEN
    PERFORM 1 FROM task t WHERE t.task_id = ANY (m || (SELECT array_agg(group_id) FROM lane WHERE lane_id = ANY (splits))) AND (t.kind = 'G' OR t.lane_id = ANY (splits)) ORDER BY t.task_id FOR NO KEY UPDATE;
  END IF;
  PERFORM 1 FROM lane l WHERE l.lane_id = ANY (out_ || ARRAY(SELECT t.lane_id FROM task t WHERE t.task_id = ANY (m))) ORDER BY l.lane_id FOR UPDATE;
  IF splits IS NOT NULL THEN PERFORM lock_leases(ARRAY(SELECT t.task_id FROM task t WHERE t.task_id = ANY (m) AND t.lane_id = ANY (splits))); END IF;
  FOR r IN SELECT l.*, c.n FROM lane l JOIN (SELECT t.lane_id, count(*)::int n FROM task t WHERE t.task_id = ANY (m) GROUP BY 1) c USING (lane_id) ORDER BY l.lane_id LOOP
    IF r.n = r.total THEN out_ := out_ || r.lane_id; CONTINUE; END IF;
    SELECT array_agg(task_id) INTO part FROM task WHERE task_id = ANY (m) AND lane_id = r.lane_id;
    IF cardinality(part) IS DISTINCT FROM r.n OR r.n > r.total OR r.lane_id = ANY (splits) IS NOT TRUE THEN RAISE serialization_failure USING MESSAGE = 'the lane was split or joined meanwhile'; END IF;
    nl := nextval('lane_seq');
    UPDATE task SET lane_id = nl WHERE task_id = ANY (part);
    INSERT INTO lane (lane_id, job_id, group_id, rclass, prio, held, of_lane, stop_at, kill_at, most, io, urgency, not_before, exclusive, files, cut, gate, bad, cause, total, todo, failed, blocked, stopped, has_in, has_out)
      SELECT nl, r.job_id, r.group_id, r.rclass, r.prio, r.held, r.lane_id, r.stop_at, r.kill_at, r.most, r.io, r.urgency, r.not_before, r.exclusive, r.files, r.cut, r.gate, r.bad, r.cause, r.n, count(*) FILTER (WHERE state <> 'S'), count(*) FILTER (WHERE state IN ('E', 'K', 'X')),
             count(*) FILTER (WHERE state = 'E' AND reason = 'dep_failed'), count(*) FILTER (WHERE state IN ('K', 'X')), r.has_in, r.has_out FROM task WHERE task_id = ANY (part);
    INSERT INTO gate SELECT upstream, nl, soft FROM gate WHERE lane_id = r.lane_id;
    INSERT INTO lane_before SELECT action_id, nl, prio, held, rclass FROM lane_before WHERE lane_id = r.lane_id;
    UPDATE ready SET lane_id = nl WHERE lane_id = r.lane_id AND task_id = ANY (part);
    UPDATE lease SET lane_id = nl WHERE task_id = ANY (part);
    UPDATE lane o SET total = o.total - n.total, todo = o.todo - n.todo, failed = o.failed - n.failed, blocked = o.blocked - n.blocked, stopped = o.stopped - n.stopped
      FROM lane n WHERE o.lane_id = r.lane_id AND n.lane_id = nl;
    IF r.group_id IS NOT NULL THEN
      UPDATE task g SET n_open = g.n_open + d.o, n_bad = g.n_bad + d.b
        FROM (SELECT count(*) FILTER (WHERE todo > failed AND bad = 0)::int - (r.todo > r.failed AND r.bad = 0)::int o, count(*) FILTER (WHERE failed > 0 OR bad > 0 AND todo > 0)::int - (r.failed > 0 OR r.bad > 0 AND r.todo > 0)::int b
                FROM lane WHERE lane_id IN (r.lane_id, nl)) d WHERE g.task_id = r.group_id;
    END IF;
    out_ := out_ || nl;
  END LOOP;
  RETURN out_;
END $$;

-- Lanes that were split off and are again like the lane they came from go back into it: their tasks have their former
-- place. One that another action still remembers stays as it is. The caller has locked them with lock_reach.
CREATE FUNCTION rejoin(p_lanes bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE id bigint; n lane; o lane;
BEGIN
  FOR id IN SELECT x FROM unnest(p_lanes) x ORDER BY x DESC LOOP   -- the part of a part first
    SELECT * INTO n FROM lane WHERE lane_id = id;
    CONTINUE WHEN n.of_lane IS NULL OR EXISTS (SELECT 1 FROM lane_before b WHERE b.lane_id = id);
    SELECT * INTO o FROM lane WHERE lane_id = n.of_lane;
    CONTINUE WHEN o.lane_id IS NULL OR (o.rclass, o.prio, o.held, o.stop_at, o.kill_at, o.cut, o.urgency, o.gate, o.bad) IS DISTINCT FROM (n.rclass, n.prio, n.held, n.stop_at, n.kill_at, n.cut, n.urgency, n.gate, n.bad)
      OR (SELECT array_agg(upstream ORDER BY upstream) FROM gate WHERE lane_id = o.lane_id) IS DISTINCT FROM (SELECT array_agg(upstream ORDER BY upstream) FROM gate WHERE lane_id = id);
    UPDATE ready SET lane_id = o.lane_id WHERE lane_id = id;
    UPDATE lease SET lane_id = o.lane_id WHERE job_id = n.job_id AND lane_id = id;
    UPDATE task SET lane_id = o.lane_id WHERE job_id = n.job_id AND lane_id = id;
    UPDATE lane SET of_lane = o.lane_id WHERE of_lane = id;
    DELETE FROM gate WHERE lane_id = id;
    DELETE FROM lane WHERE lane_id = id;
    UPDATE lane SET total = total + n.total, todo = todo + n.todo, failed = failed + n.failed, blocked = blocked + n.blocked, stopped = stopped + n.stopped,
           has_in = has_in OR n.has_in, has_out = has_out OR n.has_out, cause = coalesce(cause, n.cause) WHERE lane_id = o.lane_id;
    IF n.group_id IS NOT NULL THEN   -- two members of the group are one now
      UPDATE task SET n_open = n_open - ((o.todo > o.failed AND o.bad = 0) AND (n.todo > n.failed AND n.bad = 0))::int,
             n_bad = n_bad - ((o.failed > 0 OR o.bad > 0 AND o.todo > 0) AND (n.failed > 0 OR n.bad > 0 AND n.todo > 0))::int WHERE task_id = n.group_id;
    END IF;
  END LOOP;
END $$;

-- HOLD, RELEASE and PRIORITY touch lanes only: a job of 300,000 tasks is a handful of rows.
CREATE FUNCTION steer(p_ids bigint[], p_verb text, p_prio int, p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE ls bigint[]; jobs bigint[]; k int; a bigint;
BEGIN
  PERFORM may_act(p_ids);
  ls := own_lanes(p_ids);
  SELECT array_agg(lane_id), array_agg(DISTINCT job_id), sum(todo - failed) INTO ls, jobs, k FROM lane
   WHERE lane_id = ANY (ls) AND CASE p_verb WHEN 'hold' THEN NOT held AND todo > failed WHEN 'release' THEN held ELSE prio <> p_prio END;
  IF jobs IS NULL THEN RETURN '{}'; END IF;
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, p_verb, p_ids, CASE p_verb WHEN 'priority' THEN p_prio::text END, k) RETURNING action_id INTO a;
  INSERT INTO lane_before SELECT a, lane_id, prio, held, rclass FROM lane WHERE lane_id = ANY (ls);
  UPDATE lane SET held = CASE p_verb WHEN 'hold' THEN true WHEN 'release' THEN false ELSE held END, prio = CASE WHEN p_verb = 'priority' THEN p_prio ELSE prio END WHERE lane_id = ANY (ls);
  IF p_verb = 'release' THEN UPDATE job j SET held_for = NULL, forgiven = (SELECT sum(failed - blocked - stopped) FROM lane l WHERE l.job_id = j.job_id) WHERE j.job_id = ANY (jobs) AND j.held_for IS NOT NULL; END IF;
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  RETURN p_ids;
END $$;

-- What the next attempts of these need, in cpus (thousandths) and bytes; null leaves it as it is.
CREATE FUNCTION change_needs(p_ids bigint[], p_cpu int, p_memory bigint, p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE ls bigint[]; jobs bigint[]; k int; a bigint; q req_class;
BEGIN
  PERFORM may_act(p_ids);
  ls := own_lanes(p_ids);
  SELECT array_agg(l.lane_id), array_agg(DISTINCT l.job_id), sum(l.todo) INTO ls, jobs, k FROM lane l JOIN req_class c USING (rclass)
   WHERE l.lane_id = ANY (ls) AND l.todo > 0 AND (c.cpu_m <> coalesce(p_cpu, c.cpu_m) OR c.memory <> coalesce(p_memory, c.memory));
  IF jobs IS NULL THEN RETURN '{}'; END IF;
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'needs', p_ids, concat_ws(' ', 'cpus ' || trim_scale(p_cpu / 1000.0), 'memory ' || pg_size_pretty(p_memory)), k) RETURNING action_id INTO a;
  INSERT INTO lane_before SELECT a, lane_id, prio, held, rclass FROM lane WHERE lane_id = ANY (ls);
  FOR q IN SELECT c.* FROM req_class c WHERE c.rclass IN (SELECT rclass FROM lane WHERE lane_id = ANY (ls)) ORDER BY c.needs, c.login, c.cpu_m, c.memory LOOP
    UPDATE lane SET rclass = req_class_of(coalesce(p_cpu, q.cpu_m), coalesce(p_memory, q.memory), q.needs, q.login)
     WHERE lane_id IN (SELECT lane_id FROM lane_before WHERE action_id = a AND rclass = q.rclass);
  END LOOP;
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  RETURN p_ids;
END $$;

-- What open requests mean for these lanes. The lanes are the caller's.
CREATE FUNCTION lane_stops(p_lanes bigint[]) RETURNS void LANGUAGE sql AS $$
  UPDATE lane l SET stop_at = q.s, kill_at = q.k
    FROM unnest(p_lanes) x LEFT JOIN (SELECT b.lane_id, min(q.not_before) s, min(q.not_before) FILTER (WHERE q.kill) k FROM lane_before b JOIN stop_request q USING (action_id) WHERE b.lane_id = ANY (p_lanes) GROUP BY 1) q ON q.lane_id = x
   WHERE l.lane_id = x $$;

-- ASK for a kill or a cancel that can be taken back until its grace is over: a few lanes are closed, no task is written.
CREATE FUNCTION ask_stop(p_ids bigint[], p_kill boolean, p_grace interval, p_actor text, OUT asked bigint, OUT n int) LANGUAGE plpgsql AS $$
DECLARE ls bigint[]; jobs bigint[];
BEGIN
  PERFORM may_act(p_ids);
  SELECT count(*) INTO n FROM task t JOIN lane l USING (lane_id) LEFT JOIN lease e ON e.task_id = t.task_id
   WHERE t.task_id = ANY (members(p_ids)) AND t.state IN ('B', 'R') AND CASE WHEN e.task_id IS NULL THEN l.bad = 0 ELSE p_kill AND e.stop IS DISTINCT FROM 'K' END;
  IF n = 0 THEN RETURN; END IF;
  ls := own_lanes(p_ids);
  INSERT INTO action (actor, verb, ids, n) VALUES (p_actor, CASE WHEN p_kill THEN 'kill' ELSE 'cancel' END, p_ids, n) RETURNING action_id INTO asked;
  INSERT INTO stop_request VALUES (asked, clock_timestamp() + p_grace, p_kill, p_ids);
  INSERT INTO lane_before SELECT asked, lane_id, prio, held, rclass FROM lane WHERE lane_id = ANY (ls);
  PERFORM lane_stops(ls);
  INSERT INTO change (kind, ids) SELECT 'J', array_agg(DISTINCT job_id) FROM lane WHERE lane_id = ANY (ls);
END $$;

-- Carries out one request whose grace is over, or this one now. Answers how many tasks it met; null when there is none.
CREATE FUNCTION carry_out(p_action bigint, OUT done int, OUT stopping int) LANGUAGE plpgsql AS $$
DECLARE q stop_request; r record; ls bigint[]; jobs bigint[]; locked bigint[];
BEGIN
  SELECT * INTO q FROM stop_request WHERE CASE WHEN p_action IS NULL THEN not_before <= clock_timestamp() ELSE action_id = p_action END ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN; END IF;
  IF p_action IS NOT NULL THEN PERFORM may_act(q.ids); END IF;   -- what is due anybody may carry out
  locked := ARRAY(SELECT b.lane_id FROM lane_before b WHERE b.action_id = q.action_id);
  SELECT * INTO r FROM stop_tasks(q.ids, q.kill, NULL, locked);
  done := r.n; stopping := cardinality(r.stopping);
  SELECT array_agg(b.lane_id), array_agg(DISTINCT l.job_id) INTO ls, jobs FROM lane_before b JOIN lane l USING (lane_id) WHERE b.action_id = q.action_id;
  DELETE FROM stop_request WHERE action_id = q.action_id;
  DELETE FROM lane_before WHERE action_id = q.action_id;
  IF ls IS NULL THEN RETURN; END IF;
  PERFORM lane_stops(ls);
  PERFORM rejoin(locked);
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
END $$;

-- UNDO: a request in its grace is as if it had not been; hold, release, priority and needs are again as they were, but
-- where somebody has changed the same since. Answers how many tasks that is, 0 for nothing.
CREATE FUNCTION undo_action(p_action bigint, p_actor text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE a action; ls bigint[]; jobs bigint[]; n int; requested boolean; met bigint[];
BEGIN
  SELECT * INTO a FROM action WHERE action_id = p_action FOR UPDATE;
  PERFORM may_act(a.ids);
  DELETE FROM stop_request WHERE action_id = p_action;
  requested := FOUND;
  met := ARRAY(SELECT b.lane_id FROM lane_before b WHERE b.action_id = p_action);
  SELECT array_agg(b.lane_id), array_agg(DISTINCT l.job_id) INTO ls, jobs FROM lane_before b JOIN lane l USING (lane_id)
   WHERE b.action_id = p_action AND (requested OR NOT EXISTS (SELECT 1 FROM lane_before x JOIN action y USING (action_id)
     WHERE x.lane_id = b.lane_id AND x.action_id > p_action AND (y.verb = a.verb OR y.verb IN ('hold', 'release') AND a.verb IN ('hold', 'release'))));
  IF ls IS NULL THEN RETURN 0; END IF;
  PERFORM lock_reach('{}', false, ls, true);
  PERFORM lock_leases('{}', ls);
  IF EXISTS (SELECT 1 FROM lane_before b WHERE b.action_id = p_action AND b.lane_id <> ALL (met)) THEN RAISE serialization_failure USING MESSAGE = 'a lane was split meanwhile'; END IF;
  UPDATE lane l SET prio = CASE WHEN a.verb = 'priority' THEN b.prio ELSE l.prio END, held = CASE WHEN a.verb IN ('hold', 'release') THEN b.held ELSE l.held END,
         rclass = CASE WHEN a.verb = 'needs' THEN b.rclass ELSE l.rclass END
    FROM lane_before b WHERE b.action_id = p_action AND b.lane_id = l.lane_id AND l.lane_id = ANY (ls);
  DELETE FROM lane_before WHERE action_id = p_action;
  PERFORM lane_stops(ls);
  SELECT sum(todo - failed) INTO n FROM lane WHERE lane_id = ANY (ls);
  PERFORM rejoin(ls);
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'undo', a.ids, a.verb, n);
  RETURN n;
END $$;

-- The last thing that somebody did from one place and can take back.
CREATE FUNCTION undoable(p_actor text) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT max(x.action_id) FROM action x WHERE x.actor = p_actor AND x.login = session_user AND x.place = current_setting('application_name') AND x.at > clock_timestamp() - interval '1 hour'
     AND EXISTS (SELECT 1 FROM lane_before b WHERE b.action_id = x.action_id) $$;

CREATE FUNCTION undo_last(p_actor text, OUT verb text, OUT n int) LANGUAGE plpgsql AS $$
DECLARE a bigint := undoable(p_actor);
BEGIN
  IF a IS NULL THEN RETURN; END IF;
  SELECT x.verb INTO verb FROM action x WHERE x.action_id = a;
  n := undo_action(a, p_actor);
END $$;

-- Give running tasks back: running, stopping, pending; same id, next attempt, no retry spent.
CREATE FUNCTION requeue_tasks(p_ids bigint[], p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE hit bigint[];
BEGIN
  PERFORM may_act(p_ids);
  hit := members(p_ids);
  PERFORM lock_leases(hit);
  WITH k AS (UPDATE lease l SET stop = 'Q', stop_at = clock_timestamp() WHERE l.task_id = ANY (hit) AND l.stop IS NULL RETURNING l.task_id)
  SELECT array_agg(task_id) INTO hit FROM k;
  IF hit IS NOT NULL THEN
    INSERT INTO change (kind, ids) VALUES ('T', hit);
    INSERT INTO action (actor, verb, ids, n) VALUES (p_actor, 'requeue', p_ids, cardinality(hit));
  END IF;
  RETURN coalesce(hit, '{}');
END $$;

-- LABEL the jobs of these: what is named is set, an empty value takes a label away.
CREATE FUNCTION label_jobs(p_ids bigint[], p_labels text, p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE jobs bigint[];
BEGIN
  PERFORM may_act(p_ids);
  WITH up AS (UPDATE job j SET labels = (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each_text(j.labels || p_labels::jsonb) WHERE value <> '')
               WHERE j.job_id IN (SELECT job_id FROM task WHERE task_id = ANY (p_ids)) RETURNING j.job_id) SELECT array_agg(job_id) INTO jobs FROM up;
  IF jobs IS NULL THEN RETURN '{}'; END IF;
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  INSERT INTO action (actor, verb, ids, args, n) SELECT p_actor, 'label', jobs, string_agg(key || '=' || value, ' '), cardinality(jobs) FROM jsonb_each_text(p_labels::jsonb);
  RETURN jobs;
END $$;

-- When a job may end, if as many of its tasks run on as do now and take as long as those that have ended (or as far as they say
-- that they are); before that, as long as those of its file took before, which their sort_key tells. Null while nothing of it runs
-- or nothing can be told yet.
CREATE FUNCTION predicted_end(p_job bigint) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  WITH done AS (SELECT avg(s) s FROM (SELECT extract(epoch FROM ended_at - started_at)::float8 s FROM task WHERE job_id = p_job AND state = 'S' AND kind <> 'G' AND started_at IS NOT NULL ORDER BY task_id DESC LIMIT 500) q),
  run AS (SELECT extract(epoch FROM clock_timestamp() - acquired_at)::float8 s, progress::float8 p FROM lease WHERE job_id = p_job),
  before AS (SELECT avg(d) / 100.0 s FROM (SELECT -t.sort_key & 2147483647 d FROM task t JOIN job j USING (job_id)
               WHERE t.job_id = p_job AND j.source IS NOT NULL AND t.kind <> 'G' AND t.state IN ('B', 'R') AND t.sort_key < 0 ORDER BY t.task_id LIMIT 500) q WHERE d > 0),
  mean AS (SELECT coalesce((SELECT s FROM done), (SELECT avg(s * 100 / p) FROM run WHERE p >= 1), (SELECT s FROM before)) s),
  rest AS (SELECT (SELECT sum(todo - failed) FROM lane WHERE job_id = p_job AND bad = 0) n, (SELECT count(*) FROM run) k,
                  (SELECT sum(CASE WHEN run.p >= 1 THEN run.s * (100 - run.p) / run.p ELSE greatest(mean.s - run.s, 0) END) FROM run, mean) running)
  SELECT CASE WHEN k > 0 AND mean.s IS NOT NULL THEN clock_timestamp() + (running + greatest(n - k, 0) * mean.s) / k * interval '1 s' END FROM rest, mean $$;

CREATE FUNCTION signal_tasks(p_ids bigint[], p_signal int, p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE hit bigint[];
BEGIN
  PERFORM may_act(p_ids);
  WITH k AS (INSERT INTO signal_request (task_id, attempt, worker_id, signal) SELECT task_id, attempt, worker_id, p_signal FROM lease WHERE task_id = ANY (members(p_ids)) RETURNING task_id)
  SELECT array_agg(task_id) INTO hit FROM k;
  IF hit IS NOT NULL THEN INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, CASE p_signal WHEN 18 THEN 'resume' WHEN 19 THEN 'suspend' ELSE 'signal' END, p_ids, CASE WHEN p_signal NOT IN (18, 19) THEN p_signal::text END, cardinality(hit)); END IF;
  RETURN coalesce(hit, '{}');
END $$;

CREATE FUNCTION add_note(p_ids bigint[], p_workers text[], p_body text, p_actor text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN
  INSERT INTO note (actor, task_id, worker, body) SELECT p_actor, t.task_id, NULL, p_body FROM task t WHERE t.task_id = ANY (p_ids) UNION ALL SELECT p_actor, NULL, w, p_body FROM unnest(p_workers) w;
  GET DIAGNOSTICS n = ROW_COUNT;
  IF n > 0 THEN
    INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'note', p_ids, concat_ws(' ', nullif(array_to_string(p_workers, ' '), ''), p_body), n);
    INSERT INTO change (kind, ids) VALUES ('T', p_ids);
    INSERT INTO change (kind, ids, worker_id) SELECT 'W', '{}', worker_id FROM worker WHERE name = ANY (p_workers);
  END IF;
  RETURN n;
END $$;

-- Remove ended jobs whole. What is not ended stays, and what has failed while a job that stays is blocked by it, for that one
-- could never be mended; the answer says what went.
CREATE FUNCTION remove_jobs(p_ids bigint[], p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE gone bigint[]; ts bigint[]; ls bigint[]; cand bigint[] := p_ids;
BEGIN
  -- a job's root is the last of its tasks: all of them in one pass, and then look whether it may go
  PERFORM 1 FROM task t WHERE t.job_id = ANY (ARRAY(SELECT r.task_id FROM task r WHERE r.task_id = ANY (p_ids) AND r.task_id = r.job_id AND r.state IN ('S', 'E', 'K', 'X'))) ORDER BY t.task_id FOR UPDATE;
  LOOP
    SELECT array_agg(t.task_id) INTO gone FROM task t WHERE t.task_id = ANY (cand) AND t.task_id = t.job_id AND t.state IN ('S', 'E', 'K', 'X')
       AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.job_id = t.job_id)
       AND NOT EXISTS (SELECT 1 FROM task u JOIN dep d ON d.upstream = u.task_id JOIN task v ON v.task_id = d.downstream
                        WHERE u.job_id = t.job_id AND v.job_id <> ALL (cand) AND (u.state <> 'S' OR v.state IN ('B', 'R')))
       AND NOT EXISTS (SELECT 1 FROM task u JOIN gate g ON g.upstream = u.task_id JOIN lane l ON l.lane_id = g.lane_id WHERE u.job_id = t.job_id AND l.job_id <> ALL (cand) AND u.state <> 'S');
    IF gone IS NULL THEN RETURN '{}'; END IF;
    EXIT WHEN cardinality(gone) = cardinality(cand);
    cand := gone;
  END LOOP;
  SELECT array_agg(task_id) INTO ts FROM task WHERE job_id = ANY (gone);
  SELECT array_agg(lane_id) INTO ls FROM lane WHERE job_id = ANY (gone);
  PERFORM 1 FROM lane l WHERE l.lane_id = ANY (ls) ORDER BY l.lane_id FOR UPDATE;
  DELETE FROM ready WHERE lane_id = ANY (ls);
  DELETE FROM gate WHERE lane_id = ANY (ls) OR upstream = ANY (ts);
  DELETE FROM lane_before WHERE lane_id = ANY (ls);
  DELETE FROM dep WHERE upstream = ANY (ts) OR downstream = ANY (ts);
  DELETE FROM log_chunk WHERE task_id = ANY (ts);
  DELETE FROM usage_sample WHERE task_id = ANY (ts);
  DELETE FROM gone_part WHERE job_id = ANY (gone);
  DELETE FROM log_size WHERE job_id = ANY (gone);
  DELETE FROM attempt WHERE task_id = ANY (ts);
  DELETE FROM note WHERE task_id = ANY (ts);
  DELETE FROM task_spec WHERE task_id = ANY (ts);
  DELETE FROM task WHERE task_id = ANY (ts);
  DELETE FROM lane WHERE lane_id = ANY (ls);
  DELETE FROM file_wait WHERE job_id = ANY (gone);
  DELETE FROM continuation WHERE task_id = ANY (ts);
  DELETE FROM job_link WHERE upstream = ANY (gone) OR downstream = ANY (gone);
  DELETE FROM job WHERE job_id = ANY (gone);
  INSERT INTO change (kind, ids) VALUES ('D', gone);
  INSERT INTO action (actor, verb, ids, n) VALUES (p_actor, 'rm', p_ids, cardinality(gone));
  RETURN gone;
END $$;

DO $$ DECLARE f text; BEGIN
  -- What people do to one task must not read all of them where nobody has analyzed the tables yet; that it is a million they do name.
  FOREACH f IN ARRAY ARRAY['stop_tasks', 'retry_tasks', 'mark_done', 'requeue_tasks', 'signal_tasks', 'own_lanes', 'rejoin', 'ask_stop', 'add_dependencies', 'drop_dependencies', 'append_tasks', 'reap_leases'] LOOP
    EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', f);
    EXECUTE format('ALTER FUNCTION %s SET enable_mergejoin = off', f);
    EXECUTE format('ALTER FUNCTION %s SET enable_material = off', f);
    EXECUTE format('ALTER FUNCTION %s SET jit = off', f);
  END LOOP;
  FOREACH f IN ARRAY ARRAY['stop_tasks', 'retry_tasks', 'mark_done', 'requeue_tasks', 'signal_tasks', 'reap_leases'] LOOP
    EXECUTE format('ALTER FUNCTION %s SET enable_hashjoin = off', f);
  END LOOP;
END $$;

-- When the server last threw its statistics away: it does after a crash. The numbers of transactions whose commits had not come to
-- the disk are then given to others, so a cursor of before may count as seen what nobody has seen.
CREATE FUNCTION came_up_at() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT pg_stat_get_bgwriter_stat_reset_time() $$;

-- CHANGE FEED: exactly the rows visible now and not at the cursor; never misses, never repeats, never waits for a slow writer (PgQ's snapshot difference).
CREATE FUNCTION feed(p_epoch uuid, p_cursor pg_snapshot) RETURNS TABLE (epoch uuid, next_cursor pg_snapshot, resync boolean, seq bigint, kind "char", ids bigint[], worker_id int) LANGUAGE sql STABLE AS $$
  WITH f AS MATERIALIZED (SELECT e.epoch, pg_current_snapshot() s, (e.epoch IS DISTINCT FROM p_epoch OR p_cursor IS NULL OR pg_snapshot_xmin(p_cursor) < ff.floor) rs
                            FROM feed_floor ff CROSS JOIN LATERAL (SELECT md5(concat(ff.epoch, extract(epoch FROM came_up_at())))::uuid epoch) e),
       c AS (SELECT * FROM change WHERE xid >= pg_snapshot_xmax(p_cursor)
             UNION ALL SELECT * FROM change WHERE xid = ANY (ARRAY(SELECT pg_snapshot_xip(p_cursor))))
  SELECT f.epoch, f.s, f.rs, c.seq, c.kind, c.ids, c.worker_id FROM f LEFT JOIN c ON NOT f.rs ORDER BY c.seq $$;

-- One task as every reader sees it.
CREATE VIEW task_view AS
SELECT t.task_id, t.job_id, t.parent_id, t.kind, s.name,
  CASE WHEN t.state = 'S' THEN 'success' WHEN t.state = 'E' THEN 'error' WHEN t.state = 'K' THEN 'killed' WHEN t.state = 'X' THEN 'cancelled'
       WHEN e.task_id IS NOT NULL THEN CASE WHEN e.stop IS NOT NULL THEN 'stopping' WHEN e.suspended THEN 'suspended' ELSE 'running' END
       WHEN t.kind = 'G' THEN CASE
            WHEN t.task_id = t.job_id AND EXISTS (SELECT 1 FROM lease x WHERE x.job_id = t.job_id) THEN 'running'
            WHEN t.task_id <> t.job_id AND EXISTS (SELECT 1 FROM lease x JOIN lane y USING (lane_id) WHERE x.job_id = t.job_id AND y.group_id = t.task_id) THEN 'running'
            WHEN EXISTS (SELECT 1 FROM lane y WHERE y.job_id = t.job_id AND (t.task_id = t.job_id OR y.group_id = t.task_id) AND y.pickable
                         AND (NOT y.has_in OR EXISTS (SELECT 1 FROM ready r WHERE r.lane_id = y.lane_id))) THEN 'pending'
            WHEN EXISTS (SELECT 1 FROM lane y WHERE y.job_id = t.job_id AND (t.task_id = t.job_id OR y.group_id = t.task_id) AND y.held AND y.todo > y.failed) THEN 'held'
            ELSE 'waiting' END
       WHEN l.cut IS NOT NULL THEN 'cancelled' WHEN l.bad > 0 THEN 'error' WHEN l.held THEN 'held' WHEN l.gate > 0 OR l.files OR t.state = 'B' THEN 'waiting' ELSE 'pending' END AS state,
  CASE WHEN t.state IN ('B', 'R') AND e.task_id IS NULL AND l.bad > 0 THEN CASE WHEN l.cut IS NULL THEN 'dep_failed' ELSE '' END
       ELSE coalesce(t.reason, CASE WHEN t.state IN ('B', 'R') AND e.task_id IS NULL AND (t.kind = 'G' OR l.held) THEN j.held_for END, '') END AS reason,
  t.exit_code, t.signal, coalesce(e.attempt, t.attempt) AS attempt, w.name AS worker,
  coalesce(e.progress, t.progress) AS progress, coalesce(e.status, t.status, '') AS status,
  coalesce(l.prio, (SELECT max(y.prio) FROM lane y WHERE y.job_id = t.job_id AND (t.task_id = t.job_id OR y.group_id = t.task_id)), 0) AS prio,
  j.owner, j.created_at, coalesce(e.acquired_at, t.started_at) AS started_at, t.ended_at,
  CASE WHEN t.state IN ('B', 'R') AND l.bad > 0 THEN CASE WHEN l.cut IS NULL THEN l.cause END ELSE t.cause END AS cause,
  CASE WHEN t.state NOT IN ('B', 'R') THEN NULL WHEN e.task_id IS NOT NULL THEN CASE WHEN e.stop IS NULL THEN l.kill_at END WHEN t.kind <> 'G' THEN CASE WHEN l.bad = 0 THEN l.stop_at END
       WHEN EXISTS (SELECT 1 FROM stop_request) THEN (SELECT CASE WHEN bool_and(y.stop_at IS NOT NULL) THEN min(y.stop_at) END FROM lane y
            WHERE y.job_id = t.job_id AND (t.task_id = t.job_id OR y.group_id = t.task_id) AND y.todo > y.failed AND y.bad = 0) END AS stops_at
FROM task t JOIN task_spec s USING (task_id) JOIN job j ON j.job_id = t.job_id
LEFT JOIN lane l ON l.lane_id = t.lane_id LEFT JOIN lease e ON e.task_id = t.task_id
LEFT JOIN worker w ON w.worker_id = coalesce(e.worker_id, t.worker_id);
