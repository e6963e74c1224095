import { Person } from '@atrium/testkit';
import type { Row } from '../report.ts';
import { startDurableServer } from './durable-server.ts';

const batch = 50;
const inFlight = 8;
const rounds = 60;

/** Commands a second that one room acknowledges when senders never wait: what group commit is worth. */
export async function throughput(): Promise<Row[]> {
  await using server = await startDurableServer();
  const ada = await Person.signUp(server.url);
  const roomId = await ada.createBoard();
  await using socket = await ada.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');

  const run = async (clientId: string, size: number, count: number) => {
    let seq = 1;
    for (let round = 0; round < count; round++) {
      const commands = Array.from({ length: size }, () => ({
        seq: seq++,
        name: 'setMeta',
        input: { background: '#fafafa' },
      }));
      await socket.call('mutation', 'rooms.send', { roomId, clientId, commands });
    }
  };
  const perSecond = async (name: string, opts: { senders: number; size: number; count: number }) => {
    const began = performance.now();
    await Promise.all(Array.from({ length: opts.senders }, (_, n) => run(`${name}${n}`, opts.size, opts.count)));
    return (opts.senders * opts.size * opts.count) / ((performance.now() - began) / 1000);
  };

  await perSecond('warm', { senders: 1, size: 10, count: 10 });
  const alone = await perSecond('alone', { senders: 1, size: 1, count: 500 });
  const together = await perSecond('together', { senders: inFlight, size: batch, count: rounds });
  return [
    {
      what: `acknowledged commands/s of one room, ${inFlight} senders, ${batch} a call`,
      value: `${Math.round(together)} /s`,
      baseline: `one sender, one a call: ${Math.round(alone)} /s`,
      ratio: together / alone,
    },
  ];
}
