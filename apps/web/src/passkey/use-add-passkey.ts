import type { Passkey } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { useMutation, type UseMutationResult } from '@tanstack/react-query';

/** Has this device, or a phone beside it, make a passkey for this account. */
export function useAddPasskey(onAdded: (passkey: Passkey) => Promise<void>): UseMutationResult<Passkey, Error, void> {
  const { trpc } = useAtrium().client;
  return useMutation({
    mutationFn: async () => {
      const { startRegistration } = await import('@simplewebauthn/browser');
      const { challengeId, options } = await trpc.account.passkeys.begin.mutate();
      const response = await startRegistration({ optionsJSON: options });
      return trpc.account.passkeys.finish.mutate({ challengeId, response });
    },
    onSuccess: onAdded,
  });
}
