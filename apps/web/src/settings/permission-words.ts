import type { Permission } from '@atrium/api';

/** Each permission of a token in the words of the person who gives it, in the order of what it opens. */
export const permissionWords: { readonly [name in Permission]: { readonly text: string; readonly hint: string } } = {
  'rooms:read': { text: 'Read rooms', hint: 'See your rooms, and follow what happens in them' },
  'rooms:write': { text: 'Write in rooms', hint: 'Draw, make, rename, archive and delete rooms where you may' },
  'members:read': { text: 'See who has access', hint: 'Members of your rooms and the links that lead into them' },
  'members:write': { text: 'Invite people', hint: 'Make and take back links, and accept invitations for you' },
  'account:read': { text: 'See your account', hint: 'Your name and your email address' },
};

/** The server may know one that this page does not. */
export function permissionText(name: string): string {
  return Object.hasOwn(permissionWords, name) ? permissionWords[name as Permission].text : name;
}
