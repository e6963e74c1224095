import { useAtrium } from '@atrium/client/react';
import { FormError } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { MailSent } from '../mail-link/mail-sent.tsx';
import { errorSentence } from '../shell/error-sentence.ts';
import { ProofButtons } from './proof-buttons.tsx';
import { answerProof } from './proof-request.ts';

/** For an account without a password: a link by mail, opened in this browser, is proof enough. */
export function ProveByMail({ email }: { readonly email: string }) {
  const { api } = useAtrium();
  const request = useMutation(api.auth.requestMagicLink.mutation());
  if (request.isSuccess) {
    return (
      <div className="grid gap-5">
        <MailSent isSure email={email} resend={request} input={{ email }} />
        <WaitForProof />
      </div>
    );
  }
  return (
    <div className="grid gap-5">
      {request.isError && <FormError key={request.submittedAt}>{errorSentence(request.error)}</FormError>}
      <p>We write to {email}. Open the link in this browser, then come back here.</p>
      <ProofButtons isPending={request.isPending} onPress={() => request.mutate({ email })}>
        Mail me a link
      </ProofButtons>
    </div>
  );
}

/** Looks whether the link was opened: when the person comes back to this tab, and when they say so. */
function WaitForProof() {
  const { api, client } = useAtrium();
  const queryClient = useQueryClient();
  const [isTooEarly, setTooEarly] = useState(false);
  const look = useMutation({
    mutationFn: async (_isAsked: boolean) => client.trpc.auth.me.query(),
    onSuccess: (me, isAsked) => {
      const isProved = me.session !== null && Date.parse(me.session.sudoUntil) > Date.now();
      if (isProved) queryClient.setQueryData(api.auth.me.key(), me);
      if (isProved) answerProof(true);
      else setTooEarly(isAsked);
    },
  });
  const { mutate } = look;
  useEffect(() => {
    const onFocus = () => mutate(false);
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [mutate]);
  return (
    <>
      {isTooEarly && <FormError key={look.submittedAt}>The link has not been opened in this browser yet.</FormError>}
      {look.isError && <FormError key={look.submittedAt}>{errorSentence(look.error)}</FormError>}
      <ProofButtons isPending={look.isPending} onPress={() => mutate(true)}>
        I have opened it
      </ProofButtons>
    </>
  );
}
