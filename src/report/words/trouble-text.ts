import type { Trouble } from '../../fetch/trouble.ts';
import { plural } from './format.ts';

/** Why there is no answer that can be used, as a part of a sentence. */
export function troubleText(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'status': {
      const again = trouble.retryAt === undefined ? '' : `, come again at ${trouble.retryAt}`;
      const { [trouble.status]: says = '' } = statusWords;
      return `the host answers ${trouble.status}${says}${again}`;
    }
    case 'redirect':
      return `the host sends elsewhere, to ${trouble.to} (${trouble.status}), which is not followed`;
    case 'no_answer':
      return `no whole answer within ${trouble.seconds} s`;
    case 'unreachable':
      return `the host cannot be reached (${trouble.code})`;
    case 'cut_off':
      return 'the answer is cut off';
    case 'too_long':
      return `the answer is longer than ${trouble.bytes / 1024 ** 2} MiB, which none is`;
    case 'no_json':
      return trouble.begins === ''
        ? 'the answer of the host is empty'
        : `the host answers no JSON but "${trouble.begins.replaceAll(/\s+/g, ' ')}…"`;
    case 'lacks_field':
      return `the schema has changed: ${trouble.field} is not there, or not as it was`;
    case 'ragged_row':
      return `the schema has changed: row ${trouble.row} has ${plural(trouble.values, 'value')} for ${plural(trouble.names, 'name')}`;
    case 'other_date':
      return `the answer has games of ${trouble.date}`;
    case 'other_season':
      return `the answer is of the season ${trouble.season}`;
    case 'lost_games': {
      const more = trouble.games.length - mostNamed;
      const games = [
        trouble.games.slice(0, mostNamed).join(', '),
        more > 0 ? ` and ${plural(more, 'game')} more` : '',
      ].join('');
      return `the answer lacks ${games}, which the one that is kept has`;
    }
    case 'no_rows':
      return 'the source has no rows';
  }
}

/** So many games are named. */
const mostNamed = 10;

const statusWords: Readonly<Record<number, string>> = {
  403: ', it refuses',
  404: ', it has none',
  429: ', too many requests',
};
