import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The two things that this package needs as files. */
export interface Assets {
  /** The script of the embedded database's thread. */
  readonly workerUrl: URL;
  /** The migrations as drizzle-kit wrote them, with `meta/_journal.json`. */
  readonly migrationsFolder: string;
}

/**
 * In a bundle, `pglite-worker.js` (built from src/embedded/worker.ts as an entry of its own) and `migrations/` lie
 * beside the file that this code ended up in, or one folder above it. From source they are where they were written.
 */
export function findAssets(): Assets {
  for (const folder of ['./', '../']) {
    const workerUrl = new URL(`${folder}pglite-worker.js`, import.meta.url);
    const migrations = new URL(`${folder}migrations/`, import.meta.url);
    if (existsSync(workerUrl)) return { workerUrl, migrationsFolder: fileURLToPath(migrations) };
  }
  return {
    workerUrl: new URL(`./embedded/worker-boot.mjs`, import.meta.url),
    migrationsFolder: fileURLToPath(new URL(`../migrations/`, import.meta.url)),
  };
}
