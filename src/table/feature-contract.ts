import type { Column } from '../sql/column.ts';

/** A number that a model is fed. */
export type ContractFeature = Pick<Column, 'name' | 'unit' | 'nullWhen' | 'range'>;

/** What a table promises of its features: their names, order and units under a version. */
export interface FeatureContract {
  /** What the column `feature_version` says. */
  readonly version: string;
  /** In the order in which a model takes them. */
  readonly features: readonly ContractFeature[];
}

/** The names that a file of rows has, or that a model was made with. */
export interface GivenNames {
  readonly names: readonly string[];
  /** TRUE for a list of features alone; else they are columns, among which others may stand, in any order. */
  readonly isList: boolean;
  /** What the rows say of their version; none where they say nothing. */
  readonly versions: readonly string[];
}

/** In what names and a contract differ; empty where they fit. */
export interface ContractDifference {
  /** Features that are not among the names. */
  readonly missing: readonly string[];
  /** Names of a list that are no features. */
  readonly unknown: readonly string[];
  /** Names of a list that stand elsewhere than the contract has them: position from 0, and what belongs there. */
  readonly misplaced: readonly {
    readonly position: number;
    readonly name: string;
    readonly expected: string;
  }[];
  /** Names that come more than once. */
  readonly doubled: readonly string[];
  readonly otherVersions: readonly string[];
}

/** Holds names against what a table promises. */
export function compareFeatures(
  { version, features }: FeatureContract,
  { names, isList, versions }: GivenNames,
): ContractDifference {
  const promised = features.map(({ name }) => name);
  const given = new Set(names);
  const known = new Set(promised);
  const missing = promised.filter((name) => !given.has(name));
  const unknown = isList ? names.filter((name) => !known.has(name)) : [];
  const doubled = [...given].filter(
    (name) => known.has(name) && names.indexOf(name) !== names.lastIndexOf(name),
  );
  const isWhole = missing.length + unknown.length + doubled.length === 0;
  return {
    missing,
    unknown,
    // Where one lacks, everything behind it stands elsewhere, which says nothing more.
    misplaced:
      isList && isWhole
        ? names.flatMap((name, position) => {
            const expected = promised[position] ?? '';
            return name === expected ? [] : [{ position, name, expected }];
          })
        : [],
    doubled,
    otherVersions: versions.filter((one) => one !== version),
  };
}
