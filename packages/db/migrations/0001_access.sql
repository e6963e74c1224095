-- Who may see and change what. Two roles that nobody logs in as: app_user sees through the policies below,
-- app_system sees everything. FORCE makes the policies hold for the owner too, and the owner has none: a query
-- outside a scope finds nothing. Columns that a person needs in no query are not granted at all.

-- Roles belong to the whole server, so another database may have made them already, perhaps in this very moment.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['app_user', 'app_system'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    -- Granted even if it seems to be a member already: whoever creates a role may administer it, but not become it.
    EXECUTE format('GRANT %I TO CURRENT_USER', name);
  END LOOP;
END
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO app_user, app_system;
--> statement-breakpoint
CREATE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;
--> statement-breakpoint
-- These read room_members for its own policy (which would recurse), so they run as app_system.
CREATE FUNCTION app_room_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT room_id FROM room_members WHERE user_id = app_user_id() $$;
--> statement-breakpoint
CREATE FUNCTION app_owned_room_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT room_id FROM room_members WHERE user_id = app_user_id() AND role = 'owner' $$;
--> statement-breakpoint
-- True for the creator of a room that has no members yet: the way its first owner gets in.
CREATE FUNCTION app_may_found(room uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
  SELECT EXISTS (SELECT FROM rooms WHERE id = room AND created_by = app_user_id())
     AND NOT EXISTS (SELECT FROM room_members WHERE room_id = room)
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app_room_ids(), app_owned_room_ids(), app_may_found(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_room_ids(), app_owned_room_ids(), app_may_found(uuid) TO app_user;
GRANT CREATE ON SCHEMA public TO app_system;
ALTER FUNCTION app_room_ids() OWNER TO app_system;
ALTER FUNCTION app_owned_room_ids() OWNER TO app_system;
ALTER FUNCTION app_may_found(uuid) OWNER TO app_system;
REVOKE CREATE ON SCHEMA public FROM app_system;
--> statement-breakpoint
-- The login is a member of app_system and so inherits its policies: they ask who it is now, not who it may become.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'users', 'credentials', 'sessions', 'rooms', 'room_members', 'invites', 'room_batch', 'room_snapshot'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO app_system', name);
    EXECUTE format('CREATE POLICY system ON %I TO app_system USING (current_user = %L)', name, 'app_system');
  END LOOP;
END
$$;
--> statement-breakpoint
-- Users: oneself, and the people one shares a room with; never an address.
GRANT SELECT (id, name, role, is_guest, confirmed_at, disabled_at, created_at), UPDATE (name) ON users TO app_user;
CREATE POLICY see_self_and_fellows ON users FOR SELECT TO app_user USING (
  id = (SELECT app_user_id())
  OR EXISTS (
    SELECT FROM room_members
    WHERE room_members.user_id = users.id AND room_members.room_id = ANY (ARRAY(SELECT app_room_ids()))
  )
);
CREATE POLICY rename_self ON users FOR UPDATE TO app_user
  USING (id = (SELECT app_user_id())) WITH CHECK (id = (SELECT app_user_id()));
--> statement-breakpoint
-- Credentials: app_user has no grant and no policy.
-- Sessions: one's own, without the hash that the cookie's token gives.
GRANT SELECT (user_id, expires_at, public_id, created_at, authenticated_at, absolute_expires_at, last_seen_at, label, ip_prefix),
  DELETE ON sessions TO app_user;
CREATE POLICY see_own ON sessions FOR SELECT TO app_user USING (user_id = (SELECT app_user_id()));
CREATE POLICY end_own ON sessions FOR DELETE TO app_user USING (user_id = (SELECT app_user_id()));
--> statement-breakpoint
-- Rooms: members see, owners change, everyone may open one in their own name.
GRANT SELECT, INSERT, DELETE, UPDATE (title, archived_at) ON rooms TO app_user;
CREATE POLICY see_as_member ON rooms FOR SELECT TO app_user USING (id = ANY (ARRAY(SELECT app_room_ids())));
CREATE POLICY open_own ON rooms FOR INSERT TO app_user WITH CHECK (created_by = (SELECT app_user_id()));
CREATE POLICY change_as_owner ON rooms FOR UPDATE TO app_user
  USING (id = ANY (ARRAY(SELECT app_owned_room_ids()))) WITH CHECK (id = ANY (ARRAY(SELECT app_owned_room_ids())));
CREATE POLICY remove_as_owner ON rooms FOR DELETE TO app_user USING (id = ANY (ARRAY(SELECT app_owned_room_ids())));
--> statement-breakpoint
-- Members: seen by members; the only row a person writes is the founder's own.
GRANT SELECT, INSERT ON room_members TO app_user;
CREATE POLICY see_as_member ON room_members FOR SELECT TO app_user USING (room_id = ANY (ARRAY(SELECT app_room_ids())));
CREATE POLICY found ON room_members FOR INSERT TO app_user
  WITH CHECK (user_id = (SELECT app_user_id()) AND role = 'owner' AND app_may_found(room_id));
--> statement-breakpoint
-- Invites: the owners' business, and not even they read the token's hash.
GRANT SELECT (id, room_id, role, created_by, created_at, expires_at), INSERT, DELETE ON invites TO app_user;
CREATE POLICY see_as_owner ON invites FOR SELECT TO app_user USING (room_id = ANY (ARRAY(SELECT app_owned_room_ids())));
CREATE POLICY invite_as_owner ON invites FOR INSERT TO app_user
  WITH CHECK (room_id = ANY (ARRAY(SELECT app_owned_room_ids())) AND created_by = (SELECT app_user_id()));
CREATE POLICY revoke_as_owner ON invites FOR DELETE TO app_user USING (room_id = ANY (ARRAY(SELECT app_owned_room_ids())));
--> statement-breakpoint
-- The log: written by the engine alone. Members see that something happened and when; what happened may be hidden
-- from a role, and only the engine knows how to leave that out.
GRANT SELECT (room_id, ver, epoch, at) ON room_batch, room_snapshot TO app_user;
CREATE POLICY see_as_member ON room_batch FOR SELECT TO app_user USING (room_id = ANY (ARRAY(SELECT app_room_ids())));
CREATE POLICY see_as_member ON room_snapshot FOR SELECT TO app_user USING (room_id = ANY (ARRAY(SELECT app_room_ids())));
