// ISO/IEC 23009-1 takes xs:duration. Years and months have no fixed length and no place in an MPD.
const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Seconds of an `xs:duration` such as `PT1H2M3.5S`; `null` for what is none. */
export function readMpdDuration(text: string | null): number | null {
  const match = text === null ? null : DURATION.exec(text.trim());
  if (match === null) return null;

  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
