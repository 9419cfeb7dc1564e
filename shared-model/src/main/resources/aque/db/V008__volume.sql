-- A VOLUME IS ILL: full, stale, away. What has not started of the jobs that work there waits, as for a file, until a worker could
-- write there; files_seen lets it go on. Such a wait is for the path VOLUME/. , which no file has. Answers the jobs.
CREATE FUNCTION volume_away(p_worker int, p_volume text, p_why text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE jobs bigint[]; probe text := rtrim(p_volume, '/') || '/.';
BEGIN
  PERFORM may_work(p_worker);
  PERFORM pg_advisory_xact_lock(4714, 3);
  SELECT array_agg(DISTINCT l.job_id ORDER BY l.job_id) INTO jobs FROM lane l JOIN job j USING (job_id)
   WHERE l.todo > l.failed AND l.bad = 0 AND (starts_with(j.cwd || '/', rtrim(p_volume, '/') || '/') OR EXISTS (SELECT 1 FROM unnest(l.io) p WHERE starts_with(p || '/', rtrim(p_volume, '/') || '/')))
     AND NOT EXISTS (SELECT 1 FROM file_wait f WHERE f.job_id = l.job_id AND f.path = probe);
  IF jobs IS NULL THEN RETURN '{}'; END IF;
  INSERT INTO file_wait (job_id, path) SELECT x, probe FROM unnest(jobs) x;
  UPDATE lane l SET files = true FROM (SELECT lane_id FROM lane WHERE job_id = ANY (jobs) ORDER BY 1 FOR NO KEY UPDATE) q WHERE l.lane_id = q.lane_id;
  INSERT INTO change (kind, ids) VALUES ('J', jobs);
  IF NOT EXISTS (SELECT 1 FROM action WHERE verb = 'alarm' AND starts_with(args, p_volume || ':') AND at > clock_timestamp() - interval '1 hour') THEN
    INSERT INTO action (actor, verb, ids, args, n) VALUES ('aque', 'alarm', jobs, p_volume || ': ' || p_why, cardinality(jobs));
  END IF;
  RETURN jobs;
END $$;

-- A FOLDER IS NOT HERE: this worker's machine does not see where the task's job works. What of it waits goes to others for five minutes;
-- when all that are up have said the same, the job waits for the folder, as for a file. Answers whether it does. Nobody's rows are waited for:
-- who takes one of these meanwhile finds out for himself.
CREATE FUNCTION folder_away(p_worker int, p_task bigint, p_folder text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE here text; j bigint; since constant timestamptz := clock_timestamp() - interval '5 minutes';
BEGIN
  PERFORM may_work(p_worker);
  SELECT w.host INTO here FROM worker w WHERE w.worker_id = p_worker;
  SELECT k.job_id INTO j FROM task t JOIN job k ON k.job_id = t.job_id WHERE t.task_id = p_task AND k.cwd = p_folder;
  IF j IS NULL THEN RETURN false; END IF;
  IF EXISTS (SELECT 1 FROM worker w WHERE w.state = 'up' AND w.host <> here AND w.host NOT IN (SELECT o.host FROM attempt a JOIN worker o USING (worker_id)
               WHERE a.ended_at > since AND a.reason = 'no_folder' AND EXISTS (SELECT 1 FROM task t WHERE t.task_id = a.task_id AND t.job_id = j))) THEN
    UPDATE ready r SET avoid = coalesce(r.avoid, '{}') || here, avoid_until = since + interval '10 minutes'
     WHERE r.ctid = ANY (ARRAY(SELECT d.ctid FROM lane l JOIN ready d ON d.lane_id = l.lane_id WHERE l.job_id = j AND (d.avoid IS NULL OR here <> ALL (d.avoid)) ORDER BY d.lane_id, d.sort_key, d.task_id LIMIT 1000 FOR UPDATE OF d SKIP LOCKED));
    RETURN false;
  END IF;
  INSERT INTO file_wait (job_id, path) VALUES (j, p_folder) ON CONFLICT DO NOTHING;
  IF FOUND THEN
    UPDATE lane l SET files = true FROM (SELECT lane_id FROM lane WHERE job_id = j ORDER BY 1 FOR NO KEY UPDATE) q WHERE l.lane_id = q.lane_id;
    INSERT INTO change (kind, ids) VALUES ('J', ARRAY[j]);
  END IF;
  RETURN true;
END $$;
