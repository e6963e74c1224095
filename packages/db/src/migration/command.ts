/** `pnpm db:migrate <url or folder>`: brings a database up to date without starting the server. */
import { openDatabase } from '../open-database.ts';

const url = process.argv[2];
if (url === undefined) {
  console.error('Usage: pnpm db:migrate <postgres://… | folder>');
  process.exit(2);
}
const database = await openDatabase({ url, onProgress: (line) => console.log(line) });
console.log(`${database.description}: up to date.`);
await database.close();
