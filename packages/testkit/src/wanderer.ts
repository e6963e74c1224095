import { get, type IncomingMessage } from 'node:http';
import { Person } from './person.ts';

/** A browser that visits addresses: cookies by host and port, redirects followed one by one. */
export class Wanderer {
  readonly #jar = new Map<string, Map<string, string>>();

  /** One request. Answers where it leads to, or null when it is a page. */
  async step(address: string, headers: Readonly<Record<string, string>> = {}): Promise<string | null> {
    const url = new URL(address);
    const cookies = this.cookiesOf(url.origin);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const visit = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const response = await ask(url, { ...visit, ...(cookie !== '' && { cookie }), ...headers });
    for (const line of response.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      const cut = pair.indexOf('=');
      const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const { location } = response.headers;
    return location === undefined ? null : new URL(location, url).href;
  }

  /** Follows redirects until `until` says that this address is not to be visited, or a page comes. Answers the last address. */
  async visit(address: string, until: (url: URL) => boolean = () => false): Promise<string> {
    let at = address;
    for (let hops = 0; hops < 20; hops += 1) {
      if (until(new URL(at))) return at;
      const next = await this.step(at);
      if (next === null) return at;
      at = next;
    }
    throw new Error(`Too many redirects, the last one to ${at}`);
  }

  cookiesOf(origin: string): Map<string, string> {
    const cookies = this.#jar.get(origin) ?? new Map<string, string>();
    this.#jar.set(origin, cookies);
    return cookies;
  }

  forget(origin: string): void {
    this.#jar.delete(origin);
  }

  /** Whoever this browser is signed in as, as it is now. */
  personAt(url: string): Person {
    const person = new Person(url);
    const token = this.cookiesOf(url).get('atrium_session');
    person.cookie = token === undefined ? '' : `atrium_session=${token}`;
    return person;
  }

  /** Takes over somebody's session. */
  static as(person: Person): Wanderer {
    const wanderer = new Wanderer();
    const [name = '', value = ''] = person.cookie.split('=');
    wanderer.cookiesOf(person.url).set(name, value);
    return wanderer;
  }
}

/** Not by fetch, which says of itself that it is no visit. */
function ask(url: URL, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      response.resume().once('end', () => resolve(response));
    }).once('error', reject);
  });
}
