import type { TableRegistry } from '../table/table-registry.ts';
import type { WarehouseReader } from './warehouse-reader.ts';

/** What the endpoints share. */
export interface ServeContext {
  readonly tables: TableRegistry;
  /** The place of the warehouse, as it was given to `--warehouse`. */
  readonly location: string;
  readonly version: string;
  readonly read: WarehouseReader;
  /** What is typed after `backcourt`, as a whole command that can be pasted. */
  command(text: string): string;
}
