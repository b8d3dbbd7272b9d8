import { contracts } from '../contract-test.js';
import { equal, rejects, throws, show } from '../page/expectations.js';
import { fromHex } from '../page/clear-key.js';

const HDCP_VERSIONS = ['1.0', '1.1', '1.2', '1.3', '1.4', '2.0', '2.1', '2.2', '2.3'];

/** Calls with what TypeScript would not let through. */
function call(
  mediaKeys: MediaKeys,
  method: 'createSession',
  ...parameters: readonly unknown[]
): MediaKeySession;
function call(mediaKeys: MediaKeys, method: string, ...parameters: readonly unknown[]): Promise<unknown>;
function call(mediaKeys: MediaKeys, method: string, ...parameters: readonly unknown[]): unknown {
  return Reflect.apply(Reflect.get(mediaKeys, method) as () => unknown, mediaKeys, parameters);
}

export const mediaKeysContracts = [
  ...contracts('createSession()', {
    'a session is temporary unless told otherwise': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      await rejects(() => mediaKeys.createSession().load('1'), 'TypeError', 'load() of a temporary session');
      equal(mediaKeys.createSession('temporary').sessionId, '', 'session id');
    },
    'a new session has no id, no expiration, no keys and no handlers, and is open': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      const session = mediaKeys.createSession();
      equal(session.sessionId, '', 'sessionId');
      equal(session.expiration, Number.NaN, 'expiration');
      equal(session.keyStatuses.size, 0, 'size of keyStatuses');
      equal([session.onmessage, session.onkeystatuseschange], [null, null], 'handlers');
      equal(await Promise.race([session.closed, Promise.resolve('open')]), 'open', 'closed');
    },
    'each call makes a session of its own': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      equal(mediaKeys.createSession() === mediaKeys.createSession(), false, 'the same object');
    },
    'an unknown session type is refused': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      for (const type of ['unheard-of', '', 'TEMPORARY', 'persistent-usage-record', null, 1]) {
        throws(() => call(mediaKeys, 'createSession', type), 'TypeError', `type ${String(type)}`);
      }
    },
    'a session type that the configuration does not have is not supported': async (environment) => {
      const mediaKeys = await environment.createMediaKeys(['temporary']);
      throws(() => mediaKeys.createSession('persistent-license'), 'NotSupportedError', 'persistent-license');
    },
    'a configuration without session types allows no session': async (environment) => {
      const mediaKeys = await environment.createMediaKeys([]);
      throws(() => mediaKeys.createSession('temporary'), 'NotSupportedError', 'temporary');
    },
  }),
  ...contracts(
    'createSession()',
    {
      'a configuration of persistent licenses allows no temporary session': async (environment) => {
        const mediaKeys = await environment.createMediaKeys(['persistent-license']);
        throws(() => mediaKeys.createSession(), 'NotSupportedError', 'temporary');
        equal(mediaKeys.createSession('persistent-license').sessionId, '', 'session id');
      },
      'state that may be kept does not make persistent licenses allowed': async (environment) => {
        const access = await environment.requestAccess([
          environment.configuration({ persistentState: 'required' }),
        ]);
        const mediaKeys = await access.createMediaKeys();
        throws(
          () => mediaKeys.createSession('persistent-license'),
          'NotSupportedError',
          'persistent-license',
        );
      },
    },
    { needs: ['persistent-license'] },
  ),
  ...contracts('setServerCertificate()', {
    'Clear Key takes no server certificate': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      equal(await mediaKeys.setServerCertificate(fromHex('0102030405')), false, 'answer to bytes');
      equal(await mediaKeys.setServerCertificate(fromHex('0102030405').buffer), false, 'answer to a buffer');
    },
    'a server certificate that is not bytes is refused, by a promise': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      for (const certificate of [null, undefined, 'certificate', 1, {}]) {
        await rejects(
          () => call(mediaKeys, 'setServerCertificate', certificate),
          'TypeError',
          `certificate ${show(certificate)}`,
        );
      }
      await rejects(() => call(mediaKeys, 'setServerCertificate'), 'TypeError', 'no certificate');
    },
  }),
  ...contracts('getStatusForPolicy()', {
    'a policy without requirements is refused': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      await rejects(() => call(mediaKeys, 'getStatusForPolicy', {}), 'TypeError', 'empty policy');
      await rejects(() => call(mediaKeys, 'getStatusForPolicy'), 'TypeError', 'no policy');
    },
    'Clear Key is usable with every version of HDCP': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      for (const minHdcpVersion of HDCP_VERSIONS) {
        equal(
          await call(mediaKeys, 'getStatusForPolicy', { minHdcpVersion }),
          'usable',
          `status for HDCP ${minHdcpVersion}`,
        );
      }
    },
  }),
];
