import { type Reason, reasons } from '@atrium/api';
import type { ServerResponse } from 'node:http';

/** Answers in the shape of a tRPC error, so that a client needs one way to read refusals. */
export function refuse(res: ServerResponse, refusal: { status: number; reason: Reason; message: string }): void {
  res.writeHead(refusal.status, { 'Content-Type': 'application/json', Connection: 'close' });
  res.end(refusalBody(refusal));
}

export function refusalBody({ status, reason, message }: { status: number; reason: Reason; message: string }): string {
  return JSON.stringify({
    error: { message, code: -32_600, data: { code: reasons[reason][0], httpStatus: status, reason } },
  });
}
