CREATE INDEX "rooms_created_by" ON "rooms" USING btree ("created_by");
--> statement-breakpoint
-- The policies compare each row with the array of all rooms of a person: asking about one room that is cheap, asking
-- about 3,000 of them it is 3,000 * 3,000 comparisons, and as many scans when the planner knows nothing of the tables.
-- These run as app_system instead and so must say themselves whose rooms they are.
--
-- The newest rooms of a person, each at the cost of an index lookup per table. The settings hold while the function
-- runs: a plan that was made while the tables were small must not stay a scan when they have grown.
CREATE FUNCTION app_newest_rooms(member uuid, archived boolean, most integer)
RETURNS TABLE (
  id uuid, kind text, title text, created_by uuid, created_at timestamptz, archived_at timestamptz, role text,
  active_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS
$$
  SELECT room.id, room.kind, room.title, room.created_by, room.created_at, room.archived_at, membership.role,
    coalesce(to_timestamp(coalesce(batch.at, snapshot.at) / 1000.0), room.created_at) AS active_at
  FROM room_members AS membership
  -- OFFSET 0 keeps the planner from turning the lookup into a join with the whole table.
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
--> statement-breakpoint
-- How many rooms there are that this person opened, in whichever of them they still are; counts no further than `most`.
CREATE FUNCTION app_opened_rooms(most integer) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ SELECT count(*)::integer FROM (SELECT FROM rooms WHERE created_by = app_user_id() LIMIT most) AS opened $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app_newest_rooms(uuid, boolean, integer), app_opened_rooms(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_newest_rooms(uuid, boolean, integer), app_opened_rooms(integer) TO app_user;
GRANT CREATE ON SCHEMA public TO app_system;
ALTER FUNCTION app_newest_rooms(uuid, boolean, integer) OWNER TO app_system;
ALTER FUNCTION app_opened_rooms(integer) OWNER TO app_system;
REVOKE CREATE ON SCHEMA public FROM app_system;
