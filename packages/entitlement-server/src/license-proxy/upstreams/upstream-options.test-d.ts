import type * as v from 'valibot';

import type { UpstreamOptions } from './upstream-options.js';
import type { upstreamSchema } from './upstream-schema.js';

type Input = v.InferInput<typeof upstreamSchema>;

/** All that is accepted can be written down, and every kind and option that can be written down is known to the reader. */
export const written = (input: Input): UpstreamOptions => input;

type OptionNames<Options> = Options extends { readonly kind: infer Kind extends string }
  ? `${Kind} ${Exclude<keyof Options, symbol | number>}`
  : never;

export const known = (name: OptionNames<UpstreamOptions>): OptionNames<Input> => name;
