import type { Discrepancy } from '../../verify/finding.ts';
import { reasonText } from './reason-text.ts';

/** What is wrong with a date, in words. */
export function discrepancyText(discrepancy: Discrepancy): string {
  switch (discrepancy.kind) {
    case 'record_differs':
      return discrepancy.difference;
    case 'rows_without_record':
      return `${discrepancy.rows} rows without a record`;
    case 'rows_differ':
      return discrepancy.rows === 0
        ? `the ledger says ${discrepancy.recorded} rows, and they are gone`
        : `${discrepancy.rows} rows, the ledger says ${discrepancy.recorded}`;
    case 'rows_not_owed':
      return `${discrepancy.rows} rows, recorded, and ${reasonText(discrepancy.because)}`;
    case 'several_records':
      return `${discrepancy.records} records in the ledger`;
    case 'doubled_exclusions':
      return `${discrepancy.entries} exclusions of ${discrepancy.entities} entities`;
    case 'exclusions_differ':
      return discrepancy.entries === 0
        ? `the ledger says ${discrepancy.recorded} exclusions, and they are gone`
        : `${discrepancy.entries} exclusions, the ledger says ${discrepancy.recorded}`;
    case 'differs_when_computed_alone': {
      const { found, recorded } = discrepancy;
      return `computed alone: ${found.rows} rows and ${found.excluded} left out, hash ${found.dataHash}; recorded: ${recorded.rows} and ${recorded.excluded}, ${recorded.dataHash}`;
    }
    case 'mixes_dates':
      return 'mixes dates: the rows are others when further dates are computed with it; group and join by as_of too';
    case 'looks_ahead':
      return `looks ahead: the rows change when everything from ${discrepancy.date} on is ${discrepancy.future}`;
    case 'check_failed':
      return discrepancy.failure.text;
    case 'cannot_be_computed':
      return `cannot be computed: ${discrepancy.error}`;
  }
}
