import { ContractEnvironment, type ContractSettings } from './page/contract-environment.js';
import type { Memory } from './contract-test.js';
import { SUITE } from './suite.js';

/** How a step ended: its failure in words, or null. */
export interface StepOutcome {
  readonly failure: string | null;
  readonly memory: Memory;
}

/** What the runner drives from outside, in every document that takes part. */
export interface ContractPage {
  /** Runs one step of a contract, and undoes what it has made unless the next step needs it. */
  runStep(request: StepRequest): Promise<StepOutcome>;
  /** Undoes what steps have made. */
  cleanUp(): Promise<void>;
}

export interface StepRequest {
  readonly name: string;
  readonly step: number;
  readonly memory: Memory;
  readonly settings: ContractSettings;
}

declare global {
  interface Window {
    contract: ContractPage;
  }
}

let environments: ContractEnvironment[] = [];

window.contract = {
  async runStep({ name, step, memory, settings }) {
    const run = SUITE.find((test) => test.name === name)?.steps[step]?.run;
    if (!run) throw new Error(`The suite has no step ${step} of "${name}".`);

    const environment = new ContractEnvironment(settings);
    environments.push(environment);
    try {
      await run(environment, memory);
      return { failure: null, memory };
    } catch (error) {
      return { failure: toFailure(error), memory };
    }
  },
  async cleanUp() {
    const all = environments;
    environments = [];
    for (const environment of all) await environment.cleanUp();
  },
};

/** An expectation speaks for itself; what the platform threw is told by name. */
function toFailure(error: unknown): string {
  if (!(error instanceof Error) && !(error instanceof DOMException)) return String(error);
  return error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}
