import type { ContractEnvironment } from './page/contract-environment.js';

/** What a CDM may leave out; a contract that needs it is not put to a CDM that does not offer it. */
export type Need = 'persistent-license';

/** The document that a step runs in. `page` is the first one; the others are opened by the runner at the step. */
export type Place = 'page' | 'reloaded-page' | 'other-tab' | 'other-origin';

/** What one step tells the next one, which may run in another document. */
export type Memory = Record<string, string>;

export type Run = (environment: ContractEnvironment, memory: Memory) => Promise<void>;

export interface ContractStep {
  readonly where: Place;
  readonly run: Run;
}

/** One thing that every CDM must do. It runs in the page, through the platform's API alone. */
export interface ContractTest {
  /** What must hold; unique in the suite. */
  readonly name: string;
  /** Where the EME specification says so. */
  readonly clause: string;
  readonly needs: readonly Need[];
  readonly steps: readonly ContractStep[];
}

export interface ContractOptions {
  /** @default [] */
  readonly needs?: readonly Need[];
}

/** The contracts of one clause, by name: a function that runs in one page, or the steps of one that runs in several. */
export function contracts(
  clause: string,
  tests: Readonly<Record<string, Run | readonly ContractStep[]>>,
  { needs = [] }: ContractOptions = {},
): ContractTest[] {
  return Object.entries(tests).map(([name, body]) => ({
    name,
    clause,
    needs,
    steps: typeof body === 'function' ? [{ where: 'page', run: body }] : body,
  }));
}
