-- What workers and people call in place of tables: on a shared farm (aque/roles) workers have no right to any table, and people
-- may only read them.

-- MAY HE? On a farm that is one domain of trust everybody may do everything: these say nothing, and cost nothing. `aque init
-- --roles` puts the rules of a shared farm in their place.
CREATE FUNCTION may_act(p_ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION may_need(p_classes int[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION may_work(p_worker int) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION own_classes(p_classes int[]) RETURNS int[] LANGUAGE plpgsql AS $$ BEGIN RETURN p_classes; END $$;
-- p_of_tasks and p_of_lanes: places in a job of so many tasks and lanes.
CREATE FUNCTION may_place(p_tasks int, p_lanes int, p_of_tasks int[], p_more_tasks int[], p_of_lanes int[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;

-- The parts of a large job that is being submitted: nobody else's numbers can be named.
CREATE TABLE reservation (
  base  bigint PRIMARY KEY,
  job   bigint NOT NULL,
  lanes bigint[] NOT NULL,
  xid   xid8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE FUNCTION submit_part(p_base bigint, p_job bigint, p_lanes bigint[], p_first int,
    t_kind text[], t_parent int[], t_lane int[], t_name text[], t_argv text[], t_step int[], t_params text[], t_opts text[],
    t_sort bigint[], t_pending int[], t_open int[], e_up int[], e_down int[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM is_reserved(p_base, p_job, p_lanes);
  PERFORM may_place((p_job - p_base + 1)::int, cardinality(p_lanes), t_parent, e_up, t_lane);
  PERFORM may_place((p_job - p_base + 1)::int, 0, e_down, ARRAY[p_first + cardinality(t_name) - 1], '{}');
  PERFORM submit_tasks(p_base, p_job, p_lanes, p_first, t_kind, t_parent, t_lane, t_name, t_argv, t_step, t_params, t_opts, t_sort, t_pending, t_open, e_up, e_down);
END $$;
ALTER FUNCTION submit_part SET plan_cache_mode = force_generic_plan;

CREATE FUNCTION is_reserved(p_base bigint, p_job bigint, p_lanes bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM reservation r WHERE r.base = p_base AND r.job = p_job AND r.lanes = p_lanes AND r.xid = pg_current_xact_id();
  IF NOT FOUND THEN RAISE EXCEPTION 'these numbers were not reserved' USING ERRCODE = 'AQ001'; END IF;
END $$;

-- The doors of what the farm itself does, too, without anybody who asks: a grace that is over, a retention.
CREATE FUNCTION stop_asked(p_ids bigint[], p_kill boolean, p_actor text, OUT cancelled bigint[], OUT stopping bigint[], OUT n int) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM may_act(p_ids);
  SELECT s.cancelled, s.stopping, s.n INTO cancelled, stopping, n FROM stop_tasks(p_ids, p_kill, coalesce(p_actor, session_user)) s;
END $$;

CREATE FUNCTION remove_asked(p_ids bigint[], p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
BEGIN
  PERFORM may_act(p_ids);
  RETURN remove_jobs(p_ids, p_actor);
END $$;

-- What ended jobs wrote and left goes, logs and results; the jobs stay (P32). What something still waits for is kept.
CREATE FUNCTION drop_results(p_ids bigint[], p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE gone bigint[];
BEGIN
  PERFORM may_act(p_ids);
  SELECT array_agg(t.task_id ORDER BY t.task_id) INTO gone FROM task t WHERE t.task_id = ANY (p_ids) AND t.task_id = t.job_id AND t.state IN ('S', 'E', 'K', 'X')
     AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.job_id = t.job_id)
     AND NOT EXISTS (SELECT 1 FROM task u JOIN dep d ON d.upstream = u.task_id JOIN task v ON v.task_id = d.downstream WHERE u.job_id = t.job_id AND v.job_id <> t.job_id AND v.state IN ('B', 'R'));
  IF gone IS NULL THEN RETURN '{}'; END IF;
  PERFORM drop_logs(g) FROM unnest(gone) g;
  INSERT INTO change (kind, ids) VALUES ('J', gone);
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'rm', gone, 'results', cardinality(gone));
  RETURN gone;
END $$;

-- The key of a job that has ended is for the next.
CREATE FUNCTION free_key(p_key text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE j bigint;
BEGIN
  SELECT job_id INTO j FROM job WHERE submit_key = p_key;
  IF j IS NULL OR NOT EXISTS (SELECT 1 FROM task_view v WHERE v.task_id = j AND v.state IN ('success', 'error', 'killed', 'cancelled')) THEN RETURN; END IF;
  PERFORM may_act(ARRAY[j]);
  UPDATE job SET submit_key = NULL WHERE job_id = j AND submit_key = p_key;
END $$;

-- The OpenJD document of a group's job, for whoever lets it grow by tasks that wait for these; nobody else meanwhile. In the order of
-- locks tasks come before the row of their job.
CREATE FUNCTION take_document(p_group bigint, p_after bigint[], OUT job bigint, OUT doc text) LANGUAGE plpgsql AS $$
BEGIN
  SELECT t.job_id INTO job FROM task t WHERE t.task_id = p_group;
  PERFORM may_act(ARRAY[job]);
  PERFORM lock_reach(p_after || p_group);
  SELECT j.doc INTO doc FROM job j WHERE j.job_id = job FOR UPDATE;
END $$;

CREATE FUNCTION put_document(p_job bigint, p_doc text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM may_act(ARRAY[p_job]);
  UPDATE job SET doc = p_doc WHERE job_id = p_job;
END $$;

CREATE FUNCTION set_limit(p_name text, p_most int, p_per text, p_actor text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO farm_limit (name, most, per) VALUES (p_name, p_most, p_per) ON CONFLICT (name) DO UPDATE SET most = excluded.most, per = excluded.per;
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'limit', '{}', p_name || ' ' || p_most, 0);
END $$;

-- p_keep null: for good.
CREATE FUNCTION set_retention(p_what text, p_keep interval, p_folder text, p_actor text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p_keep IS NULL THEN
    DELETE FROM retention WHERE what = p_what;
    IF NOT FOUND THEN RETURN; END IF;
  ELSE
    INSERT INTO retention (what, keep, folder) VALUES (p_what, p_keep, p_folder) ON CONFLICT (what) DO UPDATE SET keep = excluded.keep, folder = excluded.folder;
  END IF;
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'retention', '{}', p_what || ' ' || coalesce(p_keep::text, 'for good'), 0);
END $$;

-- WORKERS. Each one is who said hello for it.
CREATE FUNCTION worker_anew(p_worker int, p_incarnation uuid, p_cpu int, p_memory bigint, p_capabilities text, p_version text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE worker SET cpu_m = p_cpu, memory = p_memory, capabilities = p_capabilities, version = p_version WHERE worker_id = p_worker AND incarnation = p_incarnation AND login = session_user;
  IF FOUND THEN INSERT INTO change (kind, ids, worker_id) VALUES ('W', '{}', p_worker); END IF;
END $$;

CREATE FUNCTION classes(p_after int) RETURNS SETOF req_class LANGUAGE sql STABLE AS $$
  SELECT * FROM req_class WHERE rclass > p_after ORDER BY rclass $$;

CREATE FUNCTION document(p_job bigint) RETURNS text LANGUAGE sql STABLE AS $$ SELECT doc FROM job WHERE job_id = p_job $$;

-- Has the lane of this running task more that could start?
CREATE FUNCTION more_like(p_task bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM task t JOIN lane l USING (lane_id) WHERE t.task_id = p_task AND l.pickable
     AND l.todo - l.failed > (SELECT count(*) FROM lease e WHERE e.job_id = l.job_id AND e.lane_id = l.lane_id)) $$;

CREATE FUNCTION suspend_task(p_task bigint, p_attempt int, p_on boolean) RETURNS void LANGUAGE sql AS $$
  WITH l AS (UPDATE lease e SET suspended = p_on FROM worker w WHERE e.task_id = p_task AND e.attempt = p_attempt AND w.worker_id = e.worker_id AND w.login = session_user RETURNING e.task_id, e.worker_id)
  INSERT INTO change (kind, ids, worker_id) SELECT 'T', ARRAY[task_id], worker_id FROM l $$;

CREATE FUNCTION take_signals(p_worker int) RETURNS TABLE (task_id bigint, attempt int, signal int) LANGUAGE sql AS $$
  WITH gone AS (DELETE FROM signal_request s USING worker w WHERE s.worker_id = p_worker AND w.worker_id = s.worker_id AND w.login = session_user RETURNING s.request_id, s.task_id, s.attempt, s.signal)
  SELECT g.task_id, g.attempt, g.signal FROM gone g ORDER BY g.request_id $$;

CREATE FUNCTION told_task(p_task bigint) RETURNS SETOF task_view LANGUAGE sql STABLE AS $$ SELECT * FROM task_view WHERE task_id = p_task $$;

CREATE FUNCTION log_append(p_task bigint[], p_attempt int[], p_chan smallint[], p_off bigint[], p_at timestamptz[], p_data bytea[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Side by side in the list: in FROM they would be written to the server's disk first, when they are more than its work_mem.
  INSERT INTO log_chunk (task_id, attempt, chan, off, at, data) SELECT unnest(p_task), unnest(p_attempt), unnest(p_chan), unnest(p_off), unnest(p_at), unnest(p_data);
END $$;

-- The same for what may be there already.
CREATE FUNCTION log_append_once(p_task bigint[], p_attempt int[], p_chan smallint[], p_off bigint[], p_at timestamptz[], p_data bytea[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO log_chunk (task_id, attempt, chan, off, at, data)
    SELECT t, n, c, o, at, data FROM unnest(p_task, p_attempt, p_chan, p_off, p_at, p_data) WITH ORDINALITY u(t, n, c, o, at, data, place)
     WHERE NOT EXISTS (SELECT 1 FROM log_chunk l WHERE l.task_id = u.t AND l.attempt = u.n AND l.chan = u.c AND l.off = u.o) ORDER BY place;
END $$;

-- Chunks of one attempt after p_after, up to about so many bytes and at least one.
CREATE FUNCTION log_page(p_task bigint, p_attempt int, p_after bigint, p_bytes bigint)
  RETURNS TABLE (seq bigint, task_id bigint, attempt int, chan smallint, off bigint, at timestamptz, data bytea) LANGUAGE sql STABLE AS $$
  SELECT p.seq, p.task_id, p.attempt, p.chan, p.off, p.at, p.data FROM (
    SELECT q.*, sum(length(q.data)) OVER (ORDER BY q.seq) - length(q.data) AS before FROM (
      SELECT * FROM log_chunk l WHERE l.task_id = p_task AND l.attempt = p_attempt AND l.seq > p_after ORDER BY l.seq LIMIT 8192) q) p
   WHERE p.before < p_bytes ORDER BY p.seq $$;

-- Drops what of a long stream lies wholly from p_head up to p_tail; a line where it was says how much is missing.
CREATE FUNCTION log_drop_middle(p_task bigint, p_attempt int, p_chan int, p_head bigint, p_tail bigint) RETURNS bigint LANGUAGE sql AS $$
  WITH middle AS MATERIALIZED (
    SELECT seq, off, at, off + length(data) AS ending FROM log_chunk WHERE task_id = p_task AND attempt = p_attempt AND chan = p_chan AND off >= p_head AND off + length(data) <= p_tail),
  gone AS (DELETE FROM log_chunk l USING middle m WHERE (SELECT count(*) FROM middle) > 1 AND l.task_id = p_task AND l.attempt = p_attempt AND l.seq = m.seq AND l.at = m.at RETURNING length(l.data) n),
  mark AS (INSERT INTO log_chunk (seq, task_id, attempt, chan, off, at, data) OVERRIDING SYSTEM VALUE
    SELECT min(seq), p_task, p_attempt, p_chan, min(off), min(at), convert_to(format(E'\n[aque: %s bytes are left out here]\n', max(ending) - min(off)), 'UTF8') FROM middle HAVING count(*) > 1)
  SELECT coalesce(sum(n), 0)::bigint FROM gone $$;

CREATE FUNCTION usage_append(p_task bigint[], p_attempt int[], p_at timestamptz[], p_cpu int[], p_memory bigint[], p_read bigint[], p_write bigint[], p_procs int[],
    p_threads int[], p_pss bigint[], p_gpu int[], p_gpu_memory bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_sample (task_id, attempt, at, cpu_m, memory, read_b, write_b, procs, threads, pss, gpu_m, gpu_memory)
    SELECT t, a, at, c, m, r, w, p, nullif(th, -1), nullif(ps, -1), nullif(g, -1), nullif(gm, -1)
      FROM unnest(p_task, p_attempt, p_at, p_cpu, p_memory, p_read, p_write, p_procs, p_threads, p_pss, p_gpu, p_gpu_memory) u(t, a, at, c, m, r, w, p, th, ps, g, gm);
END $$;

CREATE FUNCTION retention_rules() RETURNS TABLE (what text, seconds bigint, folder text) LANGUAGE sql STABLE AS $$
  SELECT r.what, extract(epoch FROM r.keep)::bigint, r.folder FROM retention r ORDER BY 1 $$;

-- The logs of a job that hold anything.
CREATE FUNCTION logs_of(p_job bigint) RETURNS TABLE (task_id bigint, attempt int) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT l.task_id, l.attempt FROM task t JOIN log_chunk l USING (task_id) WHERE t.job_id = p_job ORDER BY 1, 2 $$;

-- Is it the caller's turn to count how much of this there is? One worker's in half a minute.
CREATE FUNCTION limit_due(p_name text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO farm_limit (name, most, counted_at) VALUES (p_name, 0, clock_timestamp()) ON CONFLICT (name) DO UPDATE SET counted_at = clock_timestamp()
    WHERE farm_limit.counted_at IS NULL OR farm_limit.counted_at < clock_timestamp() - interval '30 s';
  RETURN FOUND;
END $$;

CREATE FUNCTION limit_is(p_name text, p_most int) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  UPDATE farm_limit SET most = p_most WHERE name = p_name AND most <> p_most;
  RETURN FOUND;
END $$;

CREATE FUNCTION budget_of_logs() RETURNS TABLE (farm bigint, job bigint) LANGUAGE sql STABLE AS $$ SELECT b.farm, b.job FROM log_budget b $$;

CREATE FUNCTION set_log_budget(p_farm bigint, p_job bigint, p_actor text) RETURNS void LANGUAGE sql AS $$
  WITH b AS (UPDATE log_budget SET farm = p_farm, job = p_job RETURNING *)
  INSERT INTO action (actor, verb, ids, args, n) SELECT p_actor, 'retention', '{}', concat_ws(' ', 'log-budget', coalesce(pg_size_pretty(farm), 'none'), 'job-log-budget', pg_size_pretty(job)), 0 FROM b $$;

CREATE FUNCTION path_roots() RETURNS SETOF path_root LANGUAGE sql STABLE AS $$ SELECT * FROM path_root ORDER BY name $$;

CREATE FUNCTION set_path_root(p_name text, p_linux text, p_windows text, p_macos text, p_actor text) RETURNS void LANGUAGE sql AS $$
  WITH r AS (INSERT INTO path_root (name, linux, windows, macos) VALUES (p_name, p_linux, p_windows, p_macos)
             ON CONFLICT (name) DO UPDATE SET linux = excluded.linux, windows = excluded.windows, macos = excluded.macos RETURNING *)
  INSERT INTO action (actor, verb, ids, args, n) SELECT p_actor, 'path', '{}', concat_ws(' ', name, linux, windows, macos), 0 FROM r $$;

CREATE FUNCTION drop_path_root(p_name text, p_actor text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM path_root WHERE name = p_name;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'path', '{}', p_name || ' off', 0);
  RETURN true;
END $$;

-- Lines of a worker's own log.
CREATE FUNCTION worker_says(p_worker text, p_at timestamptz[], p_level text[], p_line text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO worker_log (worker, at, level, line) SELECT p_worker, u.at, u.level, u.line FROM unnest(p_at, p_level, p_line) u(at, level, line) $$;
