/** Microseconds of processor time of this process, collection of garbage included: a neighbour's load does not count. */
export function processorUs(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return user + system;
}
