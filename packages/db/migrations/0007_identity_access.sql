-- Who may see and change the tables of 0006, and what their rows report. As in 0001: a person sees their own, without
-- what opens anything; whatever has to keep a promise over several rows is written through a system door.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'mail_links', 'totp_secrets', 'recovery_codes', 'passkeys', 'passkey_challenges', 'identities', 'api_tokens', 'signing_keys'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO app_system', name);
    EXECUTE format('CREATE POLICY system ON %I TO app_system USING (current_user = %L)', name, 'app_system');
  END LOOP;
END
$$;
--> statement-breakpoint
GRANT SELECT (user_id, created_at, confirmed_at) ON totp_secrets TO app_user;
CREATE POLICY see_own ON totp_secrets FOR SELECT TO app_user USING (user_id = (SELECT app_user_id()));
GRANT SELECT (user_id, used_at) ON recovery_codes TO app_user;
CREATE POLICY see_own ON recovery_codes FOR SELECT TO app_user USING (user_id = (SELECT app_user_id()));
GRANT SELECT (id, user_id, name, transports, is_backed_up, created_at, last_used_at), UPDATE (name) ON passkeys TO app_user;
CREATE POLICY see_own ON passkeys FOR SELECT TO app_user USING (user_id = (SELECT app_user_id()));
CREATE POLICY rename_own ON passkeys FOR UPDATE TO app_user
  USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()));
GRANT SELECT ON identities TO app_user;
CREATE POLICY see_own ON identities FOR SELECT TO app_user USING (user_id = (SELECT app_user_id()));
GRANT SELECT (id, user_id, name, permissions, refreshed_at, created_at, expires_at, last_used_at, last_ip_prefix), DELETE
  ON api_tokens TO app_user;
CREATE POLICY see_own ON api_tokens FOR SELECT TO app_user USING (user_id = (SELECT app_user_id()));
CREATE POLICY end_own ON api_tokens FOR DELETE TO app_user USING (user_id = (SELECT app_user_id()));
--> statement-breakpoint
GRANT SELECT (is_remembered, factors, rotated_at) ON sessions TO app_user;
GRANT SELECT (delete_after) ON users TO app_user;
--> statement-breakpoint
-- The audit log: added to by the system, read by the person it is about, changed by nobody, not even its owner.
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON audit_events TO app_system;
GRANT SELECT ON audit_events TO app_user;
CREATE POLICY read_all ON audit_events FOR SELECT TO app_system USING (current_user = 'app_system');
CREATE POLICY add ON audit_events FOR INSERT TO app_system WITH CHECK (current_user = 'app_system');
CREATE POLICY see_own ON audit_events FOR SELECT TO app_user USING (user_id = (SELECT app_user_id()));
CREATE FUNCTION app_audit_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'What is in the audit log stays there' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION app_audit_stays();
--> statement-breakpoint
-- A token that is deleted ends like a session: sockets know both by their public id.
CREATE FUNCTION app_token_ended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM app_report(jsonb_build_object(
    'type', 'session',
    'publicId', OLD.id,
    'userId', OLD.user_id,
    'reason', coalesce(
      nullif(current_setting('app.end_reason', true), ''),
      CASE WHEN OLD.expires_at <= now() THEN 'expired' ELSE 'signed-out-elsewhere' END
    )
  ));
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER report_end AFTER DELETE ON api_tokens FOR EACH ROW EXECUTE FUNCTION app_token_ended();
CREATE TRIGGER report_truncated AFTER TRUNCATE ON api_tokens FOR EACH STATEMENT EXECUTE FUNCTION app_report_doubt();
CREATE TRIGGER report_earlier_end AFTER UPDATE OF expires_at ON api_tokens FOR EACH ROW
  WHEN (NEW.expires_at < OLD.expires_at) EXECUTE FUNCTION app_report_doubt();
-- A role of the server that is taken away, or given, is read again.
CREATE TRIGGER report_role AFTER UPDATE OF role ON users FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION app_report_doubt();
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO app_system;
ALTER FUNCTION app_token_ended() OWNER TO app_system;
REVOKE CREATE ON SCHEMA public FROM app_system;
