import type { SqlValue } from './sql-database.js';

/**
 * What a database can be given for these values. Many calls share a statement, so a value that PostgreSQL has no way to say,
 * which may come from whoever sends a request, must not make all of them fail: U+0000 is written as U+FFFD, and numbers
 * become whole and finite.
 */
export function toStorableValues(values: readonly SqlValue[]): SqlValue[] {
  return values.map((value) => (isArray(value) ? value.map(toStorable) : toStorable(value)));
}

function toStorable<T extends string | number | boolean | null>(value: T): T | string | number {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\u{FFFD}') : value;
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return Math.round(Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value)));
}

function isArray(value: SqlValue): value is Extract<SqlValue, readonly unknown[]> {
  return Array.isArray(value);
}
