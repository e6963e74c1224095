/** One piece of the app: who looks at their rooms looks at who is in them. */
export { MembersPage } from '../share/members-page.tsx';
export { RoomsPage } from './rooms-page.tsx';
