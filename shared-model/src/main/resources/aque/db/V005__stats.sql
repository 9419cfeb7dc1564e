-- STATISTICS: what the farm did, by the hour, for longer than its jobs are kept. What ended is added up once, in the order in
-- which it ended, a minute later: so long may a commit take.
CREATE TABLE work_stat (
  hour     timestamptz NOT NULL,
  host     text NOT NULL,
  share    text NOT NULL,                 -- the group of its job, else the owner
  done     int NOT NULL,                  -- attempts by their ends
  failed   int NOT NULL,
  lost     int NOT NULL,
  taken    int NOT NULL,                  -- given back, killed
  worked_s float8 NOT NULL,               -- seconds of those that succeeded
  wasted_s float8 NOT NULL,               -- of all others
  PRIMARY KEY (hour, host, share)
);
CREATE TABLE wait_stat (
  hour      timestamptz NOT NULL,         -- in which jobs began
  share     text NOT NULL,
  jobs      int NOT NULL,
  waited_s  float8 NOT NULL,              -- from submission to the first start, together
  longest_s float8 NOT NULL,
  PRIMARY KEY (hour, share)
);
CREATE TABLE stat_mark (upto timestamptz NOT NULL);
INSERT INTO stat_mark VALUES (date_trunc('hour', clock_timestamp()) - interval '30 days');

-- Adds up what has ended or begun since the last time. Anybody may, any time; one at a time.
CREATE FUNCTION add_up(p_late interval DEFAULT '1 minute') RETURNS void LANGUAGE plpgsql AS $$
DECLARE a timestamptz; b timestamptz := clock_timestamp() - p_late;
BEGIN
  SELECT upto INTO a FROM stat_mark WHERE upto < b FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO work_stat
    SELECT date_trunc('hour', t.ended_at), coalesce(w.host, ''), share_of(j), count(*) FILTER (WHERE t.state = 'S'), count(*) FILTER (WHERE t.state = 'E'), count(*) FILTER (WHERE t.state = 'L'),
           count(*) FILTER (WHERE t.state NOT IN ('S', 'E', 'L')), coalesce(sum(s.s) FILTER (WHERE t.state = 'S'), 0), coalesce(sum(s.s) FILTER (WHERE t.state <> 'S'), 0)
      FROM attempt t CROSS JOIN LATERAL (SELECT extract(epoch FROM t.ended_at - t.started_at)::float8 s) s JOIN task k USING (task_id) JOIN job j ON j.job_id = k.job_id LEFT JOIN worker w ON w.worker_id = t.worker_id
     WHERE t.ended_at >= a AND t.ended_at < b GROUP BY 1, 2, 3
    ON CONFLICT (hour, host, share) DO UPDATE SET done = work_stat.done + excluded.done, failed = work_stat.failed + excluded.failed, lost = work_stat.lost + excluded.lost,
      taken = work_stat.taken + excluded.taken, worked_s = work_stat.worked_s + excluded.worked_s, wasted_s = work_stat.wasted_s + excluded.wasted_s;
  INSERT INTO wait_stat
    SELECT date_trunc('hour', t.started_at), share_of(j), count(*), sum(s.s), max(s.s)
      FROM job j JOIN task t ON t.task_id = j.job_id CROSS JOIN LATERAL (SELECT extract(epoch FROM t.started_at - j.created_at)::float8 s) s
     WHERE t.started_at >= a AND t.started_at < b AND (t.kind = 'G' OR t.attempt <= 1) GROUP BY 1, 2
    ON CONFLICT (hour, share) DO UPDATE SET jobs = wait_stat.jobs + excluded.jobs, waited_s = wait_stat.waited_s + excluded.waited_s, longest_s = greatest(wait_stat.longest_s, excluded.longest_s);
  UPDATE stat_mark SET upto = b;
END $$;
