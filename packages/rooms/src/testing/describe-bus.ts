import { describe, expect, test } from 'vitest';
import type { Bus } from '../bus/bus.ts';

/** What a suite needs of an implementation. `settled` resolves when what was published before has arrived. */
export interface BusFixture extends AsyncDisposable {
  readonly bus: Bus;
  settled(): Promise<void>;
}

/** What every `Bus` does while nothing is broken. */
export function describeBus(name: string, create: () => Promise<BusFixture>): void {
  describe(`${name} carries messages`, () => {
    test('B1 to every listener of the topic, in the order of publishing, and to nobody else', async () => {
      await using fixture = await create();
      const heard: string[] = [];
      fixture.bus.subscribe('room/1', (message) => heard.push(`a:${message}`));
      fixture.bus.subscribe('room/1', (message) => heard.push(`b:${message}`));
      fixture.bus.subscribe('room/2', (message) => heard.push(`c:${message}`));
      fixture.bus.publish('room/1', 'one');
      fixture.bus.publish('room/1', '漢 👩 \u2028');
      await fixture.settled();
      expect(heard.filter((line) => line.startsWith('a'))).toEqual(['a:one', 'a:漢 👩 \u2028']);
      expect(heard.filter((line) => line.startsWith('b'))).toEqual(['b:one', 'b:漢 👩 \u2028']);
      expect(heard).toHaveLength(4);
    });

    test('B2 in a turn of its own: a publisher never runs a listener', async () => {
      await using fixture = await create();
      const heard: string[] = [];
      fixture.bus.subscribe('t', (message) => heard.push(message));
      fixture.bus.publish('t', 'one');
      expect(heard).toEqual([]);
      await fixture.settled();
      expect(heard).toEqual(['one']);
    });

    test('B3 until the subscription is given back, which may happen twice', async () => {
      await using fixture = await create();
      const heard: string[] = [];
      const same = (message: string) => void heard.push(message);
      const first = fixture.bus.subscribe('t', same);
      fixture.bus.subscribe('t', same);
      first();
      first();
      fixture.bus.publish('t', 'one');
      await fixture.settled();
      expect(heard).toEqual(['one']);
    });
  });
}
