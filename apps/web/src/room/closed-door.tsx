import { refusalOf } from '@atrium/client';
import { AskForAccess } from './ask-for-access.tsx';
import { RoomRefused } from './room-closed.tsx';

export interface ClosedDoorProps {
  readonly roomId: string;
  /** Why the room was not answered. */
  readonly error: unknown;
  /** Asks for the room again. */
  readonly onLook: () => void;
  readonly isFramed?: boolean;
}

/** Instead of a room that did not open: whoever may not come in can ask for it, everybody else can try again. */
export function ClosedDoor({ roomId, error, onLook, isFramed = false }: ClosedDoorProps) {
  const isClosed = refusalOf(error)?.reason === 'NOT_FOUND';
  return (
    <RoomRefused error={error} isFramed={isFramed} {...(!isClosed && { onRetry: onLook })}>
      {isClosed && <AskForAccess roomId={roomId} onLook={onLook} />}
    </RoomRefused>
  );
}
