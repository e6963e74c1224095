import type { AppRouter } from '@atrium/api';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { TRPCClient } from '@trpc/client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { AtriumClient } from '../atrium-client.ts';
import { createQueryApi, type QueryApi } from './query-api.ts';

export interface AtriumContext {
  readonly client: AtriumClient;
  /** TanStack Query options for every procedure. */
  readonly api: QueryApi<TRPCClient<AppRouter>>;
}

const Context = createContext<AtriumContext | null>(null);

export interface AtriumProviderProps {
  readonly client: AtriumClient;
  readonly queryClient: QueryClient;
  readonly children: ReactNode;
}

/** Gives the tree below the client, its typed query options and the query cache. */
export function AtriumProvider({ client, queryClient, children }: AtriumProviderProps) {
  const context = useMemo(() => ({ client, api: createQueryApi(client.trpc) }), [client]);
  return (
    <Context.Provider value={context}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </Context.Provider>
  );
}

/** The client and the query options; throws outside an `AtriumProvider`. */
export function useAtrium(): AtriumContext {
  const context = useContext(Context);
  if (!context) throw new Error('useAtrium needs an AtriumProvider above it.');
  return context;
}
