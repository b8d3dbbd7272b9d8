import type { AccountDevice, DevicesResponse } from '@secure-player/protocol';
import * as v from 'valibot';

import { epochMilliseconds } from '../openapi/common-schemas.js';
import { json, type Operation } from '../openapi/operation.js';

const accountDeviceSchema = v.object({
  id: v.string(),
  name: v.pipe(v.string(), v.description('In words, such as `Firefox on Windows`.')),
  firstSeenAt: epochMilliseconds,
  lastSeenAt: epochMilliseconds,
}) satisfies v.GenericSchema<AccountDevice>;

export const devicesResponseSchema = v.object({
  devices: v.array(accountDeviceSchema),
}) satisfies v.GenericSchema<DevicesResponse>;

export const DEVICE_OPERATIONS: readonly Operation[] = [
  {
    id: 'getDevices',
    method: 'get',
    route: '/v1/devices',
    summary: 'What the account is used on, oldest first.',
    bearer: 'required',
    answers: { 200: { description: 'The devices.', content: json(devicesResponseSchema) } },
    problems: ['authentication-required', 'session-expired'],
  },
  {
    id: 'removeDevice',
    method: 'delete',
    route: '/v1/devices/:id',
    summary:
      'Makes room for another device: ends what plays on this one, and revokes what it keeps offline. One that is not there is no error.',
    bearer: 'required',
    parameters: [{ in: 'path', name: 'id', description: 'The id of a device.', schema: v.string() }],
    answers: { 204: { description: 'It is not among them.' } },
    problems: ['authentication-required', 'session-expired'],
  },
];
