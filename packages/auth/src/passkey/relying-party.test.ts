import { expect, test } from 'vitest';
import { relyingPartyOf } from './relying-party.ts';

test('A74 passkeys are for the host of PUBLIC_URL and for pages of its origin alone', () => {
  expect(relyingPartyOf('https://atrium.example.org')).toEqual({
    id: 'atrium.example.org',
    origins: ['https://atrium.example.org'],
  });
  expect(relyingPartyOf('https://atrium.example.org:8443').origins).toEqual(['https://atrium.example.org:8443']);
});

test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
  'A74 %s is localhost for passkeys: browsers make none for an address',
  (url) => {
    expect(relyingPartyOf(url)).toEqual({ id: 'localhost', origins: ['http://localhost:3000'] });
  },
);
