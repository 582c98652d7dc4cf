import type { GameDate } from '../../calendar/game-date.ts';
import type { LoadedTable, ReadSource } from '../files/source-content.ts';
import type { RawWriter } from '../raw/replace-raw-dates.ts';

/** What notices are found in: the files of a load, and the raw tables as they will stand after it. */
export interface Loaded {
  readonly writer: RawWriter;
  source(table: LoadedTable): ReadSource | undefined;
  /** Relation of a raw table as it will stand. */
  future(table: string): string;
  /** The dates on which it will have rows. */
  futureDates(table: LoadedTable): ReadonlySet<GameDate>;
}
