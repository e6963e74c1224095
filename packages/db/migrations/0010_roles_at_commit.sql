-- The log's two rules, for as many rooms as have something to write. The first is that of 0005: a batch appears only behind
-- the predecessor it was computed from. The second: it appears only if everybody whose commands it holds may still do as
-- much, at the moment of the commit, and is signed in. `actors` names them: roomId, batchId, userId, role, signIn. In an
-- archived room everybody is a viewer. Answers the batches that were written, and those that were denied; what is in neither met another batch.
--
-- Who changes members or archives a room locks its row until the commit (0009), so this waits for them, and the next
-- statement, which has a snapshot of its own, sees what they did; whoever comes after this waits for it. Rooms come in one
-- order, so that two nodes do not wait for each other; nobody waits long for a room that somebody else has locked.

DROP FUNCTION app_append_batches(jsonb);
--> statement-breakpoint
CREATE FUNCTION app_append_batches(batches jsonb, actors jsonb) RETURNS TABLE (id uuid, is_written boolean)
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
      SELECT CASE WHEN (SELECT rooms.archived_at FROM rooms WHERE rooms.id = actor."roomId") IS NULL
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
REVOKE ALL ON FUNCTION app_append_batches(jsonb, jsonb) FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO app_system;
ALTER FUNCTION app_append_batches(jsonb, jsonb) OWNER TO app_system;
REVOKE CREATE ON SCHEMA public FROM app_system;
