/** One thing wrong with a configuration file. */
export interface ConfigurationProblem {
  /** The option, such as `titles[1].keys[0].keyId`; empty for the file as a whole. */
  readonly field: string;
  /** Ends the sentence that the field begins, and says what to do. It repeats no value. */
  readonly message: string;
  /** Where it stands in the file. */
  readonly line?: number | undefined;
}

/** A configuration file that no server can be started with, and everything that is wrong with it. */
export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault';
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}

function describeProblem({ field, message, line }: ConfigurationProblem): string {
  const place = line === undefined ? '' : `line ${line}: `;
  return `${place}${field === '' ? message : `${field}: ${message}`}`;
}
