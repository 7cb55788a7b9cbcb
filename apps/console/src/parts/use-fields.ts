import { useCallback, useState, type ChangeEvent } from 'react';

/** The text fields of one form: their values, and for each name what belongs on its input. */
export function useFields<Name extends string>(first: Readonly<Record<Name, string>>) {
  const [values, setValues] = useState(first);
  const field = useCallback(
    (name: Name) => ({
      value: values[name],
      onChange: (event: ChangeEvent<HTMLInputElement>) => {
        const { value } = event.currentTarget;
        setValues((before) => ({ ...before, [name]: value }));
      },
    }),
    [values],
  );
  return { values, field };
}
