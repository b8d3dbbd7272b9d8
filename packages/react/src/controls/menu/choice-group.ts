/** One thing that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** A few letters beside the label, such as `HD`. */
  readonly badge?: string | undefined;
  readonly isChosen: boolean;
  /** Why it cannot be chosen now, in words for the viewer. */
  readonly unusableReason?: string | undefined;
  readonly choose: () => void;
}

/** What a menu chooses one of; `value` says which it is now, in short. */
export interface ChoiceGroup {
  readonly part: string;
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
}
