import type { Role } from '@atrium/rooms/kind';

/** A role as the person who has it reads it. */
export const roleWords: { readonly [role in Role]: string } = {
  owner: 'You own this room',
  editor: 'You can draw',
  commenter: 'You can comment',
  viewer: 'You can look',
};

/** A role in a list of people. */
export const roleNames: { readonly [role in Role]: string } = {
  owner: 'Owner',
  editor: 'Can draw',
  commenter: 'Can comment',
  viewer: 'Can look',
};
