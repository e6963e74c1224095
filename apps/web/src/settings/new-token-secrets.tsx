import type { IssuedApiToken } from '@atrium/api';
import { CopyField } from '../form/copy-field.tsx';

/** The two halves of a token, for whoever made it. The server keeps nothing that they could be read from. */
export function NewTokenSecrets({ token }: { readonly token: IssuedApiToken }) {
  const { accessToken, refreshToken } = token;
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
      <p>
        Copy it now: for safety it is not shown again. Whoever has it can do what{' '}
        <strong className="break-words">{token.name}</strong> may do.
      </p>
      <CopyField
        isLabelShown
        label="As a file"
        action="Copy file"
        value={JSON.stringify({ accessToken, refreshToken })}
        hint="Both tokens as JSON, as our client reads and renews them."
      />
      <CopyField
        isLabelShown
        look="quiet"
        label="Access token"
        action="Copy access token"
        value={accessToken}
        hint="Good for ten minutes: to try something out."
      />
      <CopyField
        isLabelShown
        look="quiet"
        label="Refresh token"
        action="Copy refresh token"
        value={refreshToken}
        hint="Takes the next access token. Each one works once."
      />
    </div>
  );
}
