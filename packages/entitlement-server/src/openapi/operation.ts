import type { ProblemCode } from '@secure-player/protocol';
import type * as v from 'valibot';

/** One thing that the server does at one address: what its part of the OpenAPI document is made of. */
export interface Operation {
  /** The name of it in generated clients, such as `openPlaybackSession`. */
  readonly id: string;
  readonly method: 'get' | 'head' | 'post' | 'put' | 'delete';
  /** The pattern in the application that answers it, such as `/v1/playback-sessions/:id`. */
  readonly route: string;
  /** @default the route, with its parameters written as OpenAPI has them */
  readonly path?: string | undefined;
  /** One line. */
  readonly summary: string;
  /** What else there is to know. */
  readonly description?: string | undefined;
  /** Whether a bearer token is of use: `optional` where it opens more, `required` where nothing goes without. */
  readonly bearer: 'none' | 'optional' | 'required';
  readonly parameters?: readonly OperationParameter[] | undefined;
  readonly body?: OperationBody | undefined;
  /** By status, what success looks like. */
  readonly answers: Readonly<Record<number, OperationAnswer>>;
  /** What it can fail with, beside what every request can. */
  readonly problems: readonly ProblemCode[];
}

/** A part of the address, or a header. */
export interface OperationParameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly description: string;
  /** Parts of a path are always required. @default false */
  readonly required?: boolean | undefined;
  readonly schema: v.GenericSchema;
}

/** What a request carries, by media type. */
export interface OperationBody {
  readonly required: boolean;
  readonly content: OperationContent;
}

/** What an answer carries, by media type; nothing where that is absent. */
export interface OperationAnswer {
  readonly description: string;
  readonly content?: OperationContent | undefined;
}

/** A schema, or bytes with words that say what they are. */
export type OperationContent = Readonly<Record<string, v.GenericSchema | BinaryContent>>;

/** Bytes: a CDM's messages, media. */
export interface BinaryContent {
  readonly binary: string;
}

/** JSON of one schema. */
export function json(schema: v.GenericSchema): OperationContent {
  return { 'application/json': schema };
}
