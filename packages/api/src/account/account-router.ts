import { z } from 'zod';
import { passkeysRouter } from '../factor/passkeys-router.ts';
import { recoveryCodesProcedure, totpRouter } from '../factor/totp-router.ts';
import { userHttpProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { lineOfText } from '../text-input.ts';
import type { Me } from '../wire.ts';
import { activity } from './activity.ts';
import { claimGuest } from './claim-guest.ts';
import { credentialProcedures } from './credential-procedures.ts';
import { deleteAccount } from './delete-account.ts';
import { exportAccount } from './export-account.ts';
import { identitiesRouter } from './identities-router.ts';
import { toMe } from './me.ts';

export const accountRouter = router({
  update: userHttpProcedure()
    .input(z.object({ name: lineOfText(80) }))
    .mutation(async ({ ctx, input }): Promise<Me> => {
      const { accounts, live, lifetimes } = ctx.services;
      await accounts.rename(ctx.identity, input.name);
      live.rename(ctx.identity.user.id, input.name);
      return toMe({ ...ctx.identity, user: { ...ctx.identity.user, name: input.name } }, lifetimes);
    }),

  ...credentialProcedures,
  identities: identitiesRouter,
  totp: totpRouter,
  recoveryCodes: recoveryCodesProcedure,
  passkeys: passkeysRouter,
  claim: claimGuest,
  activity,
  export: exportAccount,
  delete: deleteAccount,
});
