export { arrangeInvite, arrangeMember, arrangeRoom, arrangeSession, arrangeUser } from './arrange.ts';
export { isOnServer } from './server-url.ts';
export { createServerDatabase, openTestDatabase, type TestDatabase } from './test-database.ts';
export * from './somebody-waits.ts';
