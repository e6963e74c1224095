-- Who may change the members of a room, and what their rows report.
-- Owners set roles and remove; everybody may leave. What is set or taken, and by whom, is told with the change.

GRANT SELECT (max_uses, uses, email) ON invites TO app_user;
GRANT UPDATE (role, invite_id), DELETE ON room_members TO app_user;
CREATE POLICY change_as_owner ON room_members FOR UPDATE TO app_user
  USING (room_id = ANY (ARRAY(SELECT app_owned_room_ids()))) WITH CHECK (room_id = ANY (ARRAY(SELECT app_owned_room_ids())));
CREATE POLICY leave_or_remove ON room_members FOR DELETE TO app_user
  USING (user_id = (SELECT app_user_id()) OR room_id = ANY (ARRAY(SELECT app_owned_room_ids())));
--> statement-breakpoint
-- Locks a room that the person is in, so that changes of its members come one after the other. The room first, its
-- members afterwards: in the other order two changes would wait for each other. False when there is none.
CREATE FUNCTION app_lock_room(room uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM rooms WHERE id = room AND id IN (SELECT app_room_ids()) FOR NO KEY UPDATE;
  RETURN FOUND;
END
$$;
--> statement-breakpoint
-- A room keeps an owner, whoever writes and however many at once. And whoever was an owner when their statement began
-- must still be one after the changes that it waited for: policies look at the beginning of the statement alone.
CREATE FUNCTION app_guard_members() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  acting uuid := app_user_id();
BEGIN
  PERFORM FROM rooms WHERE id = OLD.room_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF; -- The room is deleted, and its members with it.
  IF acting <> OLD.user_id
    AND NOT EXISTS (SELECT FROM room_members WHERE room_id = OLD.room_id AND user_id = acting AND role = 'owner')
  THEN
    RAISE EXCEPTION 'Only owners change the members of a room' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Who deletes an account has seen to its rooms before: leaveRooms.
  IF OLD.role = 'owner' AND EXISTS (SELECT FROM users WHERE id = OLD.user_id)
    AND NOT EXISTS (SELECT FROM room_members WHERE room_id = OLD.room_id AND role = 'owner')
  THEN
    RAISE EXCEPTION 'A room keeps an owner' USING ERRCODE = 'AT001';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER guard_role AFTER UPDATE OF role ON room_members FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION app_guard_members();
CREATE TRIGGER guard_end AFTER DELETE ON room_members FOR EACH ROW EXECUTE FUNCTION app_guard_members();
--> statement-breakpoint
-- Who did it, for the people who see it happen; nothing when the system did.
CREATE FUNCTION app_acting() RETURNS jsonb LANGUAGE sql STABLE AS
$$
  SELECT jsonb_strip_nulls(jsonb_build_object('by', (
    SELECT jsonb_build_object('userId', id, 'name', name) FROM users WHERE id = app_user_id())))
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app_member_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM app_report(app_acting() || jsonb_build_object(
      'type', 'member', 'roomId', NEW.room_id, 'userId', NEW.user_id, 'role', NEW.role));
  ELSIF EXISTS (SELECT FROM rooms WHERE id = OLD.room_id) THEN
    -- A room that is deleted reports itself, once, instead of each of its members.
    PERFORM app_report(app_acting() || jsonb_build_object(
      'type', 'member', 'roomId', OLD.room_id, 'userId', OLD.user_id, 'role', null,
      'reason', coalesce(nullif(current_setting('app.member_reason', true), ''), 'removed')));
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app_room_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM app_report(app_acting() || jsonb_build_object('type', 'room', 'roomId', OLD.id, 'change', CASE
    WHEN TG_OP = 'DELETE' THEN 'deleted'
    WHEN NEW.archived_at IS NULL THEN 'unarchived'
    ELSE 'archived'
  END));
  RETURN NULL;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app_lock_room(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_lock_room(uuid) TO app_user;
GRANT CREATE ON SCHEMA public TO app_system;
ALTER FUNCTION app_lock_room(uuid) OWNER TO app_system;
ALTER FUNCTION app_guard_members() OWNER TO app_system;
REVOKE CREATE ON SCHEMA public FROM app_system;
