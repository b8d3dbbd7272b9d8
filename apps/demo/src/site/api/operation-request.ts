import type { Operations } from './entitlement-api.generated.js';

/** An operation of the server, such as `GET /v1/catalog`. */
export type OperationName = keyof Operations;

/** What an operation takes: its part of the server's own document, and how to send it. */
export type OperationRequest<Name extends OperationName> = Parts<Operations[Name]> & {
  readonly signal?: AbortSignal | undefined;
  /** For requests of a page that goes away. */
  readonly keepalive?: boolean;
  /** @default the one of whoever is signed in */
  readonly token?: string;
};

/** What an operation answers with; undefined where it has nothing to say. */
export type OperationAnswer<Name extends OperationName> = Operations[Name]['answer'];

type Parts<Operation> = Pick<Operation, Extract<keyof Operation, 'path' | 'query' | 'header' | 'body'>>;

/** The method, and the address with the parameters in their places. */
export function addressOf(
  name: OperationName,
  { path = {}, query = {} }: { readonly path?: Texts | undefined; readonly query?: Texts | undefined },
): { readonly method: string; readonly url: string } {
  const [method = '', template = ''] = name.split(' ', 2);
  const url = template.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(path[key] ?? ''));
  const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));

  return { method, url: pairs.length === 0 ? url : `${url}?${new URLSearchParams(pairs)}` };
}

type Texts = Readonly<Record<string, string | undefined>>;
