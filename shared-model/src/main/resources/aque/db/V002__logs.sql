-- What tasks write and use. Partitioned by day of arrival, so that retention is dropping a partition.
CREATE TABLE log_chunk (
  seq     bigint GENERATED ALWAYS AS IDENTITY,
  task_id bigint NOT NULL,
  attempt int NOT NULL,
  chan    smallint NOT NULL,
  off     bigint NOT NULL,                -- byte offset in the attempt's channel
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  data    bytea NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE log_chunk_rest PARTITION OF log_chunk DEFAULT;
CREATE INDEX log_chunk_task ON log_chunk (task_id, attempt, seq);
DO $$ BEGIN
  ALTER TABLE log_chunk ALTER data SET COMPRESSION lz4;
  ALTER TABLE log_chunk_rest ALTER data SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;   -- the embedded binaries are built without lz4
END $$;

CREATE TABLE usage_sample (
  task_id bigint NOT NULL,
  attempt int NOT NULL,
  at      timestamptz NOT NULL,
  cpu_m   int NOT NULL,
  memory  bigint NOT NULL,
  read_b  bigint NOT NULL,
  write_b bigint NOT NULL,
  procs   int NOT NULL,
  -- of the whole tree where the machine tells: threads, bytes that count once what is shared, thousandths and bytes of gpus
  threads    int,
  pss        bigint,
  gpu_m      int,
  gpu_memory bigint
);
CREATE INDEX usage_task ON usage_sample (task_id, attempt, at);

-- What workers say of themselves, a week long; by name, since that outlives a restart.
CREATE TABLE worker_log (
  worker text NOT NULL,
  at     timestamptz NOT NULL,
  level  text NOT NULL,
  line   text NOT NULL
);
CREATE INDEX worker_log_at ON worker_log (worker, at);

-- How busy the farm was: one row every ten seconds, written by whichever worker looks around first.
CREATE TABLE farm_sample (
  at          timestamptz PRIMARY KEY,
  workers     int NOT NULL,
  cpu_m       bigint NOT NULL,            -- thousandths of a core of the workers that are up; given out of them
  used_m      bigint NOT NULL,
  memory      bigint NOT NULL,
  used_memory bigint NOT NULL,
  running     int NOT NULL
);

CREATE FUNCTION sample_farm(p_every interval DEFAULT '10 s') RETURNS void LANGUAGE sql AS $$
  INSERT INTO farm_sample
  SELECT clock_timestamp(), w.n, w.cpu, l.cpu, w.memory, l.memory, l.n
    FROM (SELECT count(*) n, coalesce(sum(cpu_m), 0) cpu, coalesce(sum(memory), 0) memory FROM worker WHERE state IN ('up', 'draining')) w,
         (SELECT count(*) n, coalesce(sum(cpu_m), 0) cpu, coalesce(sum(memory), 0) memory FROM lease) l
   WHERE NOT EXISTS (SELECT 1 FROM farm_sample WHERE at > clock_timestamp() - p_every)
  ON CONFLICT DO NOTHING $$;

-- How long what of an ended job is kept; what has no row is kept for good. folder: where its logs are written before.
CREATE TABLE retention (
  what   text PRIMARY KEY CHECK (what IN ('logs', 'usage', 'jobs')),
  keep   interval NOT NULL CHECK (keep > '0'),
  folder text
);
-- What has gone of jobs that are still there, and when: one that is run again has new logs.
CREATE TABLE gone_part (
  job_id bigint NOT NULL,
  what   text NOT NULL,
  at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (job_id, what)
);

-- About so much was written by the tasks of a job and is still kept; workers add to it twice a minute.
CREATE TABLE log_size (
  job_id bigint PRIMARY KEY,
  bytes  bigint NOT NULL
) WITH (fillfactor = 50);

-- How much may be kept in all (null: no bound) and of one job. No task fails for it.
CREATE TABLE log_budget (
  one  boolean PRIMARY KEY DEFAULT true CHECK (one),
  farm bigint CHECK (farm > 0),
  job  bigint NOT NULL DEFAULT 21474836480 CHECK (job > 0)
);
INSERT INTO log_budget DEFAULT VALUES;

CREATE FUNCTION add_log_sizes(p_ids bigint[], p_bytes bigint[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO log_size SELECT t.job_id, greatest(sum(u.b), 0) FROM unnest(p_ids, p_bytes) u(i, b) JOIN task t ON t.task_id = u.i GROUP BY 1 ORDER BY 1
  ON CONFLICT (job_id) DO UPDATE SET bytes = greatest(0, log_size.bytes + (SELECT sum(u.b) FROM unnest(p_ids, p_bytes) u(i, b) JOIN task t ON t.task_id = u.i WHERE t.job_id = log_size.job_id)) $$;

-- Of these jobs those that write too much, and whether all logs together are. From 80 % on an alarm an hour names who writes most.
CREATE FUNCTION log_watch(p_jobs bigint[], OUT crowded bigint[], OUT is_full boolean) LANGUAGE plpgsql AS $$
DECLARE b log_budget; total numeric; most bigint[]; words text;
BEGIN
  SELECT * INTO b FROM log_budget;
  SELECT coalesce(array_agg(job_id), '{}') INTO crowded FROM log_size WHERE job_id = ANY (p_jobs) AND bytes >= b.job;
  IF b.farm IS NULL THEN is_full := false; RETURN; END IF;
  SELECT coalesce(sum(bytes), 0) INTO total FROM log_size;
  is_full := total >= b.farm;
  IF total < 0.8 * b.farm OR NOT pg_try_advisory_xact_lock(4714, 2)
     OR EXISTS (SELECT 1 FROM action WHERE verb = 'alarm' AND args LIKE 'logs %' AND at > clock_timestamp() - interval '1 hour') THEN RETURN; END IF;
  SELECT array_agg(job_id), string_agg(format('%s %s (%s, %s)', job_id, title, owner, pg_size_pretty(bytes)), ', ') INTO most, words
    FROM (SELECT z.job_id, z.bytes, j.title, j.owner FROM log_size z JOIN job j USING (job_id) ORDER BY z.bytes DESC LIMIT 5) q;
  INSERT INTO action (actor, verb, ids, args, n)
    VALUES ('aque', 'alarm', coalesce(most, '{}'), format('logs take %s of %s; most of it: %s', pg_size_pretty(total), pg_size_pretty(b.farm), words), coalesce(cardinality(most), 0));
END $$;

-- Ended jobs whose logs go so that a tenth of the budget is free again, the oldest first.
CREATE FUNCTION logs_to_drop() RETURNS bigint[] LANGUAGE sql STABLE AS $$
  WITH ended AS (SELECT z.job_id, t.ended_at, z.bytes, sum(z.bytes) OVER (ORDER BY t.ended_at, z.job_id) - z.bytes AS before
                   FROM log_size z JOIN task t ON t.task_id = z.job_id WHERE t.state IN ('S', 'E', 'K', 'X') AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.job_id = z.job_id))
  SELECT coalesce(array_agg(e.job_id ORDER BY e.ended_at, e.job_id), '{}') FROM ended e, log_budget b
   WHERE e.bytes > 0 AND (SELECT sum(bytes) FROM log_size) >= b.farm AND (SELECT sum(bytes) FROM log_size) - e.before > 0.9 * b.farm $$;

CREATE FUNCTION drop_logs(p_job bigint) RETURNS void LANGUAGE sql AS $$
  DELETE FROM log_chunk WHERE task_id IN (SELECT t.task_id FROM task t WHERE t.job_id = p_job);
  DELETE FROM log_size WHERE job_id = p_job;
  INSERT INTO gone_part (job_id, what) VALUES (p_job, 'logs') ON CONFLICT (job_id, what) DO UPDATE SET at = clock_timestamp() $$;

CREATE FUNCTION is_expired(p_what text, p_job bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM retention r JOIN task t ON t.task_id = p_job
    WHERE r.what = p_what AND t.state IN ('S', 'E', 'K', 'X') AND t.ended_at < clock_timestamp() - r.keep
      AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.job_id = p_job)
      AND NOT EXISTS (SELECT 1 FROM gone_part g WHERE g.job_id = p_job AND g.what = p_what AND g.at > t.ended_at)
      AND (p_what <> 'jobs' OR NOT EXISTS (SELECT 1 FROM dep d JOIN task u ON u.task_id = d.upstream JOIN task v ON v.task_id = d.downstream
             WHERE u.job_id = p_job AND v.job_id <> p_job AND v.state IN ('B', 'R')))) $$;

CREATE FUNCTION expired(p_what text, p_most int) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(q.task_id) FROM (SELECT t.task_id FROM retention r JOIN job j ON true JOIN task t ON t.task_id = j.job_id
    WHERE r.what = p_what AND t.ended_at < clock_timestamp() - r.keep AND is_expired(p_what, j.job_id) ORDER BY t.ended_at LIMIT p_most) q $$;

CREATE FUNCTION expire(p_what text, p_job bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT is_expired(p_what, p_job) THEN RETURN; END IF;
  IF p_what = 'jobs' THEN PERFORM remove_jobs(ARRAY[p_job], 'retention'); RETURN; END IF;
  IF p_what = 'logs' THEN PERFORM drop_logs(p_job); RETURN; END IF;
  DELETE FROM usage_sample WHERE task_id IN (SELECT t.task_id FROM task t WHERE t.job_id = p_job);
  INSERT INTO gone_part (job_id, what) VALUES (p_job, p_what) ON CONFLICT (job_id, what) DO UPDATE SET at = clock_timestamp();
END $$;
