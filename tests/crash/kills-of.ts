/** Share of the kills that a suite makes unless told otherwise: half in each run, of other moments each time. */
const share = Number(process.env['BACKCOURT_KILLS'] ?? 0.5);
if (!(share > 0)) throw new Error('BACKCOURT_KILLS is a share above 0, 1 for all kills');

/** So many kills of those that are made in all with `BACKCOURT_KILLS=1`. */
export function killsOf(all: number): number {
  return Math.ceil(all * share);
}
