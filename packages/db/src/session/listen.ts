import type { Backend } from '../backend.ts';
import type { EndingListeners } from '../database.ts';
import { readEnding } from './ending.ts';

/** Resolves once the first connection listens; `onListening` has been called by then. */
export async function listenForEndings(backend: Backend, listeners: EndingListeners): Promise<() => Promise<void>> {
  return await backend.listen('atrium_endings', {
    onMessage: (payload) => {
      const ending = readEnding(payload);
      if (ending === null) listeners.onDoubt();
      else listeners.onEnding(ending);
    },
    onDeaf: () => listeners.onDeaf(),
    onListening: () => listeners.onListening(),
  });
}
