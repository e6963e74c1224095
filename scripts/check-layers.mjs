/** Holds every source file against the rules of layers.mjs; one line for each violation, and exit code 1 when there is one. */
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesBelow } from './fingerprint.mjs';
import { violationsOf } from './layers.mjs';
import { root } from './repository.mjs';

const files = ['apps', 'packages', 'examples']
  .flatMap((folder) => filesBelow(join(root, folder)))
  .filter((file) => /\.m?tsx?$/.test(file) && !file.endsWith('.d.ts'));

let found = 0;
for (const file of files) {
  const path = relative(root, file).split(sep).join('/');
  for (const { line, message } of violationsOf({ path, source: readFileSync(file, 'utf8') })) {
    found += 1;
    console.error(`${path}:${line} ${message}`);
  }
}

if (files.length === 0) console.error('No source file was found to check.');
else
  console.log(
    `Checked the layers of ${files.length} files: ${found === 0 ? 'all in place' : `${found} out of place`}.`,
  );
process.exitCode = found === 0 && files.length > 0 ? 0 : 1;
