/** One thing to choose. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A word or two below the label. */
  readonly note?: string | undefined;
  /** The id of the element that says why this one cannot be chosen. */
  readonly disabledBy?: string | undefined;
}

/** Props of {@link ChoiceSwitch}. */
export interface ChoiceSwitchProps<Value extends string> {
  legend: string;
  /** Of the radio buttons, one for each switch of a page. */
  name: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** A few radio buttons in a row. */
export function ChoiceSwitch<Value extends string>(props: ChoiceSwitchProps<Value>) {
  const { legend, name, choices, value, onChange } = props;

  return (
    <fieldset className="switch">
      <legend>{legend}</legend>
      <div className="switch-options">
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabledBy !== undefined}
              aria-describedby={choice.disabledBy}
              onChange={() => onChange(choice.value)}
            />
            <span>
              {choice.label} {choice.note !== undefined && <small>{choice.note}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
