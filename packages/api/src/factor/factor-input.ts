import { z } from 'zod';
import { codeInput } from '../text-input.ts';

/** Bytes as base64url. */
const bytes = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\w-]+$/);

const credential = {
  id: bytes(1_400),
  rawId: bytes(1_400),
  type: z.literal('public-key'),
  // Nothing is asked for by extensions, so nothing is read from them.
  clientExtensionResults: z.unknown().transform(() => ({})),
};

/** What `navigator.credentials.create` answers, as JSON. */
export const registrationInput = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(8_192),
    attestationObject: bytes(65_536),
    transports: z
      .array(z.string().max(32))
      .max(8)
      .optional()
      .transform((transports) => transports ?? []),
  }),
});

/** What `navigator.credentials.get` answers, as JSON. */
const assertionInput = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(8_192),
    authenticatorData: bytes(8_192),
    signature: bytes(8_192),
    userHandle: z
      .string()
      .max(128)
      .optional()
      .transform((handle) => handle ?? ''),
  }),
});

/** The answer to a question that the server asked an authenticator. */
export const passkeyAnswerInput = z.object({ challengeId: z.uuid(), response: assertionInput });

/** By what somebody who is signed in shows, without a password, that it is still them. */
export const factorProofInputs = [
  z.strictObject({ code: codeInput }),
  z.strictObject({ passkey: passkeyAnswerInput }),
] as const;
