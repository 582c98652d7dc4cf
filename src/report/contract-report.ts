import type { ContractDifference, FeatureContract } from '../table/feature-contract.ts';
import { plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** What `describe --fits` has found of a file. */
export interface ContractReport {
  readonly table: string;
  readonly file: string;
  readonly contract: FeatureContract;
  readonly difference: ContractDifference;
}

/** TRUE where nothing differs. */
export function fits({ difference }: Pick<ContractReport, 'difference'>): boolean {
  return Object.values(difference).every((found) => found.length === 0);
}

/** Whether the file has the features of the table, or what is wrong with it, a line each. */
export function contractLines(report: ContractReport): readonly string[] {
  const { table, file, contract, difference } = report;
  const { missing, unknown, misplaced, doubled, otherVersions } = difference;
  const what = `the ${plural(contract.features.length, 'feature')} of ${table} (${contract.version})`;
  if (fits(report)) return [`"${file}" fits ${what}`];
  return [
    `"${file}" does not fit ${what}:`,
    ...missing.map((name) => `  lacks ${name}`),
    ...unknown.map((name) => `  ${name} is no feature of it`),
    ...doubled.map((name) => `  ${name} comes more than once`),
    ...misplaced.map(
      ({ position, name, expected }) =>
        `  at ${position} stands ${name}, and ${expected} belongs there`,
    ),
    ...otherVersions.map((version) => `  its rows are of version ${version}`),
  ];
}

/** The same as one object. */
export function contractJson(report: ContractReport): readonly string[] {
  const { table, file, contract, difference } = report;
  return [
    toJson({
      type: 'fits',
      table,
      file,
      feature_version: contract.version,
      fits: fits(report),
      ...difference,
    }),
  ];
}
