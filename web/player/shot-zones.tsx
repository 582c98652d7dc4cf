import { type Zone, zones } from '../../src/serve/court-zones.ts';
import type { PlayerDateAnswer, ZoneGames, ZoneNumbers } from '../../src/serve/player-api-types.ts';
import { fixed, percent, signed } from '../format.ts';
import { Scroll } from '../scroll.tsx';
import { zoneNames } from '../zones.ts';
import { HalfCourt, type ZoneLabel } from './half-court.tsx';

/** Where he shoots from and how well, beside what the opponent allows there, against the league. */
export function ShotZones({ data }: { readonly data: PlayerDateAnswer }) {
  const { zones: numbers, zone_games: games, game, primary_zone: primaryZone } = data;
  const own = `His ${windowText(games.own, 10)}`;
  const hasShots = zones.some((zone) => numbers[zone].rate !== null);
  const hasDefense = zones.some((zone) => numbers[zone].allowed_pct !== null);
  if (!hasShots && !hasDefense) {
    return <p class="quiet">Too few of the last games have shot data.</p>;
  }
  return (
    <>
      <div class="courts">
        <figure>
          <HalfCourt label={own} zones={labels(numbers, ownLabel)} />
          <figcaption>
            {own}
            {primaryZone !== null && `, mostly ${primaryZone.replace('_', '-')}`}
          </figcaption>
        </figure>
        <figure>
          <HalfCourt label="What the opponent allows" zones={labels(numbers, defenseLabel)} />
          <figcaption>
            {game
              ? `What ${game.opponent} allowed in its ${windowText(games.allowed, 15)}`
              : 'No opponent on this date'}
          </figcaption>
        </figure>
      </div>
      <p class="quiet">
        <span class="swatch better" aria-hidden="true" /> above the league, better for him;{' '}
        <span class="swatch worse" aria-hidden="true" /> below it. Paint: twos from at most 8 ft.
      </p>
      <Scroll label="Shot zones in numbers">
        <table>
          <thead>
            <tr>
              <th scope="col">zone</th>
              <th scope="col" class="number">
                his shots
              </th>
              <th scope="col" class="number">
                he makes
              </th>
              <th scope="col" class="number">
                league
              </th>
              <th scope="col" class="number">
                {game?.opponent ?? 'opponent'} allows
              </th>
              <th scope="col" class="number">
                vs league
              </th>
            </tr>
          </thead>
          <tbody>
            {zones.map((zone) => {
              const {
                rate,
                pct,
                league_pct: leaguePct,
                allowed_pct: allowedPct,
                vs_league: vsLeague,
              } = numbers[zone];
              return (
                <tr key={zone}>
                  <th scope="row">{zoneNames[zone]}</th>
                  <td class="number">{rate === null ? '—' : `${fixed(rate, 1)}\u00a0%`}</td>
                  <td class="number">{percent(pct)}</td>
                  <td class="number">{percent(leaguePct)}</td>
                  <td class="number">{percent(allowedPct)}</td>
                  <td class="number">{signed(vsLeague, 2)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function labels(
  numbers: Readonly<Record<Zone, ZoneNumbers>>,
  label: (zone: ZoneNumbers) => ZoneLabel,
): Readonly<Record<Zone, ZoneLabel>> {
  return {
    paint: label(numbers.paint),
    mid_range: label(numbers.mid_range),
    three_pt: label(numbers.three_pt),
  };
}

function ownLabel({ rate, pct, league_pct: leaguePct, attempts }: ZoneNumbers): ZoneLabel {
  const difference = pct === null || leaguePct === null ? null : 100 * (pct - leaguePct);
  if (rate === null) return { difference, lines: ['no data'] };
  return { difference, lines: [percent(pct), `${fixed(attempts, 1)} a game`] };
}

function defenseLabel({ allowed_pct: allowedPct, vs_league: vsLeague }: ZoneNumbers): ZoneLabel {
  if (allowedPct === null) return { difference: null, lines: ['no data'] };
  return { difference: vsLeague, lines: [percent(allowedPct), signed(vsLeague, 1)] };
}

/** `last 10 games`, `last 10 games: the 6 with shot data`. */
function windowText(games: ZoneGames | null, window: number): string {
  if (!games) return `last ${window} games`;
  const all = `last ${games.games} ${games.games === 1 ? 'game' : 'games'}`;
  return games.charted === games.games ? all : `${all}: the ${games.charted} with shot data`;
}
