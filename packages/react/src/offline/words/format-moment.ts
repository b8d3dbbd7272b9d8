const DAY_MS = 86_400_000;

/**
 * A moment to come, in epoch milliseconds, as exactly as it matters: the time of the day today, with the day of the week in the
 * next days, and the date alone beyond.
 */
export function formatMoment(moment: number, now: number, language: string): string {
  return new Intl.DateTimeFormat(language, styleOf(moment, now)).format(moment);
}

function styleOf(moment: number, now: number): Intl.DateTimeFormatOptions {
  if (new Date(moment).toDateString() === new Date(now).toDateString()) return { timeStyle: 'short' };
  if (Math.abs(moment - now) > 7 * DAY_MS) return { dateStyle: 'long' };

  return { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: 'numeric' };
}
