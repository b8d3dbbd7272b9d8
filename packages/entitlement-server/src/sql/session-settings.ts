/**
 * What every connection is set to. All statements find their rows by an index. Plans are made once and kept, which may be
 * while a table is still empty and reading all of it looks cheap.
 */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = { enable_seqscan: 'off', jit: 'off' };
