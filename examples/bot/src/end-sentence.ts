import { endSentences } from '@atrium/client';

/** Where a program is told otherwise than a person. */
const ofPrograms: Readonly<Record<string, string>> = {
  'signed-out': 'The server does not accept this token any more. Make a new one in the settings.',
  'signed-out-elsewhere': 'Somebody has revoked this token, so this program stops.',
  expired: 'This token has come to its end. Make a new one in the settings.',
  disabled: 'The account behind this token has been disabled.',
  theft: 'This token was used by two programs and has been ended. Make a new one in the settings.',
};

/** Why a program has to stop, for the person who reads its output. */
export function endSentence(reason: keyof typeof endSentences): string {
  return ofPrograms[reason] ?? endSentences[reason];
}
