/** What a script can rely on, for every command. */
export const exitCodes = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The words were wrong: shown with the usage of the command. */
export class UsageProblem extends Error {}
