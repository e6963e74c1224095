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
    errorFormatter({ shape, error }) {
      const refusal = toRefusal(error);
      const { httpStatus, path } = shape.data;
      return {
        code: shape.code,
        message: refusal.message,
        data: { code: refusal.code, httpStatus, path, reason: refusal.reason },
      };
    },
    sse: { enabled: false },
  });
