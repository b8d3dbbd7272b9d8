import type { Duplex } from 'node:stream';

import { PROBLEM_MEDIA_TYPE, createProblem, type ProblemDetails } from '@secure-player/protocol';

/** Answers bytes that are not HTTP, or too many of them before the body. Node would do it in plain text. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { line, problem } = error.code === 'HPE_HEADER_OVERFLOW' ? TOO_LARGE : UNREADABLE;
  const body = JSON.stringify(problem);
  const headers = `Content-Type: ${PROBLEM_MEDIA_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\n${headers}\r\n\r\n${body}`);
}

interface Refusal {
  readonly line: string;
  readonly problem: ProblemDetails;
}

const UNREADABLE: Refusal = { line: '400 Bad Request', problem: createProblem('invalid-request') };
/** RFC 6585 section 5. */
const TOO_LARGE: Refusal = {
  line: '431 Request Header Fields Too Large',
  problem: { ...createProblem('payload-too-large'), status: 431 },
};
