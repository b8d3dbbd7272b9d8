import type { ContractTest, Memory, Place } from './contract-test.js';
import type { StepOutcome, StepRequest } from './main.js';
import type { ContractSettings } from './page/contract-environment.js';

/** A page of a browser, whoever drives it. */
export interface ContractDocument {
  open(url: string): Promise<void>;
  runStep(request: StepRequest): Promise<StepOutcome>;
  cleanUp(): Promise<void>;
}

export interface ContractRunnerOptions {
  /** Opens a new page in the same profile. The browser that it belongs to is closed by its owner. */
  readonly createDocument: () => Promise<ContractDocument>;
  readonly url: string;
  readonly settings: ContractSettings;
}

/** Puts contracts to one CDM. Its pages stay open from contract to contract. */
export class ContractRunner {
  readonly #options: ContractRunnerOptions;
  readonly #documents = new Map<'page' | 'other-tab' | 'other-origin', Promise<ContractDocument>>();

  constructor(options: ContractRunnerOptions) {
    this.#options = options;
  }

  /** Runs a contract and resolves with its failure in words, or null. */
  async run({ name, steps }: ContractTest): Promise<string | null> {
    const used = new Set<ContractDocument>();
    let memory: Memory = {};
    try {
      for (const [step, { where }] of steps.entries()) {
        const page = await this.#document(where);
        used.add(page);
        const outcome = await page.runStep({ name, step, memory, settings: this.#options.settings });
        if (outcome.failure !== null) return outcome.failure;
        memory = outcome.memory;
      }
      return null;
    } finally {
      for (const page of used) await page.cleanUp();
    }
  }

  async #document(where: Place): Promise<ContractDocument> {
    if (where !== 'reloaded-page') return this.#open(where);

    const page = await this.#open('page');
    await page.open(`${this.#options.url}/contract/index.html`);
    return page;
  }

  #open(where: 'page' | 'other-tab' | 'other-origin'): Promise<ContractDocument> {
    const known = this.#documents.get(where);
    if (known) return known;

    const opening = this.#create(where);
    this.#documents.set(where, opening);
    return opening;
  }

  async #create(where: 'page' | 'other-tab' | 'other-origin'): Promise<ContractDocument> {
    const page = await this.#options.createDocument();
    const url = new URL('/contract/index.html', this.#options.url);
    // The same server under its other name: another origin, and a secure context like the first.
    if (where === 'other-origin') url.hostname = 'localhost';
    await page.open(url.href);
    return page;
  }
}
