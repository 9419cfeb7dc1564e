-- SITE POLICY: what jobs of a kind get, whoever submits them and by whichever program. Rules are in layers, site < show < queue
-- < user: of two that give the same the later layer's goes, in one layer the later rule's.
CREATE TABLE policy (
  rule  int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  layer text NOT NULL CHECK (layer IN ('site', 'show', 'queue', 'user')),
  whom  text NOT NULL DEFAULT '*',        -- of which show, queue or user: a glob
  kind  jsonb NOT NULL DEFAULT '{}',      -- and of these jobs alone: globs by user, group, queue, title, cwd, or a label's name
  gives jsonb NOT NULL,                   -- text by name: priority, group …, also default-priority, max-priority
  actor text NOT NULL,
  at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (gives <> '{}')
);

-- A list of globs, `*` and `?`, `!` before those that are left out.
CREATE FUNCTION is_like(p_text text, p_globs text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(bool_or(hit) FILTER (WHERE NOT negated), true) AND NOT coalesce(bool_or(hit) FILTER (WHERE negated), false)
    FROM (SELECT starts_with(g, '!') negated, lower(coalesce(p_text, '')) LIKE translate(replace(replace(replace(lower(ltrim(g, '!')), '\', '\\'), '%', '\%'), '_', '\_'), '*?', '%_') hit
            FROM unnest(string_to_array(p_globs, ',')) g) q $$;

-- Which pool a job asks for, as policy calls it: its queue.
CREATE FUNCTION queue_of(p_job bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT min(p) FROM lane l JOIN req_class q USING (rclass), jsonb_array_elements_text(q.needs::jsonb #> '{attributes,attr.worker.pool,anyOf}') p WHERE l.job_id = p_job $$;

-- The rules that fit a job, the strongest last.
CREATE FUNCTION rules_for(p_job bigint) RETURNS SETOF policy LANGUAGE sql STABLE AS $$
  SELECT p.* FROM job j CROSS JOIN LATERAL (SELECT queue_of(j.job_id) queue OFFSET 0) k CROSS JOIN policy p
   CROSS JOIN LATERAL (SELECT j.labels || jsonb_build_object('user', j.owner, 'group', j.share, 'queue', k.queue, 'title', j.title, 'cwd', j.cwd) facts OFFSET 0) f
   WHERE j.job_id = p_job AND (p.layer = 'site' OR f.facts ? p.layer AND is_like(f.facts ->> p.layer, p.whom))
     AND NOT EXISTS (SELECT 1 FROM jsonb_each_text(p.kind) w WHERE NOT is_like(f.facts ->> w.key, w.value))
   ORDER BY array_position(ARRAY['site', 'show', 'queue', 'user'], p.layer), p.rule $$;

-- A task's own options among those that policy gave its job: defaults before them, what is set behind, and what is bounded.
CREATE FUNCTION opts_of(p_own text, p_job jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_job IS NULL THEN p_own ELSE (SELECT (o || coalesce((SELECT jsonb_object_agg(m.key, m.value) FROM jsonb_each(p_job -> 'max') m
      -- who says nothing of a time has no bound, who says nothing of retries has none
      WHERE CASE WHEN o ? m.key THEN (o ->> m.key)::int > m.value::int ELSE m.key <> 'retries' END), '{}'))::text
    FROM (SELECT coalesce(p_job -> 'default', '{}') || coalesce(p_own::jsonb, '{}') || coalesce(p_job -> 'set', '{}') o) q) END $$;

-- The class that differs by its pool alone; made when the rule or the class is, so that workers know it before it is used.
CREATE FUNCTION class_in_pool(p_class int, p_pool text) RETURNS int LANGUAGE sql AS $$
  SELECT plain_class(q.cpu_m, q.memory, ('{"hosts": "", "platform": "", "amounts": {}, "limits": {}}'::jsonb || q.needs::jsonb || jsonb_build_object('attributes', coalesce(q.needs::jsonb -> 'attributes', '{}')
      || jsonb_build_object('attr.worker.pool', jsonb_build_object('anyOf', string_to_array(p_pool, ','), 'allOf', '{}'::text[]))))::text, q.login) FROM req_class q WHERE q.rclass = p_class $$;

CREATE FUNCTION apply_policy(p_job bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  j job; f jsonb := '{}'; adds jsonb := '[]'; said jsonb := '[]'; means jsonb := '{"default": {}, "set": {}, "max": {}}'; r record; environments jsonb := '[]'; k text; old text; new text; g jsonb; root task;
BEGIN
  SELECT * INTO j FROM job WHERE job_id = p_job;
  FOR r IN SELECT p.rule, p.layer, g.key, g.value FROM rules_for(p_job) WITH ORDINALITY p, jsonb_each_text(p.gives) g ORDER BY p.ordinality LOOP
    g := jsonb_build_object('name', r.key, 'rule', r.rule, 'layer', r.layer, 'value', r.value);
    IF r.key IN ('environment', 'then') THEN adds := adds || g; ELSE f := f || jsonb_build_object(r.key, g); END IF;
  END LOOP;
  FOREACH k IN ARRAY ARRAY['group', 'pool', 'priority', 'parallel'] LOOP
    old := CASE k WHEN 'group' THEN j.share WHEN 'pool' THEN queue_of(p_job)
                  WHEN 'priority' THEN (SELECT nullif(max(prio), 1000) FROM lane WHERE job_id = p_job)::text ELSE (SELECT max(most) FROM lane WHERE job_id = p_job)::text END;
    g := coalesce(f -> k, CASE WHEN old IS NULL THEN f -> ('default-' || k) END);
    new := coalesce(g ->> 'value', old);
    IF f ? ('max-' || k) AND coalesce(new, CASE k WHEN 'priority' THEN '1000' ELSE '2147483647' END)::int > (f -> ('max-' || k) ->> 'value')::int THEN
      g := f -> ('max-' || k); new := g ->> 'value';
    END IF;
    CONTINUE WHEN g IS NULL OR new IS NOT DISTINCT FROM old;
    CASE k WHEN 'group' THEN UPDATE job SET share = new WHERE job_id = p_job; UPDATE lane SET prio = prio WHERE job_id = p_job;
      WHEN 'pool' THEN UPDATE lane SET rclass = class_in_pool(rclass, new) WHERE job_id = p_job;
      WHEN 'priority' THEN UPDATE lane SET prio = new::int WHERE job_id = p_job;
      ELSE UPDATE lane SET most = new::int WHERE job_id = p_job; END CASE;
    said := said || (g || jsonb_build_object('name', k, 'was', coalesce(old, '')));
  END LOOP;
  IF f ? 'interruptible' THEN
    UPDATE job SET interruptible = (f -> 'interruptible' ->> 'value') = 'yes' WHERE job_id = p_job;
    said := said || (f -> 'interruptible' || '{"was": ""}');
  END IF;
  -- what each of its tasks looks up when it is taken or fails
  FOR k, g IN SELECT * FROM jsonb_each(f) x WHERE regexp_replace(x.key, '^(default|max)-', '') IN ('retries', 'retry-delay', 'timeout', 'stall') LOOP
    old := CASE WHEN k LIKE 'default-%' THEN 'default' WHEN k LIKE 'max-%' THEN 'max' ELSE 'set' END;
    new := CASE regexp_replace(k, '^(default|max)-', '') WHEN 'retry-delay' THEN 'retryDelay' ELSE regexp_replace(k, '^(default|max)-', '') END;
    means := jsonb_set(means, ARRAY[old, new], to_jsonb((g ->> 'value')::int));
    said := said || (g || '{"was": ""}');
  END LOOP;
  IF means <> '{"default": {}, "set": {}, "max": {}}' THEN UPDATE job SET opts = means WHERE job_id = p_job; END IF;
  SELECT * INTO root FROM task WHERE task_id = p_job;
  FOR g IN SELECT * FROM jsonb_array_elements(adds) LOOP
    IF g ->> 'name' = 'environment' THEN
      CONTINUE WHEN j.doc IS NULL;
      environments := (SELECT coalesce(jsonb_agg(e), '[]') FROM jsonb_array_elements(environments) e WHERE e ->> 'name' <> (g ->> 'value')::jsonb ->> 'name') || (g ->> 'value')::jsonb;
    ELSE
      CONTINUE WHEN root.kind <> 'G';
      PERFORM append_tasks(p_job, NULL, '{C}', ARRAY['then: ' || (g ->> 'value')], ARRAY[jsonb_build_array('sh', '-c', g ->> 'value')::text], '{NULL}', '{NULL}', '{NULL}',
        ARRAY(SELECT task_id FROM task WHERE job_id = p_job AND parent_id = p_job ORDER BY 1), 'policy');
    END IF;
    said := said || (CASE WHEN g ->> 'name' = 'environment' THEN g || jsonb_build_object('value', (g ->> 'value')::jsonb ->> 'name') ELSE g END || '{"was": ""}');
  END LOOP;
  -- around those of its template
  IF environments <> '[]' THEN
    UPDATE job SET doc = (doc::jsonb || jsonb_build_object('environments', environments || (SELECT coalesce(jsonb_agg(e), '[]') FROM jsonb_array_elements(doc::jsonb -> 'environments') e
        WHERE NOT environments @> jsonb_build_array(jsonb_build_object('name', e -> 'name')))))::text WHERE job_id = p_job;
  END IF;
  IF said <> '[]' THEN UPDATE job SET policy = said WHERE job_id = p_job; END IF;
END $$;

CREATE FUNCTION add_policy(p_layer text, p_whom text, p_kind text, p_gives text, p_actor text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN
  INSERT INTO policy (layer, whom, kind, gives, actor) VALUES (p_layer, p_whom, p_kind::jsonb, p_gives::jsonb, p_actor) RETURNING rule INTO n;
  PERFORM class_in_pool(q.rclass, p.pool) FROM req_class q, LATERAL (SELECT coalesce(p_gives::jsonb ->> 'pool', p_gives::jsonb ->> 'default-pool') pool) p WHERE p.pool IS NOT NULL;
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'policy', '{}', format('rule %s: %s %s %s gives %s', n, p_layer, p_whom, p_kind, left(p_gives, 1000)), 0);
  RETURN n;
END $$;

CREATE FUNCTION drop_policy(p_rule int, p_actor text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM policy WHERE rule = p_rule;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO action (actor, verb, ids, args, n) VALUES (p_actor, 'policy', '{}', format('rule %s off', p_rule), 0);
  RETURN true;
END $$;
