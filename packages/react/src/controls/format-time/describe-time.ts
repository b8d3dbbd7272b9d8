const UNITS = [
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Making one takes longer than using it, and a slider says where it is once a second. */
const formats = new Map<string, Intl.NumberFormat>();

/** A stretch of time in words, such as `1 minute 20 seconds`. The words and their plurals are the browser's own. */
export function describeTime(seconds: number, language: string): string {
  let rest = Number.isFinite(seconds) ? Math.floor(Math.abs(seconds)) : 0;
  const words: string[] = [];

  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0 || (unit === 'second' && words.length === 0)) {
      words.push(formatOf(unit, language).format(count));
    }
  }

  return words.join(' ');
}

function formatOf(unit: string, language: string): Intl.NumberFormat {
  const key = `${language} ${unit}`;
  const format =
    formats.get(key) ?? new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  formats.set(key, format);

  return format;
}
