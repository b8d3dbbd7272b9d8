const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const STEP = 1000;

/** Making one takes longer than using it. */
const formats = new Map<string, Intl.NumberFormat>();

/** A size as people read it: `1.2 GB`, `540 MB`. A decimal only where it tells something. */
export function formatBytes(bytes: number, language: string): string {
  const size = Math.max(0, bytes) / STEP;
  let power = 0;
  // What would be rounded up to the next unit is told in it.
  while (power < UNITS.length - 1 && Math.round(size / STEP ** power) >= STEP) power += 1;

  const value = size / STEP ** power;
  return formatOf(UNITS[power] ?? 'kilobyte', value < 10 && power > 1 ? 1 : 0, language).format(value);
}

function formatOf(unit: string, digits: number, language: string): Intl.NumberFormat {
  const key = `${language} ${unit} ${digits}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    });
  formats.set(key, format);

  return format;
}
