import { column, type Measure } from '../sql/column.ts';
import type { CompiledMeasure } from './compiled-measure.ts';
import type { OwnMeasure } from './measure-words.ts';

/** The column of a measure and what it is selected by. */
export function toMeasure(
  { name, meaning, unit, range, nullWhen: why }: OwnMeasure,
  by: Pick<CompiledMeasure, 'type' | 'meaning' | 'unit' | 'nullWhen' | 'from'>,
): Measure {
  const { type, from } = by;
  const [said, nullWhen] = [unit ?? by.unit, why ?? by.nullWhen];
  return {
    ...column(type, name, meaning ?? by.meaning, {
      ...(said !== undefined && { unit: said }),
      ...(nullWhen !== undefined && { nullWhen }),
      ...(range && { range }),
    }),
    from,
  };
}
