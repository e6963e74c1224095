import { useAtrium } from '@atrium/client/react';
import { useQueryClient } from '@tanstack/react-query';

/** Call after a room was changed: everything that shows rooms asks again. */
export function useRoomsChanged(): () => Promise<void> {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: api.rooms.key() });
}
