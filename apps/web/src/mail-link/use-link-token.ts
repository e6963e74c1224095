import { useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { waitingToken } from '../shell/waiting-token.ts';

export interface LinkToken {
  /** Null when somebody came here without a link. */
  readonly token: string | null;
  /** Call it when the token has been used, or can never be: a page that is loaded again does not know it any more. */
  readonly forget: () => void;
  /** The same, and this page shows at once what it shows without a link. */
  readonly drop: () => void;
}

/** The secret of the link that led here; the address bar and the history lose it. */
export function useLinkToken(): LinkToken {
  const router = useRouter();
  const { pathname, hash, searchStr } = useLocation();
  const [page] = useState(pathname);
  const [waiting] = useState(() => waitingToken(`atrium-link:${page}`, sessionStorage));
  const [token, setToken] = useState(() => waiting.take(hash));
  useEffect(() => {
    if (hash === '') return;
    // A second link may be opened in the same tab: only the fragment changes then.
    setToken(waiting.take(hash));
    router.history.replace(page + searchStr);
  }, [hash, page, router, searchStr, waiting]);
  const drop = () => {
    waiting.forget();
    setToken(null);
  };
  return { token, forget: waiting.forget, drop };
}
