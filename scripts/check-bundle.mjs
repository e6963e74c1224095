/** Holds what the browser loads first to its budget; the board, which loads when a room is opened, is not in it. */
import { join } from 'node:path';
import { entryFiles } from './bundle.mjs';
import { root } from './repository.mjs';

const budget = 150 * 1_024;

const files = entryFiles(join(root, 'apps', 'web', 'dist')).toSorted((a, b) => b.bytes - a.bytes);
const sum = files.reduce((bytes, file) => bytes + file.bytes, 0);
const kilobytes = (bytes) => `${(bytes / 1_024).toFixed(1)} KB`;

for (const { path, bytes } of files) console.log(`${kilobytes(bytes).padStart(10)}  ${path}`);
console.log(`${kilobytes(sum).padStart(10)}  of ${kilobytes(budget)} after gzip`);
process.exitCode = files.length > 0 && sum <= budget ? 0 : 1;
