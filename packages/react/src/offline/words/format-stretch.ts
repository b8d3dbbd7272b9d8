const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A stretch of time as one number, rounded up: `20 seconds`, `3 minutes`, `48 hours`, `30 days`. */
export function formatStretch(seconds: number, language: string): string {
  const [unit, count] = inUnits(seconds);

  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** Up to three days in hours: rentals are told in them. A count of seconds goes by tens, which can be read before it is over. */
function inUnits(seconds: number): readonly [unit: string, count: number] {
  if (seconds <= 50) return ['second', Math.max(1, Math.ceil(seconds / 10)) * 10];
  if (seconds < HOUR) return ['minute', Math.ceil(seconds / MINUTE)];
  if (seconds <= 3 * DAY) return ['hour', Math.ceil(seconds / HOUR)];

  return ['day', Math.ceil(seconds / DAY)];
}
