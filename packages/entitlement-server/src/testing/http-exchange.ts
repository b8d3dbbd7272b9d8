import { once } from 'node:events';
import { connect } from 'node:net';

import type { FuzzRequest } from './fuzz-world.js';
import type { ReadAnswer } from './openapi-checker.js';

/** A request in the bytes that travel. The connection ends with it. */
export function writeHttp({ method, target, headers, body, isCutOff = false }: FuzzRequest): Buffer {
  const bytes = Buffer.from(body ?? '');
  const fields = headers.filter(([name]) => name !== 'Content-Length');
  const length = isCutOff ? bytes.length + 1 : bytes.length;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'Host: server.invalid',
    'Connection: close',
    ...fields.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : [`Content-Length: ${length}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/**
 * Sends bytes to a port of this machine, and gives everything that comes back until the connection is closed.
 *
 * @param isLast Whether the sender closes its side at once, so that what is incomplete stays so.
 */
export async function exchange(port: number, bytes: Uint8Array, isLast: boolean): Promise<Buffer> {
  const socket = connect({ port, host: '127.0.0.1' });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A server that has read enough may close while there is more to come; what it said before counts.
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  if (isLast) socket.end(bytes);
  else socket.write(bytes);

  await closed;
  return Buffer.concat(chunks);
}

/** Reads the first answer in what came back; null where there is none. */
export function readHttp(bytes: Buffer): ReadAnswer | null {
  const end = bytes.indexOf('\r\n\r\n');
  const [start = '', ...lines] = bytes.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(start)?.[1] ?? 0);
  if (status === 0) return null;
  // An interim answer comes before the real one.
  if (status < 200) return readHttp(bytes.subarray(end + 4));

  const fields = new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const rest = bytes.subarray(end + 4);
  const body =
    fields.get('transfer-encoding') === 'chunked'
      ? readChunks(rest)
      : rest.subarray(0, Number(fields.get('content-length') ?? 0));
  return { status, contentType: fields.get('content-type') ?? null, body };
}

function readChunks(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\r\n');
  const length = Number.parseInt(bytes.subarray(0, end).toString('latin1'), 16);
  if (!(length > 0)) return Buffer.alloc(0);

  const start = end + 2;
  return Buffer.concat([
    bytes.subarray(start, start + length),
    readChunks(bytes.subarray(start + length + 2)),
  ]);
}
