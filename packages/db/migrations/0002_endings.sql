-- The rows themselves report who lost access, whoever changed them: one channel, payloads as in session/ending.ts.
-- NOTIFY is delivered after the commit and not at all after a rollback.
-- The functions run as app_system, because a cascade runs as the tables' owner, who sees nothing.

CREATE FUNCTION app_report(ending jsonb) RETURNS void LANGUAGE sql AS
$$ SELECT pg_notify('atrium_endings', ending::text) $$;
--> statement-breakpoint
CREATE FUNCTION app_session_ended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM app_report(jsonb_build_object(
    'type', 'session',
    'publicId', OLD.public_id,
    'userId', OLD.user_id,
    'reason', coalesce(
      nullif(current_setting('app.end_reason', true), ''),
      CASE WHEN least(OLD.expires_at, OLD.absolute_expires_at) <= now() THEN 'expired' ELSE 'signed-out-elsewhere' END
    )
  ));
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION app_user_ended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM app_report(jsonb_build_object('type', 'user', 'userId', OLD.id, 'reason', 'disabled'));
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION app_member_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM app_report(jsonb_build_object('type', 'member', 'roomId', NEW.room_id, 'userId', NEW.user_id, 'role', NEW.role));
  ELSIF EXISTS (SELECT FROM rooms WHERE id = OLD.room_id) THEN
    -- A room that is deleted reports itself, once, instead of each of its members.
    PERFORM app_report(jsonb_build_object('type', 'member', 'roomId', OLD.room_id, 'userId', OLD.user_id, 'role', null));
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION app_room_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM app_report(jsonb_build_object('type', 'room', 'roomId', OLD.id, 'change', CASE
    WHEN TG_OP = 'DELETE' THEN 'deleted'
    WHEN NEW.archived_at IS NULL THEN 'unarchived'
    ELSE 'archived'
  END));
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER report_end AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION app_session_ended();
CREATE TRIGGER report_end AFTER DELETE ON users FOR EACH ROW EXECUTE FUNCTION app_user_ended();
CREATE TRIGGER report_disabled AFTER UPDATE OF disabled_at ON users FOR EACH ROW
  WHEN (OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL) EXECUTE FUNCTION app_user_ended();
CREATE TRIGGER report_end AFTER DELETE ON room_members FOR EACH ROW EXECUTE FUNCTION app_member_changed();
CREATE TRIGGER report_role AFTER UPDATE OF role ON room_members FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION app_member_changed();
CREATE TRIGGER report_end AFTER DELETE ON rooms FOR EACH ROW EXECUTE FUNCTION app_room_changed();
CREATE TRIGGER report_archived AFTER UPDATE OF archived_at ON rooms FOR EACH ROW
  WHEN ((OLD.archived_at IS NULL) <> (NEW.archived_at IS NULL)) EXECUTE FUNCTION app_room_changed();
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO app_system;
ALTER FUNCTION app_session_ended() OWNER TO app_system;
ALTER FUNCTION app_user_ended() OWNER TO app_system;
ALTER FUNCTION app_member_changed() OWNER TO app_system;
ALTER FUNCTION app_room_changed() OWNER TO app_system;
REVOKE CREATE ON SCHEMA public FROM app_system;
