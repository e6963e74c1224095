import { Client, type ClientConfig } from 'pg';
import type { ChannelListeners } from '../backend.ts';
import { toDatabaseError } from '../errors.ts';

const firstDelay = 200; // ms
const longestDelay = 5_000; // ms
/** A connection that died without a word is found by asking. */
const checkEvery = 10_000; // ms
const checkTimeout = 5_000; // ms

/**
 * Listens on a connection of its own and makes a new one whenever that is lost. Rejects when the first one fails;
 * from then on `onDeaf` and `onListening` tell how it stands.
 */
export async function listenOn(
  config: ClientConfig,
  channel: string,
  listeners: ChannelListeners,
): Promise<() => Promise<void>> {
  const listener = new Listener(config, channel, listeners);
  try {
    await listener.connect();
  } catch (error) {
    await listener.stop();
    throw toDatabaseError(error);
  }
  return async () => await listener.stop();
}

class Listener {
  readonly #config: ClientConfig;
  readonly #channel: string;
  readonly #listeners: ChannelListeners;
  #client: Client | undefined;
  #isStopped = false;
  #isDeaf = false;
  #delay = firstDelay;
  #retry: NodeJS.Timeout | undefined;
  #check: NodeJS.Timeout | undefined;

  constructor(config: ClientConfig, channel: string, listeners: ChannelListeners) {
    this.#config = config;
    this.#channel = channel;
    this.#listeners = listeners;
  }

  async connect(): Promise<void> {
    const client = new Client({ ...this.#config, query_timeout: checkTimeout });
    this.#client = client;
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ payload }) => this.#listeners.onMessage(payload ?? ''));
    await client.connect();
    await client.query(`listen ${this.#channel}`);
    if (this.#isStopped) return;
    this.#delay = firstDelay;
    this.#isDeaf = false;
    this.#check = setInterval(() => void client.query('select 1').catch(() => this.#lost(client)), checkEvery);
    this.#listeners.onListening();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    clearInterval(this.#check);
    await this.#client?.end().catch(() => {});
  }

  #lost(client: Client): void {
    if (client !== this.#client || this.#isStopped) return;
    this.#client = undefined;
    clearInterval(this.#check);
    void client.end().catch(() => {});
    if (!this.#isDeaf) this.#listeners.onDeaf();
    this.#isDeaf = true;
    this.#retry = setTimeout(() => {
      this.connect().catch(() => this.#client && this.#lost(this.#client));
    }, this.#delay);
    this.#delay = Math.min(this.#delay * 2, longestDelay);
  }
}
