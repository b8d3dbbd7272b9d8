import { DrmTimeline, PlaybackError, type TimelineEntry } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { DrmObserver } from './drm-observer.js';
import { RequestType, type InitDataTransform, type ShakaRequest } from './shaka-namespace.js';
import { createFakeShakaPlayer } from './testing/fake-shaka-player.js';

const KEY_ID = '0123456789abcdef0123456789abcdef';
const INIT_DATA = new Uint8Array([1, 2, 3]);

function setup() {
  const { player, title, emit } = createFakeShakaPlayer();
  const timeline = new DrmTimeline();
  const controller = new AbortController();
  const observer = new DrmObserver({
    player,
    chosen: { name: 'com.widevine.alpha', configuration: { licenseUrl: '/license' } },
    timeline,
    signal: controller.signal,
  });
  observer.watchInitData();
  const [configuration] = player.configure.mock.calls.at(-1) ?? [];
  const { drm } = configuration as { drm: { initDataTransform: InitDataTransform } };
  const meetInitData = (initData = INIT_DATA, drmInfo: unknown = null) =>
    drm.initDataTransform(initData, 'cenc', drmInfo);
  const createRequest = (more: Partial<ShakaRequest> = {}): ShakaRequest => ({
    uris: [],
    attempt: 0,
    headers: {},
    body: new Uint8Array(5),
    licenseRequestType: 'license-request',
    sessionId: 'session',
    initData: INIT_DATA,
    ...more,
  });
  const ask = (more?: Partial<ShakaRequest>) => {
    const request = createRequest(more);
    observer.noteRequest(RequestType.LICENSE, request);
    return request;
  };
  const respond = (type: number, originalRequest = createRequest()) =>
    observer.noteResponse(type, {
      uri: '',
      originalUri: '',
      data: new ArrayBuffer(7),
      headers: {},
      status: 200,
      originalRequest,
    });
  const haveStatus = (status: string) => {
    title.keyStatuses = { [KEY_ID]: status };
    emit('keystatuschanged');
  };
  const state = (name: string) => emit('onstatechange', undefined, name);
  const told = () => timeline.getState().map(describeEntry);

  return {
    observer,
    timeline,
    title,
    emit,
    controller,
    createRequest,
    meetInitData,
    ask,
    respond,
    haveStatus,
    state,
    told,
  };
}

function describeEntry({ step, sessionLabel, outcome }: TimelineEntry): string {
  return [step, sessionLabel, outcome].filter((part) => part !== null).join(' ');
}

describe('a load', () => {
  it('goes through every step that Shaka takes', () => {
    const { state, observer, createRequest, respond, meetInitData, ask, emit, haveStatus, told, timeline } =
      setup();
    state('drm-engine');
    observer.noteRequest(RequestType.SERVER_CERTIFICATE, createRequest());
    respond(RequestType.SERVER_CERTIFICATE);
    meetInitData(INIT_DATA, { videoRobustness: ['HW_SECURE_ALL'] });
    const request = ask();
    observer.onAttempt(request)?.({ attempt: 1 }).end('ok', { httpStatus: 200 });
    respond(RequestType.LICENSE, request);
    emit('drmsessionupdate');
    haveStatus('usable');

    expect(told()).toEqual([
      'keys ok',
      'certificate ok',
      'session s1 ok',
      'challenge s1 ok',
      'server s1 ok',
      'update s1 ok',
      'statuses s1 ok',
    ]);
    expect(timeline.getState().map(({ detail }) => detail)).toEqual([
      { keySystem: 'com.widevine.alpha' },
      { httpStatus: 200, responseBytes: 7 },
      { initDataType: 'cenc', robustness: 'HW_SECURE_ALL' },
      { messageType: 'license-request', requestBytes: 5 },
      { attempt: 1, httpStatus: 200 },
      { messageType: 'license-request', responseBytes: 7 },
      { keyStatuses: [{ keyId: '01234567', status: 'usable' }] },
    ]);
  });

  it('leaves init data as the configuration before made it', () => {
    const { meetInitData } = setup();

    expect(meetInitData(INIT_DATA)).toBe(INIT_DATA);
  });

  it('that fails ends what is under way, with the code', () => {
    const { state, meetInitData, observer, told, timeline } = setup();
    state('drm-engine');
    meetInitData();
    observer.noteFailure(new PlaybackError('license-timeout'));

    expect(told()).toEqual(['keys ok', 'session s1 ok', 'challenge s1 failed']);
    expect(timeline.getState().at(-1)?.detail).toEqual({ errorCode: 'license-timeout' });
  });

  it('that is over is told of no more', () => {
    const { controller, state, meetInitData, haveStatus, told } = setup();
    controller.abort();
    state('drm-engine');
    meetInitData();
    haveStatus('usable');

    expect(told()).toEqual([]);
  });
});

describe('sessions', () => {
  it('are one for the same init data, as Shaka has it', () => {
    const { meetInitData, told } = setup();
    meetInitData();
    meetInitData(new Uint8Array(INIT_DATA));

    expect(told()).toEqual(['session s1 ok', 'challenge s1 pending']);
  });

  it('are told apart by their init data, whichever message comes first', () => {
    const { meetInitData, ask, told } = setup();
    const other = new Uint8Array([9]);
    meetInitData();
    meetInitData(other);
    ask({ sessionId: 'b', initData: other });
    ask({ sessionId: 'a' });

    expect(told()).toEqual(['session s1 ok', 'challenge s1 ok', 'session s2 ok', 'challenge s2 ok']);
  });

  it('renew by a message of their own, and the statuses that come of it are told where they are new', () => {
    const { meetInitData, ask, respond, emit, haveStatus, told } = setup();
    meetInitData();
    respond(RequestType.LICENSE, ask());
    emit('drmsessionupdate');
    haveStatus('usable');
    respond(RequestType.LICENSE, ask({ licenseRequestType: 'license-renewal' }));
    emit('drmsessionupdate');
    haveStatus('usable');

    expect(told().slice(-2)).toEqual(['challenge s1 ok', 'update s1 ok']);
  });

  it('that Shaka makes anew for the same init data are other ones', () => {
    const { meetInitData, ask, told } = setup();
    meetInitData();
    ask({ sessionId: 'a' });
    ask({ sessionId: 'b' });

    expect(told()).toEqual(['session s1 ok', 'challenge s1 ok', 'challenge s2 ok']);
  });
});

it('statuses that change by themselves are a moment, and no session’s', () => {
  const { haveStatus, told } = setup();
  haveStatus('usable');
  haveStatus('output-restricted');

  expect(told()).toEqual(['statuses ok', 'statuses ok']);
});
