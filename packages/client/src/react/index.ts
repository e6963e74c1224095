export { AtriumProvider, type AtriumContext, useAtrium } from './provider.tsx';
export { createQueryApi, type MutationProcedure, type QueryApi, type QueryProcedure } from './query-api.ts';
export {
  useConnectionStatus,
  useObservable,
  usePending,
  usePresence,
  useRecord,
  useRoom,
  useRoomStatus,
} from './hooks.ts';
