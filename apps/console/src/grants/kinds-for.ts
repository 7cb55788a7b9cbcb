import type { ParameterType, PartForm } from './part-form.js';

/** The forms in the order in which they are offered: first those that fit what the parameter is. */
export function kindsFor(forms: readonly PartForm[], type: ParameterType | undefined): readonly PartForm[] {
  if (type === undefined) return forms;
  const fits = (form: PartForm) => form.fits?.includes(type) === true;
  return [...forms.filter(fits), ...forms.filter((form) => !fits(form))];
}
