import { bareWs } from './bare-ws.ts';
import { colyseus } from './colyseus.ts';
import { hocuspocus } from './hocuspocus.ts';
import type { Peer } from './peer.ts';
import { socketIo } from './socket-io.ts';

/** Whatever is measured beside Atrium; docs/decisions/0006-what-is-measured-beside.md says why these. */
export const peers: Readonly<Record<string, Peer>> = {
  'bare ws': bareWs,
  'Socket.IO': socketIo,
  Colyseus: colyseus,
  Hocuspocus: hocuspocus,
};
