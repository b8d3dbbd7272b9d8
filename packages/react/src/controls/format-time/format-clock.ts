/** A position as a clock shows it: `1:20`, or `0:01:20` beside a `span` of an hour or more. */
export function formatClock(seconds: number, span: number = seconds): string {
  const whole = Number.isFinite(seconds) ? Math.floor(Math.abs(seconds)) : 0;
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  const hours = Math.floor(whole / 3600);
  if (span >= 3600 || hours > 0) parts.unshift(hours);

  const [first = 0, ...rest] = parts;
  const sign = seconds < 0 && whole > 0 ? '−' : '';
  return `${sign}${[first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':')}`;
}
