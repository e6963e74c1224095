import type { Me } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { useQueryClient } from '@tanstack/react-query';
import { answerProof } from './proof-request.ts';

/** What happens once the server has taken the proof. */
export function useProved(): (me: Me) => void {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  return (me) => {
    queryClient.setQueryData(api.auth.me.key(), me);
    answerProof(true);
  };
}
