export { arrangeInvite, arrangeMember, arrangeRoom, arrangeSession, arrangeUser } from './arrange.ts';
export { openTestDatabase, type TestDatabase } from './test-database.ts';
