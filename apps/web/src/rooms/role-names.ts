import type { Role } from '@atrium/rooms/kind';

/** What a role is called on the page. */
export const roleNames: { readonly [role in Role]: string } = {
  owner: 'Owner',
  editor: 'Can draw',
  commenter: 'Can comment',
  viewer: 'Can view',
};
