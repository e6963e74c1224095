/**
 * Ends this process with those that started it. npm runs a script through a shell and passes a signal to the shell only, which
 * dies of it and leaves its child behind: a server that holds its port and its data folder, and that nobody sees.
 */
import { readFileSync } from 'node:fs';

const interval = 250;

/** Call once the server handles signals: it then gets a SIGTERM when npm or npm's shell has gone, however they went. */
export function endWithParents() {
  if (!process.env.npm_lifecycle_event) return;
  const before = parents();
  const timer = setInterval(() => {
    if (parents() === before) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, interval);
  timer.unref();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => clearInterval(timer));
}

/** The parent and, where the system tells it in a file, the parent's parent. */
function parents() {
  try {
    const [, , parentOfParent] = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
      .replace(/^.*\) /, ') ')
      .split(' ');
    return `${process.ppid} ${parentOfParent}`;
  } catch {
    return `${process.ppid}`;
  }
}
