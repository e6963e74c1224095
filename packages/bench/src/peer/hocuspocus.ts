import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { Server } from '@hocuspocus/server';
import { WebSocket } from 'ws';
import type { Peer } from './peer.ts';

/** Hocuspocus: one text in one document of Yjs, changed again and again; nothing is stored. */
export const hocuspocus: Peer = {
  async serve() {
    const server = new Server({ address: '127.0.0.1', port: 0, quiet: true, stopOnSignals: false });
    await server.listen();
    return server.address.port;
  },
  async join(port, onMessage) {
    const websocketProvider = new HocuspocusProviderWebsocket({
      url: `ws://127.0.0.1:${port}`,
      WebSocketPolyfill: WebSocket,
    });
    const provider = new HocuspocusProvider({ websocketProvider, name: 'said' });
    const synced = new Promise<void>((resolve) => provider.on('synced', () => resolve()));
    provider.attach();
    await synced;
    const texts = provider.document.getMap<string>('said');
    texts.observe(({ transaction }) => {
      if (!transaction.local) onMessage();
    });
    return {
      publish: (text) => void texts.set('text', text),
      close() {
        provider.destroy();
        websocketProvider.destroy();
      },
    };
  },
};
