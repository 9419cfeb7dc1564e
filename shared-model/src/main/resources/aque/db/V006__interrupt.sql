-- INTERRUPTIBLE jobs give way: what could start here, were it not for these, and is of a higher priority, gets their place. As
-- few as are enough go back, the least first, of equal ones the latest; no retry is spent. What is on its way out counts as gone.
CREATE FUNCTION make_room(p_worker int, p_classes int[], p_total int, p_cpu int, p_memory bigint) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE r record; here text; gone bigint[] := '{}'; room_c int; room_m bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lease e JOIN job j USING (job_id) WHERE e.worker_id = p_worker AND j.interruptible AND e.stop IS NULL) THEN RETURN '{}'; END IF;
  SELECT w.host INTO here FROM worker w WHERE w.worker_id = p_worker AND w.state = 'up' AND w.login = session_user;
  IF NOT FOUND THEN RETURN '{}'; END IF;
  p_classes := own_classes(p_classes);
  SELECT p_cpu + coalesce(sum(e.cpu_m), 0), p_memory + coalesce(sum(e.memory), 0) INTO p_cpu, p_memory FROM lease e WHERE e.worker_id = p_worker AND e.stop IS NOT NULL;
  room_c := p_cpu; room_m := p_memory;
  FOR r IN SELECT e.task_id, e.cpu_m, e.memory, l.prio FROM lease e JOIN lane l USING (lane_id) JOIN job j ON j.job_id = e.job_id
            WHERE e.worker_id = p_worker AND j.interruptible AND e.stop IS NULL ORDER BY l.prio, e.acquired_at DESC LOOP
    gone := gone || r.task_id; room_c := room_c + r.cpu_m; room_m := room_m + r.memory;
    -- what waits for a limit, a bound or a time would not start for all that
    IF EXISTS (SELECT 1 FROM lane l JOIN req_class q USING (rclass) CROSS JOIN LATERAL (SELECT CASE WHEN q.cpu_m >= 0 THEN q.cpu_m ELSE greatest(1, p_total / -q.cpu_m) END c) n
                WHERE l.pickable AND l.prio > r.prio AND l.rclass = ANY (p_classes) AND n.c <= room_c AND q.memory <= room_m AND (n.c > p_cpu OR q.memory > p_memory)
                  AND q.limits IS NULL AND (l.not_before IS NULL OR l.not_before <= clock_timestamp()) AND (l.most IS NULL OR l.most > (SELECT count(*) FROM lease x WHERE x.job_id = l.job_id))
                  AND EXISTS (SELECT 1 FROM ready d WHERE d.lane_id = l.lane_id AND d.not_before <= clock_timestamp() AND (d.avoid IS NULL OR here <> ALL (d.avoid) OR d.avoid_until <= clock_timestamp()))) THEN
      WITH k AS (UPDATE lease e SET stop = 'Q', stop_at = clock_timestamp() WHERE e.task_id = ANY (ARRAY(SELECT x.task_id FROM lease x WHERE x.task_id = ANY (gone) AND x.worker_id = p_worker AND x.stop IS NULL ORDER BY 1 FOR NO KEY UPDATE)) RETURNING e.task_id)
      SELECT coalesce(array_agg(task_id), '{}') INTO gone FROM k;
      IF cardinality(gone) > 0 THEN
        INSERT INTO change (kind, ids) VALUES ('T', gone);
        INSERT INTO action (actor, verb, ids, args, n) VALUES ('broker', 'requeue', gone, 'for a higher priority', cardinality(gone));
      END IF;
      RETURN gone;
    END IF;
  END LOOP;
  RETURN '{}';
END $$;
