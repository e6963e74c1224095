import type { Room } from '@atrium/api';
import { Button } from '@atrium/ui';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { LeaveRoomDialog } from '../rooms/leave-room-dialog.tsx';

/** Asks first, and goes to the list of rooms afterwards. */
export function LeaveRoom({ room }: { readonly room: Room }) {
  const [isAsking, setAsking] = useState(false);
  const navigate = useNavigate();
  return (
    <>
      <Button onPress={() => setAsking(true)}>Leave room</Button>
      {isAsking && (
        <LeaveRoomDialog
          room={room}
          onClose={() => setAsking(false)}
          onLeft={() => navigate({ to: '/rooms', replace: true })}
        />
      )}
    </>
  );
}
