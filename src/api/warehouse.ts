/**
 * The verbs of the command as functions: what they find out and do comes back as data, and nothing is printed. See
 * docs/api/warehouse.md.
 */
export type { FixtureResult } from '../engine/check-fixture.ts';
export { UsageError } from '../engine/usage-error.ts';
export type { FailureKind } from '../ledger/partition-record.ts';
export type { CoverageCell } from '../plan/coverage.ts';
export type { UnitAction, UnitState } from '../plan/unit-state.ts';
export { BadDefinition } from '../table/bad-definition.ts';
export type { BrokenTable } from '../table/table-registry.ts';
export type { ColumnChange, RowChange } from '../verify/compare-rows.ts';
export type { Proof } from '../verify/finding.ts';
export {
  AbsentWarehouse,
  HeldWarehouse,
  type Row,
  type Value,
  WarehouseError,
  type WarehouseErrorKind,
} from '../warehouse/warehouse.ts';
export type { Days, UnitsRequest } from './verbs/ask-units.ts';
export { checkFixture, type FixtureSettings } from './verbs/check-fixture.ts';
export { type OpenSettings, openWarehouse, type WarehouseHandle } from './verbs/open-warehouse.ts';
export { type PlanResult, plan, type UnitReport } from './verbs/plan.ts';
export { type RowsRequest, readRows } from './verbs/read-rows.ts';
export { type RunRequest, type RunResult, run } from './verbs/run.ts';
export { type StatusRequest, type StatusResult, status } from './verbs/status.ts';
export { type VerifyRequest, type VerifyResult, verify } from './verbs/verify.ts';
