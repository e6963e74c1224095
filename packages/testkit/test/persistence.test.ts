import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Person, startServerOn } from '../src/index.ts';

test('what was acknowledged is there after a restart: rooms, strokes, answers, sessions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atrium-test-'));
  try {
    await using server = await startServerOn(join(folder, 'data'));
    const ada = await Person.signUp(server.url);
    const roomId = await ada.createBoard('Kept');
    const commands = [{ seq: 1, name: 'setMeta', input: { background: '#fafafa' } }];
    const answer = await ada.mutate('rooms.send', { roomId, clientId: 'tab', commands });

    await server.restart();
    expect(await ada.query('rooms.list')).toMatchObject([{ id: roomId, title: 'Kept' }]);
    expect(await ada.mutate('rooms.send', { roomId, clientId: 'tab', commands })).toEqual(answer);
    await using socket = await ada.openSocket();
    socket.send('subscription', 'rooms.watch', { roomId });
    expect(JSON.stringify(await socket.event('snapshot'))).toContain('#fafafa');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
