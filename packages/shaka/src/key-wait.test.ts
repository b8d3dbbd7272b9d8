import type { Clock } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import { KeyWait } from './key-wait.js';

function setup({ isLicenseUnderWay = false, areKeysLost = false, patience = 0 } = {}) {
  const known = { isLicenseUnderWay, areKeysLost, patience };
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    schedule(callback, milliseconds) {
      expect(milliseconds).toBe(10_000);
      timers.add(callback);
      return () => void timers.delete(callback);
    },
  };
  const element = new EventTarget();
  const controller = new AbortController();
  const onRefetch = vi.fn();
  const onGiveUp = vi.fn();
  const wait = new KeyWait({
    element: element as HTMLMediaElement,
    clock,
    signal: controller.signal,
    isLicenseUnderWay: () => known.isLicenseUnderWay,
    areKeysLost: () => known.areKeysLost,
    patience: () => known.patience,
    onRefetch,
    onGiveUp,
  });
  const fire = (type: string) => element.dispatchEvent(new Event(type));
  const pass = () => {
    const due = [...timers];
    timers.clear();
    for (const callback of due) callback();
  };

  return { element, wait, known, timers, controller, onRefetch, onGiveUp, fire, pass };
}

describe('a wait for a key', () => {
  it('ends after a while, where no license is on its way', () => {
    const { fire, pass, onGiveUp } = setup();
    fire('waitingforkey');
    expect(onGiveUp).not.toHaveBeenCalled();
    pass();

    expect(onGiveUp).toHaveBeenCalledOnce();
  });

  it('is as long as the key is known to take', () => {
    const { fire, pass, known, onGiveUp } = setup({ patience: 20_000 });
    fire('waitingforkey');
    pass();
    pass();
    expect(onGiveUp).not.toHaveBeenCalled();
    known.patience = Number.POSITIVE_INFINITY;
    pass();
    pass();
    expect(onGiveUp).not.toHaveBeenCalled();

    known.patience = 0;
    pass();
    expect(onGiveUp).toHaveBeenCalledOnce();
  });

  it('begins anew with each sign of time, the last of which comes with the halt', () => {
    const { fire, pass, timers, onGiveUp } = setup();
    fire('waitingforkey');
    fire('timeupdate');
    fire('timeupdate');
    expect(timers.size).toBe(1);
    pass();

    expect(onGiveUp).toHaveBeenCalledOnce();
  });

  it('is over where there is a next picture', () => {
    const { element, fire, pass, timers, onGiveUp } = setup();
    fire('waitingforkey');
    Object.assign(element, { readyState: 4 });
    pass();
    fire('timeupdate');

    expect([onGiveUp.mock.calls.length, timers.size]).toEqual([0, 0]);
  });

  it.each(['playing', 'emptied'])('is over after `%s`', (type) => {
    const { fire, timers } = setup();
    fire('waitingforkey');
    fire('waitingforkey');
    expect(timers.size).toBe(1);
    fire(type);

    expect(timers.size).toBe(0);
  });

  it('is longer while a license is on its way', () => {
    const { fire, pass, known, timers, onGiveUp } = setup({ isLicenseUnderWay: true });
    fire('waitingforkey');
    pass();
    expect([onGiveUp.mock.calls.length, timers.size]).toEqual([0, 1]);

    known.isLicenseUnderWay = false;
    pass();
    expect(onGiveUp).toHaveBeenCalledOnce();
  });

  it('is nobody’s once the title is closed', () => {
    const { fire, controller, timers } = setup();
    fire('waitingforkey');
    controller.abort();
    fire('waitingforkey');

    expect(timers.size).toBe(0);
  });
});

describe('what was fetched under a lost key is fetched again', () => {
  it('when the picture comes to it', () => {
    const { fire, onRefetch } = setup({ areKeysLost: true });
    expect(onRefetch).not.toHaveBeenCalled();
    fire('waitingforkey');

    expect(onRefetch).toHaveBeenCalledOnce();
  });

  it('when the status comes after the wait has begun, though sound goes on', () => {
    const { fire, wait, known, onRefetch } = setup();
    fire('waitingforkey');
    fire('timeupdate');
    known.areKeysLost = true;
    wait.recheck();

    expect(onRefetch).toHaveBeenCalledOnce();
  });

  it('once, until something moves', () => {
    const { fire, wait, onRefetch } = setup({ areKeysLost: true });
    fire('waitingforkey');
    fire('waitingforkey');
    wait.recheck();
    expect(onRefetch).toHaveBeenCalledOnce();

    fire('playing');
    fire('waitingforkey');
    expect(onRefetch).toHaveBeenCalledTimes(2);
  });

  it('not while a license is on its way, nor where nothing waits or nothing is lost', () => {
    const underWay = setup({ areKeysLost: true, isLicenseUnderWay: true });
    underWay.fire('waitingforkey');
    const fine = setup();
    fine.fire('waitingforkey');
    const moving = setup({ areKeysLost: true });
    moving.wait.recheck();

    for (const { onRefetch } of [underWay, fine, moving]) expect(onRefetch).not.toHaveBeenCalled();
  });

  it('not where Shaka has dropped it already', () => {
    const { fire, wait, known, onRefetch } = setup();
    fire('waitingforkey');
    known.areKeysLost = true;
    wait.noteRefetch();
    fire('waitingforkey');

    expect(onRefetch).not.toHaveBeenCalled();
  });
});

describe('a title that has loaded', () => {
  it('ends where its sessions stay silent', () => {
    const { wait, pass, onGiveUp } = setup();
    wait.expectKeys(() => true);
    expect(onGiveUp).not.toHaveBeenCalled();
    pass();

    expect(onGiveUp).toHaveBeenCalledOnce();
  });

  it('is left alone where they speak, and where they spoke before', () => {
    const { wait, pass, timers, onGiveUp } = setup();
    wait.expectKeys(() => false);
    expect(timers.size).toBe(0);
    let isSilent = true;
    wait.expectKeys(() => isSilent);
    isSilent = false;
    pass();

    expect(onGiveUp).not.toHaveBeenCalled();
  });

  it('that is closed is not waited for', () => {
    const { wait, timers, controller } = setup();
    wait.expectKeys(() => true);
    controller.abort();

    expect(timers.size).toBe(0);
  });
});
