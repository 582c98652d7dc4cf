/** The source of player logs and shot charts. A league that is played writes its files, under a name of its own. */
export const sourceOfLogs = 'nba-stats';
const simulated = 'simulated';

/** The name under which files of a source are loaded. */
export function loadedSource(source: string, isSimulated: boolean): string {
  return isSimulated && source === sourceOfLogs ? simulated : source;
}

/** The source whose files are loaded under a name. */
export function sourceOfFiles(loaded: string): string {
  return loaded === simulated ? sourceOfLogs : loaded;
}
