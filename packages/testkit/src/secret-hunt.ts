import { sql } from 'drizzle-orm';
import type { TestServer } from './test-server.ts';

/** Something that was handed to one person and must be written down nowhere. */
export interface HandedOut {
  /** For the report: the value itself is never printed. */
  readonly name: string;
  readonly value: string;
}

export interface Hunt {
  readonly server: Pick<TestServer, 'readSql'>;
  readonly secrets: readonly HandedOut[];
  /** Everything that the server has logged. */
  readonly log: string;
  /** Addresses that were called. */
  readonly urls: readonly string[];
}

/** Shorter ones would be found by chance. */
const shortest = 6;

/**
 * Looks through every row of every table, the log and the addresses for everything that was handed out, as it is and as
 * base64, base64url, hex, percent-encoded, or the bytes that it stands for. Answers where something was found, as
 * "<name> (<form>) in <place>"; nothing is the good answer.
 */
export async function huntSecrets({ server, secrets, log, urls }: Hunt): Promise<readonly string[]> {
  const places = [
    ...(await dumpTables(server)),
    { place: 'the log', text: log },
    { place: 'a URL', text: urls.join('\n') },
  ];
  const lower = places.map(({ place, text }) => ({ place, text, lower: text.toLowerCase() }));
  return secrets.flatMap(({ name, value }) => {
    if (value.length < shortest) throw new Error(`${name} is too short to be looked for`);
    return formsOf(value).flatMap(({ form, text, isHex }) =>
      lower
        .filter((place) => (isHex ? place.lower : place.text).includes(text))
        .map(({ place }) => `${name} (${form}) in ${place}`),
    );
  });
}

/** Each table as text, one row a line. Throws when the database seems to have none. */
async function dumpTables(server: Hunt['server']): Promise<readonly { place: string; text: string }[]> {
  const tables = await server.readSql<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  if (tables.length < 10) throw new Error(`Only ${tables.length} tables can be seen: the hunt would find nothing`);
  const dumps: { place: string; text: string }[] = [];
  for (const { name } of tables) {
    const rows = await server.readSql<{ row: string }>(
      sql`select row_to_json(t)::text as row from ${sql.identifier(name)} t`,
    );
    dumps.push({ place: `the table ${name}`, text: rows.map(({ row }) => row).join('\n') });
  }
  return dumps;
}

interface Form {
  readonly form: string;
  readonly text: string;
  readonly isHex?: true;
}

function formsOf(value: string): readonly Form[] {
  const bytes = Buffer.from(value, 'utf8');
  const forms: Form[] = [
    { form: 'as it is', text: value },
    { form: 'in JSON', text: JSON.stringify(value).slice(1, -1) },
    { form: 'percent-encoded', text: encodeURIComponent(value) },
    { form: 'base64', text: withoutEnd(bytes.toString('base64')) },
    { form: 'base64url', text: withoutEnd(bytes.toString('base64url')) },
    { form: 'hex', text: bytes.toString('hex'), isHex: true },
  ];
  if (/^[A-Za-z0-9_-]{16,}$/.test(value)) {
    const meant = Buffer.from(value, 'base64url');
    forms.push(
      { form: 'its bytes in base64', text: withoutEnd(meant.toString('base64')) },
      { form: 'its bytes in hex', text: meant.toString('hex'), isHex: true },
    );
  }
  const seen = new Set<string>();
  return forms.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** The last characters depend on what follows in a longer text. */
function withoutEnd(text: string): string {
  return text.replace(/.{1,2}=*$/, '');
}
