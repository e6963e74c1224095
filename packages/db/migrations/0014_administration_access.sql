-- What administrators do to rooms and people, and rooms that everybody may look at.
ALTER TABLE setup_links ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON setup_links TO app_system;
CREATE POLICY system ON setup_links TO app_system USING (current_user = 'app_system');
--> statement-breakpoint
-- That an administrator acts as somebody is no secret to that person; by which session of theirs is.
GRANT SELECT (impersonator_id) ON sessions TO app_user;
GRANT UPDATE (is_public) ON rooms TO app_user;
--> statement-breakpoint
-- Nobody changes a frozen room, its owners neither.
DROP POLICY change_as_owner ON rooms;
CREATE POLICY change_as_owner ON rooms FOR UPDATE TO app_user
  USING (frozen_at IS NULL AND id = ANY (ARRAY(SELECT app_owned_room_ids())))
  WITH CHECK (frozen_at IS NULL AND id = ANY (ARRAY(SELECT app_owned_room_ids())));
DROP POLICY remove_as_owner ON rooms;
CREATE POLICY remove_as_owner ON rooms FOR DELETE TO app_user
  USING (frozen_at IS NULL AND id = ANY (ARRAY(SELECT app_owned_room_ids())));
DROP POLICY invite_as_owner ON invites;
CREATE POLICY invite_as_owner ON invites FOR INSERT TO app_user WITH CHECK (
  created_by = (SELECT app_user_id()) AND room_id = ANY (ARRAY(SELECT app_owned_room_ids()))
  AND EXISTS (SELECT FROM rooms WHERE rooms.id = room_id AND rooms.frozen_at IS NULL)
);
--> statement-breakpoint
-- A public room, for whoever knows its id; there is no way to ask for all of them.
CREATE FUNCTION app_public_room(room uuid)
RETURNS TABLE (id uuid, kind text, title text, created_at timestamptz, archived_at timestamptz, frozen_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
  SELECT rooms.id, rooms.kind, rooms.title, rooms.created_at, rooms.archived_at, rooms.frozen_at
  FROM rooms WHERE rooms.id = room AND rooms.is_public
$$;
--> statement-breakpoint
-- As in 0003, with what the row says now.
DROP FUNCTION app_newest_rooms(uuid, boolean, integer);
CREATE FUNCTION app_newest_rooms(member uuid, archived boolean, most integer)
RETURNS TABLE (
  id uuid, kind text, title text, created_by uuid, created_at timestamptz, archived_at timestamptz, frozen_at timestamptz,
  is_public boolean, role text, active_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS
$$
  SELECT room.id, room.kind, room.title, room.created_by, room.created_at, room.archived_at, room.frozen_at,
    room.is_public, membership.role,
    coalesce(to_timestamp(coalesce(batch.at, snapshot.at) / 1000.0), room.created_at) AS active_at
  FROM room_members AS membership
  CROSS JOIN LATERAL (SELECT * FROM rooms WHERE rooms.id = membership.room_id OFFSET 0) AS room
  LEFT JOIN LATERAL (
    SELECT at FROM room_batch WHERE room_batch.room_id = membership.room_id ORDER BY ver DESC LIMIT 1
  ) AS batch ON true
  LEFT JOIN LATERAL (
    SELECT at FROM room_snapshot WHERE room_snapshot.room_id = membership.room_id OFFSET 0
  ) AS snapshot ON true
  WHERE membership.user_id = member AND member = app_user_id() AND (room.archived_at IS NOT NULL) = archived
  ORDER BY active_at DESC, room.id
  LIMIT most
$$;
REVOKE ALL ON FUNCTION app_newest_rooms(uuid, boolean, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_newest_rooms(uuid, boolean, integer) TO app_user;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app_guard_members() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  acting uuid := app_user_id();
  is_frozen boolean;
BEGIN
  SELECT frozen_at IS NOT NULL INTO is_frozen FROM rooms WHERE id = OLD.room_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF; -- The room is deleted, and its members with it.
  IF acting <> OLD.user_id AND (
    is_frozen
    OR NOT EXISTS (SELECT FROM room_members WHERE room_id = OLD.room_id AND user_id = acting AND role = 'owner')
  ) THEN
    RAISE EXCEPTION 'Only owners change the members of a room, and nobody those of a frozen one'
      USING ERRCODE = 'insufficient_privilege';
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
-- As in 0009; an administrator, who is nobody's user here, may lock every room.
CREATE OR REPLACE FUNCTION app_lock_room(room uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM rooms WHERE id = room AND (app_user_id() IS NULL OR id IN (SELECT app_room_ids())) FOR NO KEY UPDATE;
  RETURN FOUND;
END
$$;
--> statement-breakpoint
-- The log's rules as in 0010; a frozen room is read like an archived one.
CREATE OR REPLACE FUNCTION app_append_batches(batches jsonb, actors jsonb) RETURNS TABLE (id uuid, is_written boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
  strength CONSTANT text[] := ARRAY['viewer', 'commenter', 'editor', 'owner'];
  denied uuid[];
BEGIN
  PERFORM FROM rooms
  WHERE rooms.id = ANY (ARRAY(SELECT actor."roomId" FROM jsonb_to_recordset(actors) AS actor ("roomId" uuid)))
  ORDER BY rooms.id FOR SHARE;

  denied := ARRAY(
    SELECT actor."batchId"
    FROM jsonb_to_recordset(actors) AS actor ("roomId" uuid, "batchId" uuid, "userId" uuid, role text, "signIn" uuid)
    WHERE array_position(strength, actor.role) > coalesce((
      SELECT CASE WHEN (SELECT coalesce(rooms.archived_at, rooms.frozen_at) FROM rooms WHERE rooms.id = actor."roomId") IS NULL
        THEN array_position(strength, member.role) ELSE 1 END
      FROM room_members member WHERE member.room_id = actor."roomId" AND member.user_id = actor."userId"
    ), 0)
    OR actor."signIn" IS NOT NULL AND coalesce((SELECT users.disabled_at IS NOT NULL FROM users WHERE users.id = actor."userId")
      OR coalesce(
        (SELECT least(session.expires_at, session.absolute_expires_at) <= now() FROM sessions session
          WHERE session.public_id = actor."signIn"),
        (SELECT token.expires_at <= now() FROM api_tokens token WHERE token.id = actor."signIn"),
        true
      ), true)
  );

  RETURN QUERY
  INSERT INTO room_batch (room_id, ver, epoch, batch_id, prev_hash, hash, node, at, diff, commands)
  SELECT new.* FROM jsonb_to_recordset(batches) AS new (
    "roomId" uuid, ver bigint, epoch int, "batchId" uuid, "prevHash" text, hash text, node text, at bigint,
    diff jsonb, commands jsonb)
  WHERE new."batchId" <> ALL (denied) AND (
    -- Scalar subqueries, because an EXISTS may be planned as a hash of the whole table.
    new."prevHash" = (
      SELECT prev.hash FROM room_batch prev WHERE prev.room_id = new."roomId" AND prev.ver = new.ver - 1)
    OR new."prevHash" = (
      SELECT prev.hash FROM room_snapshot prev WHERE prev.room_id = new."roomId" AND prev.ver = new.ver - 1)
    OR new.ver = 1 AND new."prevHash" = ''
      AND (SELECT prev.ver FROM room_snapshot prev WHERE prev.room_id = new."roomId") IS NULL
      AND (SELECT prev.ver FROM room_batch prev WHERE prev.room_id = new."roomId" AND prev.ver > 1 LIMIT 1) IS NULL)
  ORDER BY new."roomId"
  ON CONFLICT (room_id, ver) DO NOTHING
  RETURNING batch_id, true;

  RETURN QUERY SELECT DISTINCT unnest(denied), false;
END
$$;
--> statement-breakpoint
-- Who did it, for the people who see it happen: a person of the room, an administrator without a name, or the system.
CREATE OR REPLACE FUNCTION app_acting() RETURNS jsonb LANGUAGE sql STABLE AS
$$
  SELECT CASE WHEN app_user_id() IS NULL AND current_setting('app.by_administrator', true) = 'on'
    THEN jsonb_build_object('by', jsonb_build_object(
      'userId', '00000000-0000-0000-0000-000000000000', 'name', 'An administrator'))
    ELSE jsonb_strip_nulls(jsonb_build_object('by', (
      SELECT jsonb_build_object('userId', id, 'name', name) FROM users
      WHERE id = coalesce(app_user_id(), nullif(current_setting('app.acting_user', true), '')::uuid))))
  END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION app_room_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  told jsonb := app_acting() || jsonb_build_object('type', 'room', 'roomId', OLD.id);
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM app_report(told || '{"change": "deleted"}');
    RETURN NULL;
  END IF;
  IF (OLD.archived_at IS NULL) <> (NEW.archived_at IS NULL) THEN
    PERFORM app_report(told || jsonb_build_object('change', CASE WHEN NEW.archived_at IS NULL THEN 'unarchived' ELSE 'archived' END));
  END IF;
  IF (OLD.frozen_at IS NULL) <> (NEW.frozen_at IS NULL) THEN
    PERFORM app_report(told || jsonb_build_object('change', CASE WHEN NEW.frozen_at IS NULL THEN 'unfrozen' ELSE 'frozen' END));
  END IF;
  IF OLD.is_public AND NOT NEW.is_public THEN
    PERFORM app_report(told || '{"change": "private"}');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
DROP TRIGGER report_archived ON rooms;
CREATE TRIGGER report_change AFTER UPDATE OF archived_at, frozen_at, is_public ON rooms FOR EACH ROW
  WHEN ((OLD.archived_at IS NULL) <> (NEW.archived_at IS NULL) OR (OLD.frozen_at IS NULL) <> (NEW.frozen_at IS NULL)
    OR OLD.is_public AND NOT NEW.is_public)
  EXECUTE FUNCTION app_room_changed();
--> statement-breakpoint
-- Whoever looks on in a public room and is let in keeps the place and gets the role.
CREATE FUNCTION app_member_came() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM rooms WHERE id = NEW.room_id AND is_public) THEN
    PERFORM app_report(app_acting() || jsonb_build_object(
      'type', 'member', 'roomId', NEW.room_id, 'userId', NEW.user_id, 'role', NEW.role));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER report_new AFTER INSERT ON room_members FOR EACH ROW EXECUTE FUNCTION app_member_came();
--> statement-breakpoint
-- Nobody acts as somebody else any longer than they are an administrator.
CREATE FUNCTION app_end_impersonations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM sessions WHERE impersonator_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER end_impersonations AFTER UPDATE OF role, disabled_at ON users FOR EACH ROW
  WHEN (OLD.role = 'admin' AND (NEW.role <> 'admin' OR NEW.disabled_at IS NOT NULL))
  EXECUTE FUNCTION app_end_impersonations();
--> statement-breakpoint
CREATE FUNCTION app_standing_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM app_report(jsonb_build_object('type', 'standing', 'userId', NEW.id));
  RETURN NULL;
END
$$;
DROP TRIGGER report_role ON users;
CREATE TRIGGER report_role AFTER UPDATE OF role ON users FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION app_standing_changed();
--> statement-breakpoint
-- Nor is the audit log emptied at once.
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION app_audit_stays();
--> statement-breakpoint
REVOKE ALL ON FUNCTION app_public_room(uuid), app_append_batches(jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_public_room(uuid) TO app_user;
GRANT CREATE ON SCHEMA public TO app_system;
ALTER FUNCTION app_public_room(uuid) OWNER TO app_system;
ALTER FUNCTION app_newest_rooms(uuid, boolean, integer) OWNER TO app_system;
ALTER FUNCTION app_member_came() OWNER TO app_system;
ALTER FUNCTION app_end_impersonations() OWNER TO app_system;
ALTER FUNCTION app_standing_changed() OWNER TO app_system;
REVOKE CREATE ON SCHEMA public FROM app_system;
