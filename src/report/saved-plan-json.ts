import type { SavedPlan } from '../plan/saved-plan.ts';

/** A saved plan as the JSON file that `run --plan` reads: one line per unit, so that files compare well. */
export function savedPlanText(plan: SavedPlan): string {
  const { units, ...head } = savedPlanJson(plan);
  const fields = Object.entries(head).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  const lines = units.map((unit) => `  ${JSON.stringify(unit)}`);
  return `{\n${fields.join(',\n')},\n"units": [\n${lines.join(',\n')}\n]\n}\n`;
}

/** The fields of a saved plan with the names they have in files and in `--json`. */
export function savedPlanJson(plan: SavedPlan) {
  const { formatVersion, digest, request, settings, tables, units } = plan;
  return {
    format_version: formatVersion,
    digest,
    request: {
      tables: request.tables,
      dates: request.dates,
      backfill_mode: request.backfillMode,
      options: request.options,
      select: request.select ?? null,
      ...(request.widened && { widened: request.widened }),
      ...(request.rewrite && { rewrite: true }),
    },
    settings: {
      batch_days: settings.batchDays,
      allow_shrink: settings.allowShrink,
      skip_downstream_trigger: settings.skipDownstreamTrigger,
    },
    tables: tables.map(({ definitionVersion, ...table }) => ({
      ...table,
      definition_version: definitionVersion,
    })),
    units: units.map(({ dataHash, ...unit }) => ({ ...unit, data_hash: dataHash })),
  };
}
