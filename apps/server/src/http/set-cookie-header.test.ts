import { expect, test } from 'vitest';
import { setCookieHeader } from './set-cookie-header.ts';

test('cookies of several names go out together, and of one name the last', () => {
  let sent: number | string | readonly string[] | undefined;
  const res = {
    getHeader: () => sent as string[] | undefined,
    setHeader: (_name: string, value: number | string | readonly string[]) => {
      sent = value;
      return res as never;
    },
  };
  setCookieHeader(res, 'atrium_session=one; Path=/');
  expect(sent).toEqual(['atrium_session=one; Path=/']);
  setCookieHeader(res, 'atrium_device=here; Path=/');
  setCookieHeader(res, 'atrium_session=two; Path=/');
  expect(sent).toEqual(['atrium_device=here; Path=/', 'atrium_session=two; Path=/']);
});
