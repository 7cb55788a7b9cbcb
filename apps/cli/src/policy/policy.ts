import { resolve } from 'node:path';
import type { Command, Options, Surroundings } from '../command.js';
import { exitCodes, UsageProblem, type ExitCode } from '../exit-codes.js';
import { Unreachable } from '../http.js';
import { PolicyApi } from './api.js';
import { differences, mostEdits, type Difference } from './differences.js';
import { FilesRefused, type FileProblem } from './file-problem.js';
import type { Plan } from './plan-answer.js';
import { planLines } from './plan-text.js';
import { readFolder } from './read-folder.js';
import { RefusedByApi } from './refused-by-api.js';
import { visible } from './visible.js';
import { writeFolder } from './write-folder.js';

const acts = { export: exportTo, plan: planOf, apply: applyOf } as const;
type Act = keyof typeof acts;

interface Asked {
  readonly api: PolicyApi;
  readonly folder: string;
  readonly options: Options;
  readonly surroundings: Surroundings;
}

export const policy: Command = {
  usage: 'portcullis policy export|plan|apply FOLDER [--based-on REVISION | --drafts]',
  summary:
    'keep environments, roles, tools, grants and policies as files: write them, see what they would change, change it; --drafts saves\n  changed policies for somebody else to review, and applies nothing',
  async run(words, options, surroundings) {
    const [act = '', folder, ...more] = words;
    if (!isAct(act))
      throw new UsageProblem(act === '' ? 'export, plan or apply?' : `"${act}" is not export, plan or apply`);
    if (folder === undefined) throw new UsageProblem(`${act} needs a folder`);
    if (more.length > 0) throw new UsageProblem(`"${more.join(' ')}" is too much`);
    if (options.basedOn !== undefined && act !== 'apply') throw new UsageProblem('--based-on belongs to apply');
    if (options.drafts === true && (act !== 'apply' || options.basedOn !== undefined))
      throw new UsageProblem('--drafts belongs to apply, without --based-on');
    try {
      const api = PolicyApi.of(options, surroundings);
      return await acts[act]({ api, folder: resolve(surroundings.folder, folder), options, surroundings });
    } catch (error) {
      return failed(error, options, surroundings);
    }
  },
};

const isAct = (word: string): word is Act => Object.hasOwn(acts, word);

async function exportTo({ api, folder, options, surroundings: { out } }: Asked): Promise<ExitCode> {
  const snapshot = await api.snapshot();
  const { written, leftAlone } = writeFolder(folder, snapshot);
  if (options.json) out(JSON.stringify({ revision: snapshot.revision, written, leftAlone }));
  else {
    out(`Wrote ${written.length} files as of revision ${snapshot.revision}.`);
    for (const file of leftAlone)
      out(`left alone: ${file} says nothing that is in force; delete it if it is not wanted`);
  }
  return exitCodes.done;
}

interface Planned {
  readonly made: readonly Difference[];
  readonly unmanaged: readonly string[];
  readonly plan: Plan;
}

async function planned({ api, folder }: Asked): Promise<Planned> {
  const wanted = readFolder(folder);
  const { made, unmanaged } = differences(await api.snapshot(), wanted);
  if (made.length > mostEdits)
    throw new FilesRefused([
      {
        file: '.',
        message: `${made.length} changes are more than the ${mostEdits} that fit into one revision; apply some of the files first`,
      },
    ]);
  return { made, unmanaged, plan: await api.plan(made) };
}

async function planOf(asked: Asked): Promise<ExitCode> {
  const { options, surroundings } = asked;
  const { made, unmanaged, plan } = await planned(asked);
  if (options.json) surroundings.out(JSON.stringify({ ...jsonOf(made, plan), unmanaged }));
  else for (const line of planLines(made, unmanaged, plan)) surroundings.out(line);
  return exitCodes.done;
}

async function applyOf(asked: Asked): Promise<ExitCode> {
  const { api, options, surroundings } = asked;
  const { made, unmanaged, plan } = await planned(asked);
  if (options.drafts === true) return saveDrafts(asked, made, plan);
  const applied =
    made.length === 0
      ? { changes: 0, revision: plan.revision }
      : await api.apply(made, options.basedOn ?? plan.revision);
  if (options.json)
    surroundings.out(JSON.stringify({ applied: made.length > 0, ...jsonOf(made, plan), ...applied, unmanaged }));
  else {
    for (const line of planLines(made, unmanaged, plan)) surroundings.out(line);
    if (made.length > 0) surroundings.out(`Applied at revision ${applied.revision}.`);
  }
  return exitCodes.done;
}

/** What is in force stays as it is; nothing else of the folder is sent. */
async function saveDrafts(
  { api, options, surroundings: { out } }: Asked,
  made: readonly Difference[],
  plan: Plan,
): Promise<ExitCode> {
  const policies = made.filter(({ kind, value }) => kind === 'policy' && value !== null);
  const saved = policies.length === 0 ? { drafts: [], revision: plan.revision } : await api.saveDrafts(policies);
  if (options.json) out(JSON.stringify({ applied: false, ...jsonOf(made, plan), ...saved }));
  else {
    for (const { id, version, needsReview } of saved.drafts)
      out(`Draft: version ${version} of policy ${id}${needsReview ? ', to be reviewed by somebody else' : ''}.`);
    out(`Nothing was applied (revision ${saved.revision}).`);
  }
  return exitCodes.done;
}

function jsonOf(made: readonly Difference[], plan: Plan): object {
  const { revision, counts, differences: access, policies, cannotKnow } = plan;
  const edits = made.map(({ act, kind, id, file, line }) => ({ act, kind, id, file, line }));
  return { revision, edits, policies, access: { counts, differences: access, cannotKnow } };
}

function failed(error: unknown, { json }: Options, surroundings: Surroundings): ExitCode {
  if (error instanceof Unreachable) {
    const text = `the control plane did not answer (${error.message})`;
    if (json) surroundings.out(JSON.stringify({ code: 'unreachable', message: text }));
    else surroundings.error(`portcullis: ${text}`);
    return exitCodes.unreachable;
  }
  if (!(error instanceof FilesRefused || error instanceof RefusedByApi)) throw error;
  const problems = error.problems;
  const code = error instanceof RefusedByApi ? error.code : 'input_invalid';
  if (json) surroundings.out(JSON.stringify({ code, problems }));
  else for (const problem of problems) surroundings.error(`portcullis: ${code}: ${problemText(problem)}`);
  return exitCodes.refused;
}

function problemText({ file, line, column, field, message, suggestion }: FileProblem): string {
  const at = [line, column].filter((part) => part !== undefined).map((part) => `:${part}`);
  const place = file === '.' ? '' : `${file}${at.join('')}: `;
  const meant = suggestion === undefined ? '' : ` (${suggestion})`;
  return visible(`${place}${field === undefined || field === '' ? '' : `${field}: `}${message}${meant}`);
}
