import type { Backend } from '../backend.ts';
import type { EndingListeners } from '../database.ts';
import type { Ending } from './ending.ts';

/** Resolves once the first connection listens; `onListening` has been called by then. */
export async function listenForEndings(backend: Backend, listeners: EndingListeners): Promise<() => Promise<void>> {
  return await backend.listen('atrium_endings', {
    // Written by our own triggers (migrations/*_endings.sql), which nobody else can reach.
    onMessage: (payload) => listeners.onEnding(JSON.parse(payload) as Ending),
    onDeaf: () => listeners.onDeaf(),
    onListening: () => listeners.onListening(),
  });
}
