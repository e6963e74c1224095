-- What cannot be told row by row is told as a doubt: whoever keeps state reads it again (session/ending.ts).
-- TRUNCATE fires no trigger of a row. An end that is moved to an earlier time ends nothing yet, but whoever waits for
-- it waits too long.

CREATE FUNCTION app_report_doubt() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM app_report(jsonb_build_object('type', 'doubt'));
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER report_truncated AFTER TRUNCATE ON users FOR EACH STATEMENT EXECUTE FUNCTION app_report_doubt();
CREATE TRIGGER report_truncated AFTER TRUNCATE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION app_report_doubt();
CREATE TRIGGER report_truncated AFTER TRUNCATE ON rooms FOR EACH STATEMENT EXECUTE FUNCTION app_report_doubt();
CREATE TRIGGER report_truncated AFTER TRUNCATE ON room_members FOR EACH STATEMENT EXECUTE FUNCTION app_report_doubt();
CREATE TRIGGER report_earlier_end AFTER UPDATE OF expires_at, absolute_expires_at ON sessions FOR EACH ROW
  WHEN (least(NEW.expires_at, NEW.absolute_expires_at) < least(OLD.expires_at, OLD.absolute_expires_at))
  EXECUTE FUNCTION app_report_doubt();
