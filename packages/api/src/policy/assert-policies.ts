import type { AnyRouter } from '@trpc/server';
import type { Policy } from './policy.ts';

/** Every procedure of the router with its policy; throws when one has none, so that the server does not start. */
export function policiesOf(router: AnyRouter): ReadonlyMap<string, Policy> {
  const found = new Map<string, Policy>();
  for (const [path, procedure] of Object.entries<{ _def: { meta?: Policy } }>(router._def.procedures)) {
    const policy = procedure._def.meta;
    if (!policy) throw new Error(`The procedure ${path} has no policy: build it with one of policy/procedure.ts`);
    found.set(path, policy);
  }
  return found;
}
