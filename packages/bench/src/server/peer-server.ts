/** Serves the peer that is named on the command line, and prints its address. Run by startScript. */
import { peers } from '../peer/peers.ts';

const peer = peers[process.argv[2] ?? ''];
if (!peer) throw new Error('There is no such peer.');
process.stdout.write(`http://127.0.0.1:${await peer.serve()}\n`);
process.on('SIGTERM', () => process.exit(0));
