import { column, type Measure } from '../sql/column.ts';
import type { CompiledMeasure } from './compiled-measure.ts';
import type { OwnMeasure } from './measure-words.ts';

/** The column of a measure and what it is selected by. */
export function toMeasure(
  { name, meaning, unit, range }: OwnMeasure,
  by: Pick<CompiledMeasure, 'type' | 'meaning' | 'unit' | 'nullWhen' | 'from'>,
): Measure {
  const { type, nullWhen, unit: usual, from } = by;
  const said = unit ?? usual;
  return {
    ...column(type, name, meaning ?? by.meaning, {
      ...(said !== undefined && { unit: said }),
      ...(nullWhen !== undefined && { nullWhen }),
      ...(range && { range }),
    }),
    from,
  };
}
