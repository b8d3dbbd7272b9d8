import { describe, expect, it } from 'vitest';
import { EXCEPTION_NAMES } from '../webidl/exception.js';
import { FAULT_STEPS, FaultPlan, toException, type FaultReason, type FaultStep } from './fault-plan.js';

describe('a fault', () => {
  it('strikes once', () => {
    const plan = new FaultPlan();
    plan.failNext('update', 'InvalidStateError');

    expect(plan.take('update')).toBe('InvalidStateError');
    expect(plan.take('update')).toBeUndefined();
  });

  it('is known of until it has struck', () => {
    const plan = new FaultPlan();
    plan.failNext('load', 'silent');
    expect([plan.has('load'), plan.has('update')]).toEqual([true, false]);
    plan.take('load');
    expect(plan.has('load')).toBe(false);
  });

  it('strikes its own step only', () => {
    const plan = new FaultPlan();
    plan.failNext('update', 'silent');

    expect(plan.take('load')).toBeUndefined();
    expect(plan.take('update')).toBe('silent');
  });

  it('waits for those planned before it', () => {
    const plan = new FaultPlan();
    plan.failNext('update', 'TypeError');
    plan.failNext('load', 'silent');
    plan.failNext('update', 'internal-error');

    expect([plan.take('update'), plan.take('update'), plan.take('load')]).toEqual([
      'TypeError',
      'internal-error',
      'silent',
    ]);
  });

  it('is of one plan alone', () => {
    new FaultPlan().failNext('update', 'TypeError');

    expect(new FaultPlan().take('update')).toBeUndefined();
  });

  it.each(FAULT_STEPS)('can be planned for %s', (step) => {
    const plan = new FaultPlan();
    plan.failNext(step, 'silent');
    plan.failNext(step, 'internal-error');

    expect([plan.take(step), plan.take(step)]).toEqual(['silent', 'internal-error']);
  });
});

describe('refuses', () => {
  it.each(['upload', '', 'toString', undefined])('the step %j', (step) => {
    expect(() => new FaultPlan().failNext(step as FaultStep, 'TypeError')).toThrow(
      expect.objectContaining({
        code: 'invalid-options',
        message: expect.stringContaining('request-access'),
      }),
    );
  });

  it.each(['Error', 'quota', '', undefined])('the reason %j', (reason) => {
    const plan = new FaultPlan();

    expect(() => plan.failNext('update', reason as FaultReason)).toThrow(
      expect.objectContaining({
        code: 'invalid-options',
        message: expect.stringContaining('QuotaExceededError'),
      }),
    );
    expect(plan.take('update')).toBeUndefined();
  });

  it('an error for a message, which nobody could see', () => {
    const plan = new FaultPlan();

    expect(() => plan.failNext('message', 'TypeError')).toThrow(
      expect.objectContaining({ code: 'invalid-options' }),
    );
    expect(plan.take('message')).toBeUndefined();
  });
});

describe('toException', () => {
  it.each(EXCEPTION_NAMES)('makes a %s', (name) => {
    expect(toException(name).name).toBe(name);
  });

  it('makes what a page gets from a CDM that is gone', () => {
    expect(toException('internal-error')).toBeInstanceOf(DOMException);
    expect(toException('internal-error').name).toBe('InvalidStateError');
  });
});
