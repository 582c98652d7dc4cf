import type { Verb } from './verb.ts';

/** What `Look` and `Prove` do is only read; `changes` can also forget. */
export type VerbGroup = 'Look' | 'Work' | 'Prove' | 'Move';

/** A verb as the help of the whole command shows it, which must not wait for the modules of any. */
export interface ListedVerb {
  readonly name: string;
  readonly group: VerbGroup;
  /** What it does, in one line of a terminal. */
  readonly says: string;
  readonly load: () => Promise<Verb>;
}

/** Every verb, in the order of the help. A verb is loaded when it is asked for. */
export const verbList: readonly ListedVerb[] = [
  {
    name: 'status',
    group: 'Look',
    says: 'the coverage grid, table × season, against the schedule',
    load: async () => (await import('./verbs/status.ts')).statusVerb,
  },
  {
    name: 'explain',
    group: 'Look',
    says: 'why a table and date is what it is, and what would follow',
    load: async () => (await import('./verbs/explain.ts')).explainVerb,
  },
  {
    name: 'diff',
    group: 'Look',
    says: 'what making one date again would change, row by row',
    load: async () => (await import('./verbs/diff.ts')).diffVerb,
  },
  {
    name: 'plan',
    group: 'Look',
    says: 'what a run would do, why, and what it would take',
    load: async () => (await import('./verbs/plan.ts')).planVerb,
  },
  {
    name: 'query',
    group: 'Look',
    says: 'one SELECT over the file, as a table, CSV or JSON',
    load: async () => (await import('./verbs/query.ts')).queryVerb,
  },
  {
    name: 'runs',
    group: 'Look',
    says: 'the last runs, how long they took and what came of them',
    load: async () => (await import('./verbs/runs.ts')).runsVerb,
  },
  {
    name: 'changes',
    group: 'Look',
    says: 'which rows came out different since a run or a time',
    load: async () => (await import('./verbs/changes.ts')).changesVerb,
  },
  {
    name: 'tables',
    group: 'Look',
    says: 'every table, with what it is for',
    load: async () => (await import('./verbs/tables.ts')).tablesVerb,
  },
  {
    name: 'describe',
    group: 'Look',
    says: 'the columns of a table: unit, meaning, range, when NULL',
    load: async () => (await import('./verbs/describe.ts')).describeVerb,
  },
  {
    name: 'serve',
    group: 'Look',
    says: 'show the warehouse in a browser, on this machine alone',
    load: async () => (await import('./verbs/serve.ts')).serveVerb,
  },
  {
    name: 'doctor',
    group: 'Look',
    says: 'whether Node, engine, warehouse, lock and disk are well',
    load: async () => (await import('./verbs/doctor.ts')).doctorVerb,
  },
  {
    name: 'completion',
    group: 'Look',
    says: 'a script that completes verbs, flags and tables in a shell',
    load: async () => (await import('./verbs/completion.ts')).completionVerb,
  },
  {
    name: 'demo',
    group: 'Work',
    says: 'play, load and backfill a simulated league, show the grid',
    load: async () => (await import('./verbs/demo.ts')).demoVerb,
  },
  {
    name: 'fetch',
    group: 'Work',
    says: "ask the league's hosts for the files that a folder has not",
    load: async () => (await import('./verbs/fetch.ts')).fetchVerb,
  },
  {
    name: 'ingest',
    group: 'Work',
    says: 'load files; only dates whose content changed are rewritten',
    load: async () => (await import('./verbs/ingest.ts')).ingestVerb,
  },
  {
    name: 'run',
    group: 'Work',
    says: 'compute tables; what is done and unchanged is skipped',
    load: async () => (await import('./verbs/run.ts')).runVerb,
  },
  {
    name: 'morning',
    group: 'Work',
    says: 'fetch last night, ingest, compute today, alert',
    load: async () => (await import('./verbs/morning.ts')).morningVerb,
  },
  {
    name: 'retry',
    group: 'Work',
    says: 'work the failed dates of a run again, with its options',
    load: async () => (await import('./verbs/retry.ts')).retryVerb,
  },
  {
    name: 'config',
    group: 'Work',
    says: 'show or set the options that belong to the warehouse',
    load: async () => (await import('./verbs/config.ts')).configVerb,
  },
  {
    name: 'new',
    group: 'Work',
    says: 'begin a project of own tables, or another table in it',
    load: async () => (await import('./verbs/new.ts')).newVerb,
  },
  {
    name: 'verify',
    group: 'Prove',
    says: 'prove what stands there; all four proofs unless named',
    load: async () => (await import('./verbs/verify.ts')).verifyVerb,
  },
  {
    name: 'test',
    group: 'Prove',
    says: 'compute the fixtures of own tables, and compare',
    load: async () => (await import('./verbs/test.ts')).testVerb,
  },
  {
    name: 'export',
    group: 'Move',
    says: 'write the rows of a table to a Parquet or CSV file',
    load: async () => (await import('./verbs/export.ts')).exportVerb,
  },
  {
    name: 'copy',
    group: 'Move',
    says: 'copy dates and their records, verified by hash',
    load: async () => (await import('./verbs/copy.ts')).copyVerb,
  },
];
