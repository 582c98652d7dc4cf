import { defaultWarehouse, isNoPlace } from '../../engine/default-warehouse.ts';
import { type OpenedWarehouse, openEither } from '../../engine/open-either.ts';
import type { Surroundings } from '../../engine/surroundings.ts';
import { systemClock, thisProcess } from '../../engine/this-process.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { addOwnTables, readProject } from '../../project/load-project.ts';
import { ownFiles } from '../../project/own-files.ts';
import { type BrokenTable, loadTables, type TableRegistry } from '../../table/table-registry.ts';

/** What is opened, and how. */
export interface OpenSettings {
  /** A DuckDB file, or `bigquery://project[/prefix][?location=EU]`; unless given what the project names, else `./nba.duckdb`. */
  readonly warehouse?: string;
  /** A folder with `backcourt.config.ts`, whose own tables are among the tables; none unless given. */
  readonly project?: string;
  /** `write` for {@link run}, and then no other process has a DuckDB file open; `read` unless given. */
  readonly mode?: 'read' | 'write';
  /** How long another process may still hold the file, in seconds; 5 unless given. */
  readonly waitSeconds?: number;
  /** Threads of DuckDB; one per core unless given. */
  readonly threads?: number;
  /** Most bytes that one job of BigQuery may be billed for. */
  readonly maxBytes?: number;
  /** Aborted when a run or a verification is to end after what is in hand. */
  readonly stop?: AbortSignal;
  /** Hears what a person should read, a line at a time: tables that are made anew, and the like. */
  readonly onNote?: (line: string) => void;
}

/** A warehouse that is open. One call at a time: a second one before the first has ended is an error. */
export interface WarehouseHandle {
  /** The place that was opened. */
  readonly location: string;
  /** Names of the tables that are computed, in the order in which one is made of another. */
  readonly tables: readonly string[];
  /** Own tables that are wrong and therefore left out; a {@link run} of all tables counts them as failed. */
  readonly broken: readonly BrokenTable[];
  /** Lets go of the warehouse. */
  close(): Promise<void>;
}

/** What stands behind a handle. */
export interface Opened {
  readonly context: Surroundings;
  readonly tables: TableRegistry;
  readonly opened: OpenedWarehouse;
  readonly mode: 'read' | 'write';
}

const behind = new WeakMap<WarehouseHandle, Opened>();

/**
 * Opens a warehouse that is there.
 * @throws UsageError for a place that is none; BadDefinition for a project that cannot be read; AbsentWarehouse where
 * there is no warehouse; HeldWarehouse while another process has it; WarehouseError for disk, permissions, network.
 */
export async function openWarehouse(settings: OpenSettings = {}): Promise<WarehouseHandle> {
  const { mode = 'read' } = settings;
  const { project, tables } = await tablesOf(settings.project);
  const location = settings.warehouse ?? project?.warehouse ?? defaultWarehouse;
  if (isNoPlace(location)) throw new UsageError(`warehouse "${location}": it must name a file`);
  const context = outside(settings);
  for (const note of project ? ownFiles(project.tables).passedOver : []) settings.onNote?.(note);
  const opened = await openEither(context, tables, {
    location,
    mode,
    create: false,
    waitSeconds: settings.waitSeconds,
    ...(settings.threads !== undefined && { threads: settings.threads }),
    ...(settings.maxBytes !== undefined && { maxBytes: settings.maxBytes }),
  });
  const handle: WarehouseHandle = {
    location,
    tables: tables.computed.map(({ name }) => name),
    broken: tables.broken,
    close: async () => {
      if (behind.delete(handle)) await opened.warehouse.close();
    },
  };
  behind.set(handle, { context, tables, opened, mode });
  return handle;
}

/** The tables of Backcourt, and those of a project where one is named. @throws BadDefinition */
export async function tablesOf(folder: string | undefined) {
  const project = folder === undefined ? undefined : await readProject(folder);
  const builtIn = await loadTables();
  return { project, tables: project ? await addOwnTables(builtIn, project) : builtIn };
}

/** The real world, in which nothing is printed. */
export function outside({ stop, onNote }: Pick<OpenSettings, 'stop' | 'onNote'>): Surroundings {
  return {
    ...thisProcess(),
    clock: systemClock,
    stderr: (text) => {
      for (const line of text.trimEnd().split('\n')) onNote?.(line);
    },
    stop: stop ?? new AbortController().signal,
    invocation: { command: 'backcourt', self: 'backcourt run' },
  };
}

/** @throws UsageError for a handle that is closed, or none. */
export function openedBehind(handle: WarehouseHandle): Opened {
  const opened = behind.get(handle);
  if (!opened) throw new UsageError('the warehouse is closed');
  return opened;
}
