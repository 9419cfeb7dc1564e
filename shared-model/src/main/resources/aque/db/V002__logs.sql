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
  procs   int NOT NULL
);
CREATE INDEX usage_task ON usage_sample (task_id, attempt, at);

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
