import fc from 'fast-check';
import { expect } from 'vitest';
import type { Lifetimes } from '../session/lifetimes.ts';
import { SessionOracle } from './session-oracle.ts';
import type { StoryServer } from './story-server.ts';

const second = 1_000;
const minute = 60 * second;

/**
 * `request`: the browser sends its cookie, several times at once · `arrive`: the server takes one of those · `answer`: one
 * of its answers reaches the browser, in any order · `lose`: one does not · `connect`: a socket with the cookie of now ·
 * `steal`: somebody copies the cookie · `thief`: comes with the copy, and keeps what is handed out if `adopts`.
 */
export type Step =
  | { readonly type: 'request' | 'arrive'; readonly pick: number; readonly times: number }
  | { readonly type: 'answer' | 'lose'; readonly pick: number }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'connect' | 'steal' | 'sign-in' | 'revoke' | 'secure' | 'disable' | 'role' }
  | { readonly type: 'thief'; readonly adopts: boolean };

const pick = fc.nat(5);
const just = <Type extends Step['type']>(...types: Type[]) => fc.constantFrom(...types.map((type) => ({ type })));
const sent = (type: 'request' | 'arrive') =>
  fc.record({ type: fc.constant(type), pick, times: fc.integer({ min: 1, max: 4 }) });
const got = (type: 'answer' | 'lose') => fc.record({ type: fc.constant(type), pick });
const waits = [1, 25, 59, 61, 6 * 60, 6 * 60, 15 * 60, 17 * 60, 9 * 24 * 3_600].map((seconds) => seconds * second);

const peaceful: { arbitrary: fc.Arbitrary<Step>; weight: number }[] = [
  { arbitrary: sent('request'), weight: 8 },
  { arbitrary: sent('arrive'), weight: 10 },
  { arbitrary: got('answer'), weight: 8 },
  { arbitrary: got('lose'), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.constantFrom(...waits) }), weight: 8 },
  { arbitrary: just('connect', 'connect', 'role', 'secure', 'revoke', 'sign-in', 'sign-in', 'disable'), weight: 2 },
];
const hostile: typeof peaceful = [
  { arbitrary: just('steal', 'steal', 'secure'), weight: 3 },
  { arbitrary: fc.record({ type: fc.constant('thief' as const), adopts: fc.boolean() }), weight: 5 },
];

/** `size`: otherwise hardly a story would be longer than 20 steps. */
const shape = { minLength: 10, maxLength: 100, size: 'max' } as const;

export const peacefulStory = fc.array(fc.oneof(...peaceful), shape);
export const hostileStory = fc.array(fc.oneof(...peaceful, ...hostile), shape);

export interface StoryClock {
  now(): number;
  advance(ms: number): void;
}

interface Sent {
  readonly token: string;
  readonly at: number;
}

/** Plays a story against a server, and compares every answer with what must happen. */
export class SessionStory {
  readonly #server: StoryServer;
  readonly #clock: StoryClock;
  readonly #lifetimes: Lifetimes;
  #oracle: SessionOracle | null = null;
  #jar: string | null = null;
  #loot: string | null = null;
  /** A second holder has shown up: the owner may lose the session for that. */
  #isShared = false;
  #requests: Sent[] = [];
  /** Offers on their way to the browser. */
  #answers: Sent[] = [];
  #sockets = 0;
  #offeredAt = -Infinity;
  #thefts = 0;

  constructor(parts: { server: StoryServer; clock: StoryClock; lifetimes: Lifetimes }) {
    this.#server = parts.server;
    this.#clock = parts.clock;
    this.#lifetimes = parts.lifetimes;
  }

