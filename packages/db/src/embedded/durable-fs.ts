import { closeSync, fdatasyncSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type StartOptions = Parameters<NodeFS['init']>[1];

/** The part of the engine's file layer that is hooked. Internal to PGlite: a test counts the calls. */
interface FileLayer {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
}

/**
 * PGlite never asks the disk to keep anything: its fsync ends in an empty hook. This file system fills the hook in,
 * so that COMMIT means what PostgreSQL means by it. The engine must be started without `-F`, and with
 * `wal_sync_method=fsync`.
 */
export class DurableFS extends NodeFS {
  fsyncs = 0;
  readonly #onFailure: (error: unknown) => void;

  /** `onFailure`: the disk did not keep what was written; the engine must not go on. */
  constructor(folder: string, onFailure: (error: unknown) => void) {
    super(folder);
    this.#onFailure = onFailure;
  }

  override async init(pg: PGlite, opts: StartOptions): Promise<{ emscriptenOpts: StartOptions }> {
    const { emscriptenOpts } = await super.init(pg, opts);
    const hook = (mod: unknown): void => {
      (mod as FileLayer).NODEFS.stream_ops.fsync = (stream) => this.#fsync(stream.nfd);
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), hook] } };
  }

  #fsync(descriptor: number): number {
    try {
      fdatasyncSync(descriptor);
      this.fsyncs += 1;
    } catch (error) {
      this.#onFailure(error);
    }
    return 0;
  }
}

/** Makes a freshly written folder safe to rename: every file and every directory entry is on disk afterwards. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncOne(path);
  }
  syncDirectory(folder);
}

/** Windows knows no fsync of a directory; there the file system journals renames by itself. */
export function syncDirectory(folder: string): void {
  if (process.platform !== 'win32') syncOne(folder);
}

function syncOne(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
