import { findAssets } from '../assets.ts';
import type { Backend } from '../backend.ts';
import { openMemory } from '../embedded/open.ts';
import { openPostgres } from '../postgres/backend.ts';
import { cachedImage } from './image.ts';
import { isOnServer, serverUrl } from './server-url.ts';
import { createEmpty } from './template.ts';

/** A database without a schema, for tests of the migrations themselves. */
export async function openEmptyBackend(): Promise<AsyncDisposable & { readonly backend: Backend }> {
  if (!isOnServer()) {
    const assets = findAssets();
    const backend = await openMemory(assets.workerUrl, await cachedImage('blank', assets));
    return { backend, [Symbol.asyncDispose]: async () => await backend.close() };
  }
  const created = await createEmpty(serverUrl());
  const backend = await openPostgres(created.url);
  return {
    backend,
    [Symbol.asyncDispose]: async () => {
      await backend.close();
      await created.drop();
    },
  };
}
