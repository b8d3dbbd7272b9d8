import { describe, expect, it } from 'vitest';

import { TransferRate } from './transfer-rate.js';

describe('a transfer rate', () => {
  it('is unknown before anything has come', () => {
    expect(new TransferRate(0).bytesPerSecond).toBeNull();
    expect(new TransferRate(0).secondsFor(1)).toBeNull();
  });

  it('is what it is, where it is steady', () => {
    const rate = new TransferRate(1000);
    for (let second = 1; second <= 20; second += 1) rate.add(500, 1000 + second * 1000);

    expect(rate.bytesPerSecond).toBeCloseTo(500);
    expect(rate.secondsFor(1000)).toBeCloseTo(2);
  });

  it('follows a change within seconds, and not at once', () => {
    const rate = new TransferRate(0);
    for (let second = 1; second <= 20; second += 1) rate.add(1000, second * 1000);
    rate.add(0, 21_000);
    expect(rate.bytesPerSecond).toBeGreaterThan(800);

    for (let second = 22; second <= 45; second += 1) rate.add(100, second * 1000);
    expect(rate.bytesPerSecond).toBeLessThan(150);
  });

  it('does not count a pause', () => {
    const rate = new TransferRate(0);
    rate.add(100, 1000);
    rate.resume(60_000);
    rate.add(100, 61_000);

    expect(rate.bytesPerSecond).toBeCloseTo(100);
  });

  it('is not broken by a clock that goes backwards', () => {
    const rate = new TransferRate(5000);
    rate.add(100, 1000);
    rate.add(100, 2000);

    expect(rate.bytesPerSecond).toBeGreaterThan(0);
    expect(rate.bytesPerSecond).toBeLessThan(1000);
  });
});
