import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';
import type { Policy } from './policy/policy.ts';
import { toRefusal } from './refusal.ts';

/**
 * The bare tRPC instance. Only policy/procedure.ts and router.ts import it: every procedure comes from a builder that
 * carries a policy.
 */
export const t = initTRPC
  .context<Context>()
  .meta<Policy>()
  .create({
    /** `data.retryAfter`: milliseconds after which to try again, already jittered; only where the server knows them. */
    errorFormatter({ shape, error }) {
      const refusal = toRefusal(error);
      const { httpStatus, path } = shape.data;
      const { retryAfter } = refusal;
      return {
        code: shape.code,
        message: refusal.message,
        data: {
          code: refusal.code,
          httpStatus,
          path,
          reason: refusal.reason,
          ...(retryAfter !== undefined && { retryAfter }),
        },
      };
    },
    sse: { enabled: false },
  });
