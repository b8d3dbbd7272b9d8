import { expect, it } from 'vitest';

import type { LogEntry } from '../../log/log-entry.js';
import { createRequest, NOW } from './testing/grants.js';
import type { PeerHandler } from './testing/http-peer.js';
import { createManualTimers } from './testing/manual-timers.js';
import { problemOf } from './testing/problem-of.js';
import { answerLicense, setupUpstream } from './testing/setup-upstream.js';

const status =
  (code: number): PeerHandler =>
  (_, response) =>
    response.writeHead(code, { Location: 'https://elsewhere.example/?token=s3cret' }).end('s3cret');

it.each([
  [401, { level: 'info', code: 'license-upstream-refused', httpStatus: 401 }],
  [429, { level: 'info', code: 'too-many-requests', httpStatus: 429 }],
  [500, { level: 'error', code: 'license-upstream-failed', httpStatus: 500 }],
  [302, { level: 'error', code: 'license-upstream-failed', httpStatus: 302 }],
])('tells the operator of an answer with status %d', async (code, entry) => {
  const entries: LogEntry[] = [];
  const { upstream } = await setupUpstream(status(code), {}, { log: (line) => entries.push(line) });
  await problemOf(upstream.send(createRequest()));

  expect(entries).toEqual([{ event: 'upstream', time: NOW, kind: upstream.kind, ...entry }]);
});

it('tells the operator why there was no connection, and when time was up', async () => {
  const entries: LogEntry[] = [];
  const log = (line: LogEntry): void => void entries.push(line);
  const { upstream, peer } = await setupUpstream(answerLicense, {}, { log });
  await peer.close();
  await problemOf(upstream.send(createRequest()));

  const timers = createManualTimers();
  const slow = await setupUpstream(() => {}, {}, { log, startTimer: timers.startTimer });
  const sent = problemOf(slow.upstream.send(createRequest()));
  await slow.peer.received(1);
  timers.elapse();
  await sent;

  expect(entries).toMatchObject([
    { event: 'upstream', level: 'error', code: 'license-upstream-failed', errorCode: 'ECONNREFUSED' },
    { event: 'upstream', level: 'error', code: 'license-upstream-timeout' },
  ]);
});

it('has nothing to tell of a license', async () => {
  const entries: LogEntry[] = [];
  const { upstream } = await setupUpstream(answerLicense, {}, { log: (line) => entries.push(line) });
  await upstream.send(createRequest());
  expect(entries).toEqual([]);
});
