import { t } from './trpc.ts';

/** Groups procedures; the procedures themselves come from policy/procedure.ts. */
export const router = t.router;
