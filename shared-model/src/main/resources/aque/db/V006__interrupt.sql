-- A MACHINE'S ROOM, and who comes into it: what interrupts, and what is too big for what is free.

CREATE FUNCTION takes_gpus(q req_class) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce(q.takes[array_position(q.limits, 'gpu')], 0) $$;

-- How many gpus of a worker are free when these are gone, and what is on its way out.
CREATE FUNCTION free_gpus(p_worker int, p_gone bigint[]) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT gpus(p_worker) - coalesce(sum(e.takes[array_position(e.limits, 'gpu')]), 0)::int FROM lease e WHERE e.worker_id = p_worker AND 'gpu' = ANY (e.limits) AND e.stop IS NULL AND e.task_id <> ALL (p_gone) $$;

-- Could a task of this lane start, where a machine has room for it? Its time, its job's bound, its share and the farm's limits say so, as `room`
-- has it, when these are gone and what is on its way out.
CREATE FUNCTION could_start(p_worker int, l lane, q req_class, p_gone bigint[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE r record; used bigint;
BEGIN
  IF l.not_before > clock_timestamp() THEN RETURN false; END IF;
  IF l.most IS NOT NULL AND l.most <= (SELECT count(*) FROM lease e WHERE e.job_id = l.job_id AND e.stop IS NULL AND e.task_id <> ALL (p_gone)) THEN RETURN false; END IF;
  FOR r IN SELECT s.name, s.most FROM job j JOIN share s ON s.name = share_of(j) WHERE j.job_id = l.job_id AND s.most IS NOT NULL LOOP
    SELECT sum(e.cpu_m) INTO used FROM lease e JOIN job o USING (job_id) WHERE share_of(o) = r.name AND e.stop IS NULL AND e.task_id <> ALL (p_gone);
    IF coalesce(used, 0) + greatest(q.cpu_m, 1) > r.most THEN RETURN false; END IF;
  END LOOP;
  FOR r IN SELECT k.name, k.takes, f.most, f.per FROM unnest(q.limits, q.takes) k(name, takes) LEFT JOIN farm_limit f ON f.name = k.name WHERE k.name <> 'gpu' LOOP
    IF r.per = 'task' THEN
      SELECT r.takes + coalesce(sum(e.takes[array_position(e.limits, r.name)]), 0) INTO used FROM lease e WHERE r.name = ANY (e.limits) AND e.stop IS NULL AND e.task_id <> ALL (p_gone);
    ELSE
      SELECT count(DISTINCT w.host) INTO used FROM worker w WHERE w.worker_id = p_worker
          OR w.worker_id IN (SELECT e.worker_id FROM lease e WHERE r.name = ANY (e.limits) AND e.stop IS NULL AND e.task_id <> ALL (p_gone));
    END IF;
    IF r.most IS NULL OR used > r.most THEN RETURN false; END IF;
  END LOOP;
  RETURN true;
END $$;

-- Could something of higher priority start in place of this running task?
CREATE FUNCTION comes_before(p_task bigint, p_classes int[], p_total int, p_cpu int, p_memory bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM lease e JOIN lane m USING (lane_id) JOIN lane l ON l.prio > m.prio JOIN req_class q ON q.rclass = l.rclass
   WHERE e.task_id = p_task AND l.pickable AND l.rclass = ANY (p_classes)
     AND CASE WHEN q.cpu_m >= 0 THEN q.cpu_m ELSE greatest(1, p_total / -q.cpu_m) END <= p_cpu AND q.memory <= p_memory AND takes_gpus(q) <= free_gpus(e.worker_id, ARRAY[p_task])
     AND EXISTS (SELECT 1 FROM ready r WHERE r.lane_id = l.lane_id AND r.not_before <= clock_timestamp()) AND could_start(e.worker_id, l, q, ARRAY[p_task])) $$;

-- Could something above this priority start here when these are gone, and not while they run?
CREATE FUNCTION gives_place(p_worker int, p_classes int[], p_total int, p_cpu int, p_memory bigint, p_above int, p_gone bigint[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE here text; more_c int; more_m bigint; now_g constant int := free_gpus(p_worker, '{}'); then_g constant int := free_gpus(p_worker, p_gone);
BEGIN
  SELECT w.host INTO here FROM worker w WHERE w.worker_id = p_worker;
  SELECT p_cpu + coalesce(sum(e.cpu_m) FILTER (WHERE e.stop IS NOT NULL), 0), p_memory + coalesce(sum(e.memory) FILTER (WHERE e.stop IS NOT NULL), 0),
         coalesce(sum(e.cpu_m) FILTER (WHERE e.task_id = ANY (p_gone)), 0), coalesce(sum(e.memory) FILTER (WHERE e.task_id = ANY (p_gone)), 0)
    INTO p_cpu, p_memory, more_c, more_m FROM lease e WHERE e.worker_id = p_worker;
  RETURN EXISTS (SELECT 1 FROM lane l JOIN req_class q USING (rclass) CROSS JOIN LATERAL (SELECT CASE WHEN q.cpu_m >= 0 THEN q.cpu_m ELSE greatest(1, p_total / -q.cpu_m) END c, takes_gpus(q) g) n
    WHERE l.pickable AND l.prio > p_above AND l.rclass = ANY (p_classes) AND n.c <= p_cpu + more_c AND q.memory <= p_memory + more_m AND n.g <= then_g
      AND EXISTS (SELECT 1 FROM ready d WHERE d.lane_id = l.lane_id AND d.not_before <= clock_timestamp() AND (d.avoid IS NULL OR here <> ALL (d.avoid) OR d.avoid_until <= clock_timestamp()))
      AND could_start(p_worker, l, q, p_gone) AND NOT (n.c <= p_cpu AND q.memory <= p_memory AND n.g <= now_g AND could_start(p_worker, l, q, '{}')));
END $$;

-- INTERRUPTIBLE jobs give way: what could start here, were it not for these, and is of a higher priority, gets their place. As
-- few as are enough go back, the least first, of equal ones the latest; no retry is spent. What is on its way out counts as gone.
CREATE FUNCTION make_room(p_worker int, p_classes int[], p_total int, p_cpu int, p_memory bigint) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE r record; x bigint; gone bigint[] := '{}';
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lease e JOIN job j USING (job_id) WHERE e.worker_id = p_worker AND j.interruptible AND e.stop IS NULL) THEN RETURN '{}'; END IF;
  IF NOT EXISTS (SELECT 1 FROM worker w WHERE w.worker_id = p_worker AND w.state = 'up' AND w.login = session_user) THEN RETURN '{}'; END IF;
  p_classes := own_classes(p_classes);
  PERFORM pg_advisory_xact_lock(4713, 0);   -- of two that would free the same licence for the same task one sees what the other does
  FOR r IN SELECT e.task_id, l.prio FROM lease e JOIN lane l USING (lane_id) JOIN job j ON j.job_id = e.job_id
            WHERE e.worker_id = p_worker AND j.interruptible AND e.stop IS NULL ORDER BY l.prio, e.acquired_at DESC LOOP
    gone := gone || r.task_id;
    CONTINUE WHEN NOT gives_place(p_worker, p_classes, p_total, p_cpu, p_memory, r.prio, gone);
    FOREACH x IN ARRAY gone LOOP   -- whose going would help nobody stays
      IF cardinality(gone) > 1 AND gives_place(p_worker, p_classes, p_total, p_cpu, p_memory, r.prio, array_remove(gone, x)) THEN gone := array_remove(gone, x); END IF;
    END LOOP;
    -- one that is just ending is not waited for: that may wait for an acquire, which waits for our lock
    WITH k AS (UPDATE lease e SET stop = 'Q', stop_at = clock_timestamp() WHERE e.task_id = ANY (ARRAY(SELECT x.task_id FROM lease x WHERE x.task_id = ANY (gone) AND x.worker_id = p_worker AND x.stop IS NULL ORDER BY 1 FOR NO KEY UPDATE SKIP LOCKED)) RETURNING e.task_id)
    SELECT coalesce(array_agg(task_id), '{}') INTO gone FROM k;
    IF cardinality(gone) > 0 THEN
      INSERT INTO change (kind, ids) VALUES ('T', gone);
      INSERT INTO action (actor, verb, ids, args, n) VALUES ('broker', 'requeue', gone, 'for a higher priority', cardinality(gone));
    END IF;
    RETURN gone;
  END LOOP;
  RETURN '{}';
END $$;

-- BIG TASKS DO NOT STARVE. What is first in line and too big for what is free would be passed by smaller ones for ever. When nothing of its lane has
-- started anywhere for aque.patience, half a minute, the worker that asks keeps what becomes free for it; one worker for a lane, for as long
-- as it says so.
CREATE TABLE kept_room (
  lane_id   bigint PRIMARY KEY,
  rest      int NOT NULL,                 -- its tasks that wait
  since     timestamptz NOT NULL DEFAULT clock_timestamp(),
  worker_id int,
  until     timestamptz NOT NULL DEFAULT '-infinity'
);

CREATE FUNCTION rest_of(p_lane bigint) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT l.todo - l.failed - (SELECT count(*) FROM lease e WHERE e.job_id = l.job_id AND e.lane_id = l.lane_id)::int FROM lane l WHERE l.lane_id = p_lane AND l.pickable $$;

-- Does this worker keep its room for something? Then it takes tasks of the class that is answered alone; when none is, what goes before
-- comes first: one task, and it asks again. Who is first is decided as `acquire` does.
CREATE FUNCTION keep_room(p_worker int, p_classes int[], p_total int, p_cpu int, p_memory bigint, OUT keeps boolean, OUT only_class int) LANGUAGE plpgsql AS $$
DECLARE
  here text; tier bigint := 2147483648; sn text[]; sr int[]; r record; l lane; q req_class; t_now constant timestamptz := clock_timestamp();
  patience constant interval := coalesce(nullif(current_setting('aque.patience', true), '')::interval, '30 s');
BEGIN
  keeps := false;
  SELECT w.host INTO here FROM worker w WHERE w.worker_id = p_worker AND w.state = 'up' AND w.login = session_user;
  IF NOT FOUND THEN RETURN; END IF;
  p_classes := own_classes(p_classes);
  SELECT c.names, c.ranks INTO sn, sr FROM share_count c;
  <<tiers>> LOOP
    SELECT x.prio INTO tier FROM lane x WHERE x.pickable AND x.prio < tier ORDER BY x.prio DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR r IN SELECT x AS of_lane, y AS of_class FROM lane x JOIN req_class y USING (rclass)
               CROSS JOIN LATERAL (SELECT d.sort_key, d.task_id FROM ready d WHERE d.lane_id = x.lane_id AND d.not_before <= t_now AND (d.avoid IS NULL OR here <> ALL (d.avoid) OR d.avoid_until <= t_now)
                                    ORDER BY d.lane_id, d.sort_key, d.task_id LIMIT 1) h
              WHERE x.pickable AND x.prio = tier AND x.rclass = ANY (p_classes)
              ORDER BY h.sort_key - (x.urgency::bigint << 31) + CASE WHEN sn IS NULL THEN 0 ELSE (SELECT coalesce(sr[array_position(sn, share_of(j))], 0)::bigint << 52 FROM job j WHERE j.job_id = x.job_id) END, h.task_id LOOP
      IF could_start(p_worker, r.of_lane, r.of_class, '{}') THEN
        l := r.of_lane; q := r.of_class;
        EXIT tiers;
      END IF;
    END LOOP;
  END LOOP;
  -- of what has started since, or cannot any more, nobody keeps room
  DELETE FROM kept_room k WHERE k.lane_id IN (SELECT o.lane_id FROM kept_room o WHERE o.rest IS DISTINCT FROM rest_of(o.lane_id) OR NOT EXISTS (SELECT 1 FROM ready d WHERE d.lane_id = o.lane_id) FOR UPDATE SKIP LOCKED);
  IF l.lane_id IS NOT NULL AND (CASE WHEN q.cpu_m >= 0 THEN q.cpu_m ELSE greatest(1, p_total / -q.cpu_m) END > p_cpu OR q.memory > p_memory OR takes_gpus(q) > free_gpus(p_worker, '{}')) THEN
    INSERT INTO kept_room AS k (lane_id, rest, worker_id) VALUES (l.lane_id, rest_of(l.lane_id), CASE WHEN patience = '0' THEN p_worker END)
      ON CONFLICT (lane_id) DO UPDATE SET worker_id = p_worker WHERE k.since <= t_now - patience AND (k.worker_id IS NULL OR k.until < t_now);
  END IF;
  UPDATE kept_room k SET until = t_now + interval '20 s' WHERE k.worker_id = p_worker;
  keeps := FOUND;
  SELECT q.rclass INTO only_class FROM kept_room k WHERE k.lane_id = l.lane_id AND k.worker_id = p_worker;
END $$;
ALTER FUNCTION keep_room SET enable_seqscan = off;
ALTER FUNCTION keep_room SET plan_cache_mode = force_generic_plan;
