import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import * as v from 'valibot';

import { ConfigurationFault, type ConfigurationProblem } from './configuration-fault.js';

/** Where a secret is to be found: never in the configuration file itself, which is copied, shown and committed. */
export type SecretReference = { readonly env: string } | { readonly file: string };

const HOW = 'must not be written here: say { env: NAME } or { file: path }';
const name = v.pipe(v.string(HOW), v.nonEmpty(HOW));

export const secretReferenceSchema: v.GenericSchema<unknown, SecretReference> = v.union(
  [v.strictObject({ env: name }), v.strictObject({ file: name })],
  HOW,
);

/** Whether a value of the file is a reference, where other values may stand as well. */
export function isSecretReference(value: unknown): value is SecretReference {
  return v.is(secretReferenceSchema, value);
}

/** What secrets are read from. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What paths are relative to. */
  readonly folder: string;
}

/** Reads secrets, and keeps what was missing until all have been looked for. */
export class Secrets {
  readonly #sources: SecretSources;
  readonly #problems: ConfigurationProblem[] = [];

  constructor(sources: SecretSources) {
    this.#sources = sources;
  }

  /** The text of a secret without white space around it; empty when it is missing, for {@link requireAll} to report. */
  async text(reference: SecretReference, field: string): Promise<string> {
    const found =
      'env' in reference ? this.#fromEnv(reference.env, field) : await this.#fromFile(reference.file, field);
    return found.trim();
  }

  /** The bytes of a secret that is base64. */
  async bytes(reference: SecretReference, field: string): Promise<Uint8Array<ArrayBuffer>> {
    const text = await this.text(reference, field);
    if (!/^[\w+/-]*={0,2}$/.test(text)) this.#report(field, 'the secret must be base64');
    return new Uint8Array(Buffer.from(text, 'base64'));
  }

  /** Throws everything that was missing. */
  requireAll(): void {
    if (this.#problems.length > 0) throw new ConfigurationFault(this.#problems);
  }

  #fromEnv(variable: string, field: string): string {
    const value = this.#sources.env[variable]?.trim();
    if (value === undefined || value === '')
      this.#report(field, `the environment variable ${variable} is not set`);
    return value ?? '';
  }

  async #fromFile(path: string, field: string): Promise<string> {
    try {
      const value = await readFile(resolve(this.#sources.folder, path), 'utf8');
      if (value.trim() === '') this.#report(field, `the file ${path} is empty`);
      return value;
    } catch (error) {
      this.#report(
        field,
        `the file ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      );
      return '';
    }
  }

  #report(field: string, message: string): void {
    this.#problems.push({ field, message });
  }
}
