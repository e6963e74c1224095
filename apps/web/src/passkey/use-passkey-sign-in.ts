import type { Me } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { hasPasskeys } from './passkey-problem.ts';

export interface PasskeySignInOptions {
  readonly remember: boolean;
  readonly onSignedIn: (me: Me) => Promise<void>;
}

/** By the button: the browser asks which passkey. */
export function usePasskeySignIn({ remember, onSignedIn }: PasskeySignInOptions): UseMutationResult<Me, Error, void> {
  const { trpc } = useAtrium().client;
  return useMutation({
    mutationFn: async () => {
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const { challengeId, options } = await trpc.auth.passkeys.begin.mutate();
      const response = await startAuthentication({ optionsJSON: options });
      return trpc.auth.passkeys.finish.mutate({ challengeId, response, remember });
    },
    onSuccess: onSignedIn,
  });
}

/** How long one question may wait before another takes its place: the server forgets it after five minutes. */
const patience = 4 * 60_000;

/**
 * While `isOn`, the browser offers its passkeys in the field for the address (an input whose `autocomplete` ends with
 * `webauthn`). The button takes its turn: only one question is open at a time.
 */
export function usePasskeyAutofill(isOn: boolean, { remember, onSignedIn }: PasskeySignInOptions): void {
  const { trpc } = useAtrium().client;
  const latest = useRef({ remember, onSignedIn });
  useEffect(() => {
    latest.current = { remember, onSignedIn };
  });

  useEffect(() => {
    if (!isOn || !hasPasskeys(location.hostname)) return;
    const left = new AbortController();
    const offer = async () => {
      const { browserSupportsWebAuthnAutofill, startAuthentication, WebAuthnAbortService } =
        await import('@simplewebauthn/browser');
      if (left.signal.aborted || !(await browserSupportsWebAuthnAutofill())) return;
      left.signal.addEventListener('abort', () => WebAuthnAbortService.cancelCeremony());
      while (!left.signal.aborted) {
        const { challengeId, options } = await trpc.auth.passkeys.begin.mutate(undefined, { signal: left.signal });
        const renewal = setTimeout(() => WebAuthnAbortService.cancelCeremony(), patience);
        const since = Date.now();
        const response = await startAuthentication({ optionsJSON: options, useBrowserAutofill: true }).catch(
          () => null,
        );
        clearTimeout(renewal);
        if (response) {
          const me = await trpc.auth.passkeys.finish.mutate({
            challengeId,
            response,
            remember: latest.current.remember,
          });
          return await latest.current.onSignedIn(me);
        }
        // Anything but its own renewal, such as the button, or a browser that refuses, is not argued with.
        if (Date.now() - since < patience) return;
      }
    };
    // An offer in a field is a convenience: whatever goes wrong with it, the form and the button are still there.
    offer().catch(() => {});
    return () => left.abort();
  }, [isOn, trpc]);
}
