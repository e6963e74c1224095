/** `pnpm db:migrate <url or folder>`: brings a database up to date without starting the server. */
import { openDatabase } from '../open-database.ts';

const url = process.argv[2];
const print = (line: string): boolean => process.stdout.write(`${line}\n`);
if (url === undefined) {
  print('Usage: pnpm db:migrate -- <postgres://… | folder>');
  process.exit(2);
}
const database = await openDatabase({ url, onProgress: print });
print(`${database.description}: up to date.`);
await database.close();
