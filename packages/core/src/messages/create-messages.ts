import type { ViewerMessages } from './viewer-messages.js';

/** Any part of the texts, down to a single one. */
export type MessageOverrides = DeepPartial<ViewerMessages>;

type DeepPartial<Value> = Value extends string
  ? Value
  : { readonly [Key in keyof Value]?: DeepPartial<Value[Key]> | undefined };

/**
 * A catalogue with some texts of the page's own: what is not given stays as it is in `base`.
 *
 * Made once, outside of rendering, so that a player sees the same object each time.
 */
export function createMessages(base: ViewerMessages, overrides: MessageOverrides): ViewerMessages {
  return merge(base, overrides) as ViewerMessages;
}

function merge(base: unknown, override: unknown): unknown {
  if (override === undefined) return base;
  if (!isRecord(base) || !isRecord(override)) return override;

  const names = new Set([...Object.keys(base), ...Object.keys(override)]);
  return Object.freeze(
    Object.fromEntries([...names].map((name) => [name, merge(base[name], override[name])])),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
