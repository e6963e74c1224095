import { AuthorizationResponseError, ClientError } from 'openid-client';
import { ProviderFailed } from './provider.ts';

/** Does a provider's part; whatever goes wrong becomes a `ProviderFailed`. */
export async function asProvider<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ProviderFailed ? error : new ProviderFailed(failureOf(error), { cause: error });
  }
}

/** A network that failed is told apart from an answer that is wrong; only the first is worth another try. */
function failureOf(error: unknown): ProviderFailed['failure'] {
  if (error instanceof AuthorizationResponseError)
    return error.error === 'access_denied' ? 'cancelled' : 'provider-answer';
  if (error instanceof ClientError && error.code === 'OAUTH_TIMEOUT') return 'provider-down';
  const isNetwork = error instanceof TypeError && error.message === 'fetch failed';
  const isLate = error instanceof DOMException && error.name === 'TimeoutError';
  const isCausedByNetwork =
    error instanceof Error && error.cause instanceof TypeError && error.cause.message === 'fetch failed';
  return isNetwork || isLate || isCausedByNetwork ? 'provider-down' : 'provider-answer';
}
