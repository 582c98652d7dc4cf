import { parseGameDate } from '../calendar/game-date.ts';
import type { ColumnType } from '../sql/column-type.ts';
import type { MadeUpCell } from '../table/made-up-context.ts';

/**
 * Why a value that somebody has written down is none of a column's type; `undefined` when it is one. An engine would make
 * something else of it: 4 of 3.5, and 1 of TRUE.
 */
export function cellFault(type: ColumnType, cell: MadeUpCell): string | undefined {
  const fault = `${JSON.stringify(cell)} is no ${nameOf(type)}`;
  return cell === null || isOf(type, cell) ? undefined : fault;
}

function isOf(type: ColumnType, cell: NonNullable<MadeUpCell>): boolean {
  switch (type.kind) {
    case 'INT64':
      return Number.isSafeInteger(cell);
    case 'FLOAT64':
      return typeof cell === 'number';
    case 'NUMERIC':
      return isDecimal(cell, type);
    case 'BOOL':
      return typeof cell === 'boolean';
    case 'STRING':
      return typeof cell === 'string';
    case 'DATE':
      return typeof cell === 'string' && parseGameDate(cell) !== undefined;
    case 'TIMESTAMP':
      return typeof cell === 'string' && !Number.isNaN(Date.parse(cell));
    case 'ARRAY':
      return Array.isArray(cell) && cell.every((element) => isOf({ kind: type.element }, element));
  }
}

/** A decimal is written down as a number or as text; what it has more of would be rounded away. */
function isDecimal(
  cell: NonNullable<MadeUpCell>,
  { precision, scale }: { readonly precision: number; readonly scale: number },
): boolean {
  if (typeof cell !== 'number' && typeof cell !== 'string') return false;
  const [isWhole, digits = '', decimals = ''] =
    /^-?0*(\d*)(?:\.(\d*?)0*)?$/.exec(String(cell)) ?? [];
  return (
    isWhole !== undefined &&
    /\d/.test(String(cell)) &&
    digits.length <= precision - scale &&
    decimals.length <= scale
  );
}

function nameOf(type: ColumnType): string {
  switch (type.kind) {
    case 'NUMERIC':
      return `NUMERIC(${type.precision},${type.scale})`;
    case 'ARRAY':
      return `ARRAY of ${type.element}`;
    default:
      return type.kind;
  }
}