  async play(steps: readonly Step[]): Promise<void> {
    await this.#signIn();
    for (const step of steps) {
      await this.#take(step);
      await this.#compareSockets();
    }
    await this.#end('signed-out', () => this.#server.signOut());
    // Not one token that was ever handed out opens what is over.
    for (const token of this.#oracle?.handedOut ?? []) expect(await this.#server.present(token, true)).toBeNull();
    expect(await this.#server.countOpen()).toBe(0);
  }

  async #take(step: Step): Promise<void> {
    switch (step.type) {
      case 'request':
        if (this.#jar) this.#requests.push({ token: this.#jar, at: this.#clock.now() });
        return;
      case 'arrive':
        return this.#arrive(step.pick, step.times);
      case 'answer':
        this.#jar = taken(this.#answers, step.pick)?.token ?? this.#jar;
        return;
      case 'lose':
        taken(this.#answers, step.pick);
        taken(this.#requests, step.pick);
        return;
      case 'wait':
        return this.#wait(step.ms);
      case 'connect':
        return this.#connect();
      case 'steal':
        this.#loot = this.#jar;
        return;
      case 'thief':
        return this.#comeAsThief(step.adopts);
      case 'sign-in':
        await this.#end('signed-out', () => this.#server.signOut());
        return this.#signIn();
      case 'revoke':
        return this.#end('signed-out', () => this.#server.signOut());
      case 'disable':
        return this.#end('disabled', () => this.#server.disable());
      case 'role':
        return this.#server.changeRole();
      case 'secure':
        return this.#secure();
    }
  }

  async #signIn(): Promise<void> {
    this.#jar = await this.#server.signIn();
    this.#oracle = new SessionOracle(this.#jar, this.#clock.now(), this.#lifetimes);
    this.#startAnew();
    this.#loot = null;
    this.#sockets = 0;
  }

  /** What was under way for the token before is not looked at any further. */
  #startAnew(): void {
    this.#requests = [];
    this.#answers = [];
    this.#isShared = false;
    this.#offeredAt = -Infinity;
  }

  async #end(reason: 'signed-out' | 'disabled', run: () => Promise<void>): Promise<void> {
    await run();
    if (this.#oracle) this.#oracle.end ??= reason;
  }

  async #secure(): Promise<void> {
    // Asked by somebody whose session was just found to be good.
    if (!this.#jar || !(await this.#present(this.#jar, { times: 1, mayOffer: false }))) return;
    const token = await this.#server.secure();
    expect(token).not.toBeNull();
    if (token === null) return;
    // Whoever else holds something that was handed out before holds nothing, and harms nobody by showing it.
    for (const old of this.#oracle?.handedOut.slice(-3) ?? []) expect(await this.#server.present(old, true)).toBeNull();
    expect(this.#server.thefts).toBe(this.#thefts);
    this.#oracle?.secure(token, this.#clock.now());
    this.#jar = token;
    this.#startAnew();
  }

  async #arrive(index: number, times: number): Promise<void> {
    const request = taken(this.#requests, index);
    if (!request) return;
    const isGood = await this.#present(request.token, { times, mayOffer: true, isBrowser: true });
    // Without a cause nobody is locked out.
    if (!isGood && !this.#isShared) expect(this.#oracle?.end).toMatch(/signed-out|expired|disabled/);
  }

  async #connect(): Promise<void> {
    if (!this.#jar || !(await this.#present(this.#jar, { times: 1, mayOffer: false }))) return;
    await this.#server.open();
    this.#sockets += 1;
  }

  async #comeAsThief(adopts: boolean): Promise<void> {
    if (!this.#loot) return;
    this.#isShared = true;
    const before = this.#oracle?.handedOut.length ?? 0;
    await this.#present(this.#loot, { times: 1, mayOffer: true });
    if (adopts) this.#loot = this.#oracle?.handedOut[before] ?? this.#loot;
  }

  async #present(
    token: string,
    { times, mayOffer, isBrowser = false }: { times: number; mayOffer: boolean; isBrowser?: boolean },
  ): Promise<boolean> {
    const now = this.#clock.now();
    const isDue = mayOffer && this.#oracle?.isDue(token, now) === true;
    const verdict = this.#oracle?.present(token, now) ?? 'nobody';
    const all = await Promise.all(Array.from({ length: times }, () => this.#server.present(token, mayOffer)));
    expect(all.map((answer) => answer !== null)).toEqual(all.map(() => verdict === 'good'));
    if (verdict === 'theft') this.#thefts += 1;
    expect(this.#server.thefts).toBe(this.#thefts);
    const offered = all.flatMap((answer) => answer?.offered ?? []);
    expect(offered).toHaveLength(isDue && verdict === 'good' ? 1 : 0);
    for (const each of offered) {
      expect(now - this.#offeredAt).toBeGreaterThanOrEqual(this.#lifetimes.rotate);
      this.#offeredAt = now;
      this.#oracle?.offer(each, now);
      if (isBrowser) this.#answers.push({ token: each, at: now });
    }
    return verdict === 'good';
  }

  /** Nothing is under way for longer than what rotation.ts and its grace take into account. */
  #wait(ms: number): void {
    this.#clock.advance(ms);
    const now = this.#clock.now();
    this.#requests = this.#requests.filter(({ at }) => now - at < minute);
    this.#answers = this.#answers.filter(({ at }) => now - at < 16 * minute);
  }

  async #compareSockets(): Promise<void> {
    if (this.#sockets === 0) return;
    const isOver = this.#oracle?.isOver(this.#clock.now()) ?? true;
    if (isOver) this.#sockets = 0;
    expect(await this.#server.countOpen()).toBe(this.#sockets);
  }
}

function taken(list: Sent[], index: number): Sent | undefined {
  return list.splice(index % Math.max(1, list.length), 1)[0];
}
