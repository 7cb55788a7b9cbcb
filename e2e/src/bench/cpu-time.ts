import { readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second. */
const tickUs = 10_000;

/** What a process has run so far, in microseconds; its threads that have ended count too. */
export async function cpuTimeUs(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The command's name may hold anything, so counting begins behind it: utime and stime are fields 14 and 15.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickUs;
}
