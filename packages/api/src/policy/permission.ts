/** What an API token may be allowed to do; a person's own session may do all of it. Stored in tokens: names stay. */
export const permissions = ['account:read', 'rooms:read', 'rooms:write', 'members:read', 'members:write'] as const;

export type Permission = (typeof permissions)[number];
