/**
 * tRPC procedures as TanStack Query options: `useQuery(api.rooms.list.query({}))`,
 * `useMutation(api.rooms.create.mutation())`, `queryClient.invalidateQueries({ queryKey: api.rooms.list.key() })`.
 * For calls over HTTP; a room's state never lives in the query cache.
 */
import type { AppRouter } from '@atrium/api';
import type { QueryKey } from '@tanstack/react-query';
import { getUntypedClient, type TRPCClient, type TRPCUntypedClient } from '@trpc/client';

/** No argument where the procedure takes none. */
type Args<Input> = undefined extends Input ? [input?: Input] : void extends Input ? [] : [input: Input];

export interface QueryProcedure<Input, Output> {
  /** For `useQuery`, `useSuspenseQuery` and `queryClient.fetchQuery`. */
  query(...args: Args<Input>): {
    readonly queryKey: QueryKey;
    readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Output>;
  };
  /** With an input the key of that query, without one the prefix of all of them. */
  key(input?: Input): QueryKey;
}

export interface MutationProcedure<Input, Output> {
  /** For `useMutation`. */
  mutation(): { readonly mutationKey: QueryKey; readonly mutationFn: (input: Input) => Promise<Output> };
}

/** The key prefix of a whole router: `queryClient.invalidateQueries({ queryKey: api.rooms.key() })`. */
interface RouterKey {
  key(): QueryKey;
}

/** The shape of a tRPC client with options in place of calls; subscriptions are not in it. */
export type QueryApi<Client> = {
  readonly [Name in keyof Client as Client[Name] extends { subscribe: unknown } ? never : Name]: Client[Name] extends {
    query: (input: infer Input, ...rest: never[]) => Promise<infer Output>;
  }
    ? QueryProcedure<Input, Output>
    : Client[Name] extends { mutate: (input: infer Input, ...rest: never[]) => Promise<infer Output> }
      ? MutationProcedure<Input, Output>
      : QueryApi<Client[Name]>;
} & RouterKey;

function keyOf(path: readonly string[], input: unknown): QueryKey {
  return input === undefined ? path : [...path, input];
}

/** What stands at the end of a path such as `rooms.list`. */
function optionsAt(client: TRPCUntypedClient<AppRouter>, path: readonly string[]) {
  const procedure = path.join('.');
  return {
    key: (input?: unknown) => keyOf(path, input),
    query: (input?: unknown) => ({
      queryKey: keyOf(path, input),
      queryFn: ({ signal }: { signal: AbortSignal }) => client.query(procedure, input, { signal }),
    }),
    mutation: () => ({
      mutationKey: path,
      mutationFn: (input: unknown) => client.mutation(procedure, input),
    }),
  };
}

function node(client: TRPCUntypedClient<AppRouter>, path: readonly string[]): object {
  const children = new Map<string, object>();
  return new Proxy(optionsAt(client, path), {
    get(options, name) {
      if (typeof name === 'symbol') return undefined;
      if (path.length > 0 && Object.hasOwn(options, name)) return Reflect.get(options, name);
      const child = children.get(name) ?? node(client, [...path, name]);
      children.set(name, child);
      return child;
    },
  });
}

/** Options for every query and mutation of the server, typed by its router. */
export function createQueryApi(client: TRPCClient<AppRouter>): QueryApi<TRPCClient<AppRouter>> {
  // The proxy follows any path; the type says which there are.
  return node(getUntypedClient(client), []) as QueryApi<TRPCClient<AppRouter>>;
}
