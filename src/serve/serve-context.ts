import type { GameDate } from '../calendar/game-date.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { WarehouseReader } from './warehouse-reader.ts';

/** What the endpoints share. */
export interface ServeContext {
  readonly tables: TableRegistry;
  /** The place of the warehouse, as it was given to `--warehouse`. */
  readonly location: string;
  readonly version: string;
  readonly read: WarehouseReader;
  /** Where files are fetched to; it need not be there. */
  readonly filesFolder: string;
  /** The day in US Eastern. */
  today(): GameDate;
  /** What is typed after `backcourt`, as a whole command that can be pasted. */
  command(text: string): string;
}
