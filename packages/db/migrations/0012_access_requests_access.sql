-- Who waits at the door of a room is the business of its owners, and of whoever waits. Written through a system door.
ALTER TABLE access_requests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON access_requests TO app_system;
CREATE POLICY system ON access_requests TO app_system USING (current_user = 'app_system');
GRANT SELECT ON access_requests TO app_user;
CREATE POLICY see_as_owner ON access_requests FOR SELECT TO app_user
  USING (user_id = (SELECT app_user_id()) OR room_id = ANY (ARRAY(SELECT app_owned_room_ids())));
