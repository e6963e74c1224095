import type { PresencePerson } from '@atrium/rooms';
import type { RoomRecord } from '@atrium/rooms/kind';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { ConnectionStatus } from '../connection/connection.ts';
import type { Observable } from '../observable.ts';
import type { ClientKind } from '../room/client-kind.ts';
import type { RoomStatus } from '../room/room-status.ts';
import { openRoom, type Room } from '../room/room.ts';
import { useAtrium } from './provider.tsx';

/** The current value; renders again when it changes. */
export function useObservable<Value>(observable: Observable<Value>): Value {
  return useSyncExternalStore(observable.subscribe, observable.get, observable.get);
}

/**
 * Opens the room for as long as the component is there; null only until the first effect has run. Another room or
 * another client closes it and opens the new one.
 */
export function useRoom<Kind extends ClientKind>(kind: Kind, roomId: string): Room<Kind> | null {
  const { client } = useAtrium();
  const [room, setRoom] = useState<Room<Kind> | null>(null);
  useEffect(() => {
    const opened = openRoom(client, { kind, roomId });
    setRoom(opened);
    return () => {
      opened.close();
      setRoom(null);
    };
  }, [client, kind, roomId]);
  return room;
}

/** Phase, role and, at the end, the reason. */
export function useRoomStatus(room: Room): RoomStatus {
  return useObservable(room.status);
}

/** One record of the room; renders again only when this one changes. */
export function useRecord(room: Room, collection: string, id: string): RoomRecord | undefined {
  const subscribe = useCallback(
    (listener: () => void) => room.store.subscribe(collection, id, listener),
    [room, collection, id],
  );
  const get = useCallback(() => room.store.get(collection, id), [room, collection, id]);
  return useSyncExternalStore(subscribe, get, get);
}

/** How many of this person's changes the server has not answered yet. */
export function usePending(room: Room): number {
  return useObservable(room.pending);
}

/** Everyone in the room, oneself included, each person once. */
export function usePresence(room: Room): readonly PresencePerson[] {
  return useObservable(room.people);
}

/** The state of the socket. */
export function useConnectionStatus(): ConnectionStatus {
  const { client } = useAtrium();
  return useObservable(client.connection.status);
}
