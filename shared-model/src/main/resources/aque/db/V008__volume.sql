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
