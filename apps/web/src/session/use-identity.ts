/**
 * The procedures of identity as the contract names them, typed here until the router has them all: then `useAtrium` takes
 * the place of `useIdentity`, this file goes, and the compiler says where a shape differs.
 */
import type { AuditAction, Device, Me } from '@atrium/api';
import { type AtriumContext, type QueryApi, useAtrium } from '@atrium/client/react';

interface Mutation<Input, Output> {
  readonly mutate: (input: Input) => Promise<Output>;
}

interface Query<Input, Output> {
  readonly query: (input: Input, opts?: { readonly signal?: AbortSignal }) => Promise<Output>;
}

/** What else `auth.me` tells of a session. */
export interface SessionEnd {
  readonly publicId: string;
  /** ISO 8601; the session ends then, however busy it is. */
  readonly absoluteExpiresAt?: string;
  /** True when `sessions.extend` can move that end. */
  readonly canExtend?: boolean;
}

/** What else a row of `sessions.list` tells. */
export interface DeviceProof extends Device {
  /** How its owner proved who they are. */
  readonly factors?: readonly string[];
  readonly remembered?: boolean;
}

/** One row of `account.activity`. */
export interface Activity {
  readonly id: string;
  readonly action: AuditAction;
  readonly result: 'done' | 'refused';
  readonly at: string;
  /** "Firefox on Linux". */
  readonly label: string;
  /** Address prefix. */
  readonly place: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

interface IdentityCalls {
  readonly auth: {
    readonly requestMagicLink: Mutation<{ email: string }, unknown>;
    readonly consumeMagicLink: Mutation<{ token: string; remember?: boolean; code?: string }, Me>;
    readonly requestPasswordReset: Mutation<{ email: string }, unknown>;
    readonly resetPassword: Mutation<{ token: string; password: string; code?: string }, Me>;
    readonly confirmEmail: Mutation<{ token: string }, unknown>;
    readonly resendConfirmation: Mutation<object, unknown>;
    /** Whose link it is; uses nothing up. */
    readonly previewLink: Mutation<{ purpose: LinkPurpose; token: string }, { email: string }>;
    readonly reauthenticate: Mutation<{ password: string }, Me>;
  };
  readonly account: {
    readonly changePassword: Mutation<{ password: string }, unknown>;
    readonly changeEmail: Mutation<{ email: string }, unknown>;
    readonly confirmEmailChange: Mutation<{ token: string }, unknown>;
    readonly claim: Mutation<{ email: string; password: string }, Me>;
    readonly activity: Query<{ before?: string }, { events: readonly Activity[]; next: string | null }>;
    readonly export: Query<void, unknown>;
    readonly delete: Mutation<object, { deletesAt: string }>;
  };
  readonly sessions: { readonly extend: Mutation<void, unknown> };
}

/** What a mailed link is for. */
export type LinkPurpose = 'magic-link' | 'confirm' | 'reset' | 'email-change';

export interface IdentityContext {
  readonly api: AtriumContext['api'] & QueryApi<IdentityCalls>;
  readonly client: AtriumContext['client'] & { readonly trpc: IdentityCalls };
}

export function useIdentity(): IdentityContext {
  // Both follow any path; only the types say which there are.
  return useAtrium() as unknown as IdentityContext;
}
