-- A task CONTINUES AS another (W6): who waits for it waits for that one too. It says so before it ends.
CREATE TABLE continuation (
  task_id bigint PRIMARY KEY,
  next    bigint NOT NULL
);

-- What waits for it now and has not started; whoever waits later finds the other in the table.
CREATE FUNCTION continue_as(p_task bigint, p_next bigint, p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE downs bigint[];
BEGIN
  PERFORM may_act(ARRAY[p_task]);
  IF NOT EXISTS (SELECT 1 FROM task WHERE task_id = p_task AND state IN ('B', 'R')) THEN RAISE EXCEPTION 'task % has ended', p_task USING ERRCODE = 'AQ001'; END IF;
  IF p_next = ANY (chain(ARRAY[p_task])) OR p_task = ANY (chain(ARRAY[p_next])) THEN RAISE EXCEPTION 'they would wait for themselves' USING ERRCODE = 'AQ001'; END IF;
  INSERT INTO continuation VALUES (p_task, p_next) ON CONFLICT (task_id) DO UPDATE SET next = excluded.next;
  SELECT array_agg(DISTINCT d) INTO downs FROM (
    SELECT downstream d FROM dep WHERE upstream = p_task
    UNION SELECT coalesce(l.group_id, t.task_id) FROM gate g JOIN lane l USING (lane_id) LEFT JOIN task t ON l.group_id IS NULL AND t.job_id = l.job_id AND t.lane_id = l.lane_id WHERE g.upstream = p_task) q WHERE d <> p_next;
  IF downs IS NULL THEN RETURN '{}'; END IF;
  RETURN add_dependencies(array_fill(p_next, ARRAY[cardinality(downs)]), downs, p_actor);
END $$;

-- These and all that they go on as.
CREATE FUNCTION chain(p_ids bigint[]) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  WITH RECURSIVE c(id) AS (SELECT unnest(p_ids) UNION SELECT n.next FROM c JOIN continuation n ON n.task_id = c.id)
  SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM c $$;

CREATE FUNCTION depend(p_up bigint[], p_down bigint[], p_actor text) RETURNS bigint[] LANGUAGE plpgsql AS $$
BEGIN
  PERFORM may_act(p_down);
  RETURN add_dependencies(p_up, p_down, p_actor);
END $$;
