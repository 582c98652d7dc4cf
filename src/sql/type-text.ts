import type { ColumnType } from './column.ts';

/** A type as SQL writes it. */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case 'NUMERIC':
      return `NUMERIC(${type.precision},${type.scale})`;
    case 'ARRAY':
      return `ARRAY<${type.element}>`;
    default:
      return type.kind;
  }
}
