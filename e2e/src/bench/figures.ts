/** Figures by name, of one measurement. */
export type Figures = Readonly<Record<string, number>>;

/** Measures once. */
export type Probe = () => Figures;
