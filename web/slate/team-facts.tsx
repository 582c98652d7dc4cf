import type { SlateTeam } from '../../src/serve/slate-api-types.ts';
import { count, fixed, percent, signed } from '../format.ts';
import { restText, streakText } from './team-words.ts';

/** Form, rest, travel, pace and ratings of a team before its game. */
export function TeamFacts({ team }: { readonly team: SlateTeam }) {
  const facts = [
    ['form', formText(team)],
    ['rest', `${restText(team)}, ${team.games_last_7_days} in 7 days`],
    ['travel', travelText(team)],
    ['pace', fixed(team.pace, 1)],
    ['offence', fixed(team.offense, 1)],
    ['defence', fixed(team.defense, 1)],
    ['spread', team.spread === null ? 'no line' : signed(team.spread, 1)],
    ['players out', team.players_out === null ? 'no reports' : count(team.players_out)],
  ] as const;
  return (
    <dl class="facts">
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function formText(team: SlateTeam): string {
  const { win_pct: winPct, last_margin: lastMargin } = team;
  const parts = [
    streakText(team),
    winPct === null ? '' : `${percent(winPct, 0)} won`,
    lastMargin === null ? '' : `last ${signed(lastMargin, 0)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'first game' : parts.join(', ');
}

function travelText({
  travel_miles: miles,
  time_zone_change: change,
  road_games: roadGames,
}: SlateTeam): string {
  const parts = [miles === null ? 'unknown' : `${count(miles)} mi`];
  if (change !== null && change !== 0) parts.push(`${signed(change, 0)} h`);
  if (roadGames !== null && roadGames > 0) parts.push(`${roadGames} away before`);
  return parts.join(', ');
}
