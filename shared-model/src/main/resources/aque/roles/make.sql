-- A SHARED FARM: the groups that its logins are in, and whose the schema is. Once by somebody who may create roles and owns the
-- schema, or is superuser; again at any time. The setting aque.groups: the groups that get a lead of their own.
DO $$ DECLARE r text; o record; BEGIN
  FOREACH r IN ARRAY ARRAY['aque_owner', 'aque_artist', 'aque_wrangler', 'aque_worker'] || ARRAY(SELECT 'aque_lead_' || g FROM unnest(string_to_array(current_setting('aque.groups'), ',')) g) LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', r);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;   -- roles are the server's, not the database's
    END;
    IF starts_with(r, 'aque_lead_') THEN EXECUTE format('GRANT aque_artist TO %I', r); END IF;
  END LOOP;
  GRANT aque_artist TO aque_wrangler;
  GRANT aque_wrangler TO aque_owner;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN GRANT aque_owner TO CURRENT_USER; END IF;
  -- needed for the moment in which the schema changes hands; what it makes afterwards it makes in its own schema alone
  EXECUTE format('GRANT TEMPORARY, CREATE ON DATABASE %I TO aque_owner', current_database());
  ALTER SCHEMA aque OWNER TO aque_owner;
  EXECUTE format('REVOKE CREATE ON DATABASE %I FROM aque_owner', current_database());
  FOR o IN SELECT c.oid::regclass c FROM pg_class c WHERE c.relnamespace = 'aque'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S')
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND c.relkind = 'S' AND d.deptype IN ('a', 'i')) LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO aque_owner', o.c);
  END LOOP;
  FOR o IN SELECT p.oid::regprocedure f FROM pg_proc p WHERE p.pronamespace = 'aque'::regnamespace LOOP
    EXECUTE format('ALTER ROUTINE %s OWNER TO aque_owner', o.f);
  END LOOP;
END $$;
