import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { withMemory, withWarehouse } from '../../engine/open-warehouse.ts';
import { sizeOfChanges } from '../../ledger/remembered-changes.ts';
import { doctorJson, doctorLines, type Finding } from '../../report/doctor-report.ts';
import { formatBytes, plural } from '../../report/words/format.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { parseBigQueryLocation } from '../../warehouse/bigquery/connect.ts';
import { leftLogs } from '../../warehouse/duckdb/left-log.ts';
import { messageOf } from '../../warehouse/message-of.ts';
import { HeldWarehouse, WarehouseError } from '../../warehouse/warehouse.ts';
import type { VerbContext } from '../cli-context.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { printReport } from '../output/print-report.ts';
import { describeError } from '../process/exit-with.ts';
import { defineVerb } from '../verb.ts';

/** Exit code of surroundings in which the product cannot work. */
const unfit = exitCodes.surroundings;

/** More text of remembered rows than most would want to keep beside what stands there. */
const muchRemembered = 1e9;

/** Below the first a long backfill may not find room, below the second hardly anything does. */
const scarceBytes = 2e9;
const fewestBytes = 100e6;

/**
 * Looks at what the product needs: Node, the engine, the warehouse, who holds it, its log, the disk. Writes nothing.
 * Its exit code is 0, or 8 when something is an error.
 */
export const doctorVerb = defineVerb({
  inputs: warehouseInputs,
  example: ['backcourt doctor'],
  async run(context, tables, { warehouse: location, wait = 0, json }) {
    const findings = [
      { subject: 'backcourt', level: 'ok', text: context.packageVersion } as const,
      { subject: 'node', level: 'ok', text: process.versions.node } as const,
      await engineFinding(context),
      ...(parseBigQueryLocation(location)
        ? await openFindings(context, tables, location, wait)
        : await fileFindings(context, tables, location, wait)),
    ];
    printReport(context, json, { lines: doctorLines(findings), json: doctorJson(findings) });
    return findings.some(({ level }) => level === 'error') ? unfit : 0;
  },
});

async function engineFinding(context: VerbContext): Promise<Finding> {
  const subject = 'duckdb';
  try {
    const [row] = await withMemory(context, (memory) =>
      memory.query('SELECT version() AS version'),
    );
    return { subject, level: 'ok', text: String(row?.['version']) };
  } catch (error) {
    const text = messageOf(error);
    return { subject, level: 'error', text, help: 'install the packages again: npm ci' };
  }
}

async function fileFindings(
  context: VerbContext,
  tables: TableRegistry,
  location: string,
  wait: number,
): Promise<readonly Finding[]> {
  const disk = diskFinding(location);
  if (!existsSync(location)) {
    const text = `there is no warehouse at "${location}"`;
    const help = `load files: ${context.command('ingest <files>')}`;
    return [{ subject: 'warehouse', level: 'warning', text, help }, disk];
  }
  // What a look at the file may do to the log is none of the log's state before.
  const logs = leftLogs(location);
  const opened = await openFindings(context, tables, location, wait);
  return [...opened, logFinding(logs, opened[0]), disk];
}

/**
 * Opens a warehouse of either engine for reading, and asks a file how it is stored, and what is remembered in it.
 */
async function openFindings(
  context: VerbContext,
  tables: TableRegistry,
  location: string,
  waitSeconds: number,
): Promise<readonly [Finding, ...Finding[]]> {
  const subject = 'warehouse';
  const open = { location, mode: 'read', create: false, waitSeconds } as const;
  try {
    return await withWarehouse(context, tables, open, async (warehouse) => {
      const changes = changesFinding(await sizeOfChanges(warehouse));
      if (parseBigQueryLocation(location)) {
        return [{ subject, level: 'ok', text: `${location} can be reached and read` }, changes];
      }
      const [row] = await warehouse.query(
        "SELECT tags['storage_version'] AS storage FROM duckdb_databases() WHERE path IS NOT NULL",
      );
      const size = formatBytes(statSync(location).size);
      const storage = row?.['storage'] ?? 'not told';
      const text = `${location}, ${size}, storage version ${storage}`;
      return [{ subject, level: 'ok', text }, changes];
    });
  } catch (error) {
    if (error instanceof HeldWarehouse) {
      const help = 'it is free again when that process ends; --wait <seconds> waits for it';
      return [{ subject, level: 'warning', text: error.message, help }];
    }
    if (!(error instanceof WarehouseError)) throw error;
    return [{ subject, level: 'error', text: describeError(context, error).message }];
  }
}

function changesFinding(size: Awaited<ReturnType<typeof sizeOfChanges>>): Finding {
  const subject = 'changes';
  if (!size) return { subject, level: 'ok', text: 'an older ledger, which remembers none' };
  const text = `${plural(size.rows, 'former row')} remembered, ${formatBytes(size.characters)} of text`;
  if (size.characters < muchRemembered) return { subject, level: 'ok', text };
  const help = 'prune --before <time> drops those of which nobody will ask any more';
  return { subject, level: 'warning', text, help };
}

function logFinding(logs: readonly string[], { level }: Finding): Finding {
  const subject = 'log';
  const [first] = logs;
  if (first === undefined) return { subject, level: 'ok', text: 'none lies beside the file' };
  const text = `${logs.join(', ')} lies beside the file, ${formatBytes(statSync(first, { throwIfNoEntry: false })?.size ?? 0)}`;
  if (level === 'warning') return { subject, level: 'ok', text };
  const help =
    'a process was killed while it wrote: keep it with the file, the next run takes what is committed in';
  return { subject, level: 'warning', text, help };
}

function diskFinding(location: string): Finding {
  const subject = 'disk';
  const folder = dirname(resolve(location));
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const text = `${formatBytes(free)} free at "${folder}"`;
    if (free >= scarceBytes) return { subject, level: 'ok', text };
    const help = 'make room: the file grows with each run, and queries need some beside it';
    return { subject, level: free < fewestBytes ? 'error' : 'warning', text, help };
  } catch (error) {
    const text = `"${folder}" cannot be looked at: ${messageOf(error)}`;
    return { subject, level: 'error', text, help: 'make the folder first' };
  }
}
