import { Radio } from '@mantine/core';

interface ChoicesProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly setValue: (value: Value) => void;
}

/** One of a few, all of them in sight. */
export function Choices<Value extends string>({ label, choices, value, setValue }: ChoicesProps<Value>) {
  const choose = (chosen: string) => {
    const known = choices.find((choice) => choice.value === chosen);
    if (known) setValue(known.value);
  };
  return (
    <Radio.Group label={label} value={value} onChange={choose}>
      {choices.map((choice) => (
        <Radio key={choice.value} value={choice.value} label={choice.label} mt="xs" />
      ))}
    </Radio.Group>
  );
}
