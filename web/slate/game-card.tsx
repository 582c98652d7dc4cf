import type { SlateGame, SlateTeam } from '../../src/serve/slate-api-types.ts';
import { fixed, percent, signed } from '../format.ts';
import { restText, streakText } from './team-words.ts';

/** A game in two lines: who, in what form, how rested, and what the market says. */
export function GameCard({
  game,
  link,
  isChosen,
}: {
  readonly game: SlateGame;
  readonly link: string;
  readonly isChosen: boolean;
}) {
  return (
    <a class="game-card" href={link} aria-current={isChosen ? 'true' : undefined}>
      <table>
        <tbody>
          {game.teams.map((team) => (
            <Line key={team.team} team={team} />
          ))}
        </tbody>
      </table>
      <span class="quiet">
        {game.total === null ? 'no line' : `total ${fixed(game.total, 1)}`}
        {game.neutral_site === true && ', neutral site'}
        {game.game_type !== 'regular_season' && `, ${game.game_type.replaceAll('_', ' ')}`}
      </span>
    </a>
  );
}

function Line({ team }: { readonly team: SlateTeam }) {
  return (
    <tr>
      <th scope="row">{team.team}</th>
      <td>{team.win_pct === null ? '' : percent(team.win_pct, 0)}</td>
      <td>{streakText(team)}</td>
      <td class={team.days_off === 0 ? 'short' : ''}>{restText(team)}</td>
      <td class="number">{team.spread === null ? '' : signed(team.spread, 1)}</td>
    </tr>
  );
}
