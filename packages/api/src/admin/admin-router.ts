import type { Policy } from '../policy/policy.ts';
import { router } from '../router-builder.ts';
import { auditProcedures } from './audit-procedures.ts';
import { roomsProcedures } from './rooms-procedures.ts';
import { serverProcedures } from './server-procedures.ts';
import { becomeFirst } from './setup.ts';
import { policiesWith, simulateWith } from './simulate.ts';
import { usersProcedures } from './users-procedures.ts';

/** The control panel: for administrators of the server, who are members of no room by that. */
export const adminRouter = (policies: () => ReadonlyMap<string, Policy>) =>
  router({
    ...usersProcedures,
    ...roomsProcedures,
    ...auditProcedures,
    ...serverProcedures,
    policies: policiesWith(policies),
    simulate: simulateWith(policies),
    becomeFirst,
  });
