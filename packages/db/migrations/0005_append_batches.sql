-- The log's safety rule, for as many rooms as have something to write: a batch appears only behind the predecessor it
-- was computed from, which is the snapshot when the log was compacted up to it. The primary key decides between two
-- writers of the same version; the loser inserts nothing. Answers the ids of the batches that it wrote.
-- One statement that commits by itself, on any connection: it runs as app_system, and app_user may not call it.
-- The predecessors are scalar subqueries, because an EXISTS may be planned as a hash of the whole table. Rooms come in
-- one order, so that two nodes do not wait for each other; nobody waits long for a room that somebody else has locked.

CREATE FUNCTION app_append_batches(batches jsonb) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
BEGIN
  RETURN QUERY
  INSERT INTO room_batch (room_id, ver, epoch, batch_id, prev_hash, hash, node, at, diff, commands)
  SELECT new.* FROM jsonb_to_recordset(batches) AS new (
    "roomId" uuid, ver bigint, epoch int, "batchId" uuid, "prevHash" text, hash text, node text, at bigint,
    diff jsonb, commands jsonb)
  WHERE new."prevHash" = (
      SELECT prev.hash FROM room_batch prev WHERE prev.room_id = new."roomId" AND prev.ver = new.ver - 1)
    OR new."prevHash" = (
      SELECT prev.hash FROM room_snapshot prev WHERE prev.room_id = new."roomId" AND prev.ver = new.ver - 1)
    OR new.ver = 1 AND new."prevHash" = ''
      AND (SELECT prev.ver FROM room_snapshot prev WHERE prev.room_id = new."roomId") IS NULL
      AND (SELECT prev.ver FROM room_batch prev WHERE prev.room_id = new."roomId" AND prev.ver > 1 LIMIT 1) IS NULL
  ORDER BY new."roomId"
  ON CONFLICT (room_id, ver) DO NOTHING
  RETURNING batch_id;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app_append_batches(jsonb) FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO app_system;
ALTER FUNCTION app_append_batches(jsonb) OWNER TO app_system;
REVOKE CREATE ON SCHEMA public FROM app_system;
