import { Person, startTestServer, type TestServer } from '../src/index.ts';

export interface TwoPeople {
  readonly server: TestServer;
  readonly ada: Person;
  readonly bob: Person;
}

/** A server with two accounts. Close the server. */
export async function startWithTwoPeople(): Promise<TwoPeople> {
  const server = await startTestServer();
  return { server, ada: await Person.signUp(server.url, 'Ada'), bob: await Person.signUp(server.url, 'Bob') };
}
