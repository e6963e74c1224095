import { buttonClass } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import { GuestJoin, type GuestJoinProps } from './guest-join.tsx';

export interface WaysInProps extends GuestJoinProps {
  /** What an account is good for here. */
  readonly lead: string;
  /** Where to come back to with one. */
  readonly next: string;
}

/** For whoever is not signed in at the door of a room: as a guest, or with an account. */
export function WaysIn({ join, action, lead, next }: WaysInProps) {
  return (
    <div className="grid gap-8">
      <GuestJoin join={join} action={action} />
      <div className="grid gap-3 border-t border-line pt-6">
        <p className="text-ink-soft">{lead}</p>
        <div className="flex flex-wrap gap-3">
          <Link to="/sign-in" search={{ next }} className={buttonClass()}>
            Sign in
          </Link>
          <Link to="/sign-up" search={{ next }} className={buttonClass()}>
            Create an account
          </Link>
        </div>
      </div>
    </div>
  );
}
