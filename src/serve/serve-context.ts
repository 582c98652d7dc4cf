import type { TableRegistry } from '../table/table-registry.ts';
import type { WarehouseReader } from './warehouse-reader.ts';

/** What the endpoints share. */
export interface ServeContext {
  readonly tables: TableRegistry;
  /** As given to `--warehouse`. */
  readonly location: string;
  readonly version: string;
  readonly read: WarehouseReader;
  /** A command of a message as it can be pasted. */
  command(text: string): string;
}
