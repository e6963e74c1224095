import type { AtriumContext } from '@atrium/client/react';
import type { QueryClient } from '@tanstack/react-query';

/** What guards and loaders of routes get. */
export interface RouterContext {
  readonly queryClient: QueryClient;
  readonly api: AtriumContext['api'];
}
