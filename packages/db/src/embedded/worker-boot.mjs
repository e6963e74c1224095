// Starts the thread from source: Node 20 cannot read TypeScript, and a thread does not inherit the loader of the
// process that starts it. The bundle does not need this file; see assets.ts.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
