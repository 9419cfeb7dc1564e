-- A SHARED FARM: who may do what. Run as aque_owner, after every migration; it says all anew. Who asks is session_user: inside
-- these functions current_user is the owner.
ALTER DEFAULT PRIVILEGES FOR ROLE aque_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE OR REPLACE FUNCTION is_wrangler() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT pg_has_role(session_user, 'aque_wrangler', 'MEMBER') $$;

-- Artists act on their own jobs, who is in aque_lead_G on those of the group G, wranglers on all.
CREATE OR REPLACE FUNCTION may_act(p_ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE j job;
BEGIN
  IF is_wrangler() THEN RETURN; END IF;
  SELECT * INTO j FROM job x WHERE x.job_id IN (SELECT t.job_id FROM task t WHERE t.task_id = ANY (p_ids)) AND x.owner <> session_user
     AND NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = 'aque_lead_' || x.share AND pg_has_role(session_user, r.oid, 'MEMBER')) ORDER BY x.job_id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'job % is of %, and you are %: its owner, a lead of its group or a wrangler may do that', j.job_id, j.owner, session_user USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

-- A task runs as the login of its class: nobody submits one for another.
CREATE OR REPLACE FUNCTION may_need(p_classes int[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM req_class q WHERE q.rclass = ANY (p_classes) AND q.login <> session_user) THEN
    RAISE EXCEPTION 'a task runs as the login that submits it' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION may_work(p_worker int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM worker w WHERE w.worker_id = p_worker AND w.login = session_user;
  IF NOT FOUND THEN RAISE EXCEPTION 'worker % is of another login', p_worker USING ERRCODE = 'insufficient_privilege'; END IF;
END $$;

-- The worker of an artist takes what he himself submitted; only a login that is nothing but a worker takes what all did.
CREATE OR REPLACE FUNCTION own_classes(p_classes int[]) RETURNS int[] LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_has_role(session_user, 'aque_artist', 'MEMBER') OR (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = session_user) THEN RETURN p_classes; END IF;
  RETURN ARRAY(SELECT q.rclass FROM req_class q WHERE q.rclass = ANY (p_classes) AND q.login = session_user);
END $$;

CREATE OR REPLACE FUNCTION may_place(p_tasks int, p_lanes int, p_of_tasks int[], p_more_tasks int[], p_of_lanes int[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (-1 <= ALL (p_of_tasks) AND p_tasks > ALL (p_of_tasks) AND -1 <= ALL (p_more_tasks) AND p_tasks > ALL (p_more_tasks) AND -1 <= ALL (p_of_lanes) AND p_lanes > ALL (p_of_lanes)) THEN
    RAISE EXCEPTION 'places outside of the job' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

-- Whose a job is nobody says but the server; wranglers submit for others.
CREATE OR REPLACE FUNCTION own_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT is_wrangler() THEN NEW.owner := session_user; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER job_owner BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION own_job();

DO $$ DECLARE
  -- what each may call; all that only reads is for artists. What is in no list is called by these alone
  artist constant text[] := ARRAY['submit', 'submit_one', 'submit_reserve', 'submit_part', 'req_class_of', 'append_tasks', 'take_document', 'put_document', 'free_key',
    'stop_asked', 'ask_stop', 'carry_out', 'undo_action', 'undo_last', 'retry_tasks', 'mark_done', 'requeue_tasks', 'signal_tasks', 'steer', 'change_needs',
    'depend', 'continue_as', 'drop_dependencies', 'drop_file', 'with_upstream', 'label_jobs', 'add_note', 'remove_asked', 'drop_results', 'add_up'];
  wrangler constant text[] := ARRAY['set_share', 'set_limit', 'set_retention', 'steer_workers', 'drain_by', 'set_workers', 'expire', 'add_policy', 'drop_policy',
    'set_log_budget', 'drop_logs', 'set_path_root', 'drop_path_root', 'log_append'];
  worker constant text[] := ARRAY['worker_hello', 'worker_anew', 'worker_bye', 'heartbeat', 'take_signals', 'acquire', 'complete', 'suspend_task', 'classes', 'document', 'more_like', 'comes_before', 'make_room', 'keep_room',
    'reap', 'reap_forgotten', 'prune_changes', 'aside_when_sick', 'carry_out', 'files_to_see', 'files_seen', 'volume_away', 'folder_away', 'told_task', 'members',
    'log_append', 'log_append_once', 'log_page', 'log_drop_middle', 'usage_append', 'retention_rules', 'expired', 'logs_of', 'expire', 'add_up',
    'limit_due', 'limit_is', 'worker_says', 'budget_of_logs', 'add_log_sizes', 'log_watch', 'logs_to_drop', 'drop_logs', 'path_roots', 'queue_of'];
  f record; missing text;
BEGIN
  SELECT string_agg(n, ' ') INTO missing FROM unnest(artist || wrangler || worker) n WHERE NOT EXISTS (SELECT 1 FROM pg_proc p WHERE p.pronamespace = 'aque'::regnamespace AND p.proname = n);
  IF missing IS NOT NULL THEN RAISE EXCEPTION 'no such functions: %', missing; END IF;
  GRANT USAGE ON SCHEMA aque TO aque_artist, aque_worker;
  REVOKE ALL ON ALL TABLES IN SCHEMA aque FROM PUBLIC, aque_worker, aque_wrangler;
  GRANT SELECT ON ALL TABLES IN SCHEMA aque TO aque_artist;
  FOR f IN SELECT p.oid::regprocedure proc, p.proname name, p.provolatile <> 'v' reads FROM pg_proc p WHERE p.pronamespace = 'aque'::regnamespace LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, aque_artist, aque_wrangler, aque_worker', f.proc);
    IF f.name = ANY (artist || wrangler || worker) THEN EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = aque, pg_temp', f.proc); END IF;
    IF f.name = ANY (artist) OR f.reads THEN EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO aque_artist', f.proc); END IF;
    IF f.name = ANY (wrangler) THEN EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO aque_wrangler', f.proc); END IF;
    IF f.name = ANY (worker) THEN EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO aque_worker', f.proc); END IF;
  END LOOP;
END $$;
