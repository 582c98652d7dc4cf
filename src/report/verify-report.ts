import type { Finding, Proof, ProofResult } from '../verify/finding.ts';
import { rowChangeLines } from './diff-report.ts';
import { discrepancyText } from './words/discrepancy-text.ts';
import { alignColumns, formatCount, formatSeconds, plural } from './words/format.ts';
import { toJson } from './words/json.ts';
import { noteText } from './words/note-text.ts';

/** What `verify` shows. */
export interface VerifyReport {
  readonly warehouse: string;
  /** When the inputs were known as they were proven; `undefined` for those of now. UTC, ISO 8601. */
  readonly knownAt: string | undefined;
  readonly dataKind: string | undefined;
  readonly tables: number;
  /** Most dates per table; 0 for all. */
  readonly perTable: number;
  readonly seed: string;
  readonly results: readonly ProofResult[];
  /** Commands that make again what is not as it has to be, in their order. */
  readonly mend: readonly string[];
  /** TRUE when a signal came before all proofs were made. */
  readonly interrupted: boolean;
}

const words: Readonly<Record<Proof, string>> = {
  hashes: 'hashes',
  quality: 'quality',
  batch_equals_daily: 'batch equals daily',
  no_lookahead: 'no look-ahead',
};

const shownRows = 3;
const shownFindings = 20;

/** So many computations of a date take minutes on a laptop, and hours where each takes seconds. */
const manyComputations = 1000;

/** What is told before the proofs begin, if they are many. */
export function aheadLines(computations: number): readonly string[] {
  if (computations <= manyComputations) return [];
  return [
    `warning: ${formatCount(computations)} computations lie ahead, each of one date by a query of its own; a smaller --sample takes fewer`,
  ];
}

/** What is told of differences when dates were written after the verification had read the ledger. */
export function overtakenLines(units: readonly string[]): readonly string[] {
  const [first] = units;
  if (first === undefined) return [];
  return [
    `warning: ${plural(units.length, 'record')} changed while this was verified, first ${first}; differences may come of that alone: verify again when nobody writes there, before anything is mended`,
  ];
}

/** One line per proof, then every difference with its first rows. */
export function verifyLines(report: VerifyReport): readonly string[] {
  const { warehouse, knownAt, dataKind, tables, perTable, seed, results, mend, interrupted } =
    report;
  const known = knownAt === undefined ? '' : ` as known at ${knownAt}`;
  const kind = dataKind === 'simulated' ? ', simulated data' : '';
  const sample =
    perTable === 0 ? 'all dates' : `at most ${plural(perTable, 'date')} of each, seed ${seed}`;
  const rows = results.map(({ proof, units, findings, seconds }) => [
    words[proof],
    plural(units, 'unit'),
    findings.length === 0 ? 'no difference' : plural(findings.length, 'difference'),
    formatSeconds(seconds),
  ]);
  const lines = [
    `verify ${plural(tables, 'table')}: ${sample}, ${warehouse}${known}${kind}`,
    '',
    ...alignColumns(rows, new Set([1, 3])),
  ];
  const notes = results.flatMap((result) => result.notes.map(noteText));
  for (const note of new Set(notes)) lines.push(`note: ${note}`);
  for (const { proof, findings } of results) {
    for (const finding of findings.slice(0, shownFindings)) {
      lines.push('', ...findingLines(proof, finding));
    }
    const more = findings.length - shownFindings;
    if (more > 0) lines.push('', `${words[proof]}: ${formatCount(more)} more, all with --json`);
  }
  if (mend.length > 0) {
    lines.push('', 'mend it with:', ...mend.map((command) => `  ${command}`));
  }
  const isOfDefinition = results.some(({ findings }) =>
    findings.some(({ cause }) => cause === 'definition'),
  );
  if (isOfDefinition) {
    lines.push(
      '',
      'what looks ahead or cannot be computed is a fault of its table, which no command mends',
    );
  }
  const found = results.reduce((sum, { findings }) => sum + findings.length, 0);
  lines.push('', found === 0 ? 'everything that was looked at holds' : plural(found, 'difference'));
  if (interrupted) lines.push('interrupted: not everything was looked at');
  return lines;
}

function findingLines(proof: Proof, { table, date, what, rows }: Finding): readonly string[] {
  const more = rows.length - shownRows;
  return [
    `${words[proof]}  ${date}  ${table}: ${discrepancyText(what)}`,
    ...rows.slice(0, shownRows).flatMap(rowChangeLines),
    ...(more > 0 ? [`  and ${plural(more, 'row')} more`] : []),
  ];
}

/** One object per difference and per proof, then the whole. */
export function verifyJson(report: VerifyReport): readonly string[] {
  const { warehouse, knownAt, dataKind, perTable, seed, results, mend, interrupted } = report;
  return [
    ...results.flatMap(({ proof, findings }) =>
      findings.map((finding) => ({
        type: 'difference',
        proof,
        ...finding,
        what: { ...finding.what, text: discrepancyText(finding.what) },
      })),
    ),
    ...results.map(({ findings, ...result }) => ({
      type: 'proof',
      ...result,
      notes: result.notes.map(noteText),
      differences: findings.length,
    })),
    {
      type: 'verify',
      warehouse,
      ...(knownAt !== undefined && { knownAt }),
      dataKind,
      sample: perTable,
      seed,
      differences: results.reduce((sum, { findings }) => sum + findings.length, 0),
      mend,
      interrupted,
    },
  ].map(toJson);
}
