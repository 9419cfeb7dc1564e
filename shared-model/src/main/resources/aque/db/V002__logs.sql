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
