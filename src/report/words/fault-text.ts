import type { Fault } from '../../verify/finding.ts';
import { reasonText } from './reason-text.ts';

/** What is wrong with a date, in words. */
export function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'record_differs':
      return fault.difference;
    case 'rows_without_record':
      return `${fault.rows} rows without a record`;
    case 'rows_differ':
      return fault.rows === 0
        ? `the ledger says ${fault.recorded} rows, and they are gone`
        : `${fault.rows} rows, the ledger says ${fault.recorded}`;
    case 'rows_not_owed':
      return `${fault.rows} rows, recorded, and ${reasonText(fault.because)}`;
    case 'several_records':
      return `${fault.records} records in the ledger`;
    case 'doubled_exclusions':
      return `${fault.entries} exclusions of ${fault.entities} entities`;
    case 'exclusions_differ':
      return fault.entries === 0
        ? `the ledger says ${fault.recorded} exclusions, and they are gone`
        : `${fault.entries} exclusions, the ledger says ${fault.recorded}`;
    case 'differs_when_computed_alone': {
      const { found, recorded } = fault;
      return `computed alone: ${found.rows} rows and ${found.excluded} left out, hash ${found.dataHash}; recorded: ${recorded.rows} and ${recorded.excluded}, ${recorded.dataHash}`;
    }
    case 'looks_ahead':
      return `looks ahead: the rows change when everything from ${fault.date} on is ${fault.future}`;
    case 'check_failed':
      return fault.failure.text;
    case 'cannot_be_computed':
      return `cannot be computed: ${fault.error}`;
  }
}
