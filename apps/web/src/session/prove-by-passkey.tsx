import { useAtrium } from '@atrium/client/react';
import { FormError } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { passkeyProblem } from '../passkey/passkey-problem.ts';
import { ProofButtons } from './proof-buttons.tsx';
import { useProved } from './use-proved.ts';

export function ProveByPasskey() {
  const { trpc } = useAtrium().client;
  const prove = useMutation({
    mutationFn: async () => {
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const { challengeId, options } = await trpc.account.passkeys.beginProof.mutate();
      const response = await startAuthentication({ optionsJSON: options });
      return trpc.auth.reauthenticate.mutate({ passkey: { challengeId, response } });
    },
    onSuccess: useProved(),
  });
  const problem = prove.isError ? passkeyProblem(prove.error) : null;
  return (
    <div className="grid gap-5">
      {problem !== null && <FormError key={prove.submittedAt}>{problem}</FormError>}
      <p>Your browser asks for one of your passkeys.</p>
      <ProofButtons isPending={prove.isPending} onPress={() => prove.mutate()}>
        <Fingerprint size={18} aria-hidden /> Use a passkey
      </ProofButtons>
    </div>
  );
}
