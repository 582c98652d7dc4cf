import type { TeamDefenseAnswer } from '../../src/serve/team-api-types.ts';
import { DateChooser } from '../date-chooser.tsx';
import { percent } from '../format.ts';
import { Notice, When } from '../notice.tsx';
import { goTo } from '../route.ts';
import { useApi } from '../use-api.ts';
import { TeamMonths } from './team-months.tsx';
import { TeamSeason } from './team-season.tsx';
import { TeamTable } from './team-table.tsx';

/** Thirty teams by zone against the league, on a date and over a season. */
export function DefensePage({ values }: { readonly values: URLSearchParams }) {
  const date = values.get('date') ?? '';
  const team = values.get('team') ?? '';
  const answer = useApi<TeamDefenseAnswer>(
    date === '' ? 'team-defense' : `team-defense?date=${encodeURIComponent(date)}`,
  );
  return (
    <When answer={answer}>
      {(data) =>
        data.date === null ? (
          <Notice>team_defense_zone_analysis has no rows yet.</Notice>
        ) : (
          <Defense data={data} date={data.date} team={team} />
        )
      }
    </When>
  );
}

function Defense({
  data,
  date,
  team,
}: {
  readonly data: TeamDefenseAnswer;
  readonly date: string;
  readonly team: string;
}) {
  const { dates, league, league_source: leagueSource, season_year: seasonYear, teams } = data;
  const go = (next: Readonly<Record<string, string>>) => goTo('defense', { date, team, ...next });
  const chosen = team !== '' ? team : (teams[0]?.team ?? '');
  return (
    <>
      <div class="controls">
        <DateChooser
          date={date}
          previous={dates.findLast((other) => other < date) ?? null}
          next={dates.find((other) => other > date) ?? null}
          onDate={(day) => go({ date: day })}
          unit="date"
        />
        {teams.length > 0 && (
          <p class="quiet">
            League: paint {percent(league.paint)}, mid-range {percent(league.mid_range)}, three{' '}
            {percent(league.three_pt)} ({leagueSource?.replaceAll('_', ' ')})
          </p>
        )}
      </div>
      {teams.length === 0 ? (
        <Notice>
          <strong>No rows for {date}.</strong> It is no game date, lies in the first days of a
          season, or is not computed.
        </Notice>
      ) : (
        <>
          <p class="quiet">
            What a team allowed in its last 15 games, in percentage points against the league.
            Positive (
            <span class="swatch better" aria-hidden="true" />) is a weaker defence, better for the
            attack; #1 is the strongest, and beside the rank are the shots a game.
          </p>
          <TeamTable teams={teams} chosen={chosen} onChoose={(name) => go({ team: name })} />
          {seasonYear !== null && (
            <>
              <TeamSeason team={chosen} seasonYear={seasonYear} date={date} />
              <TeamMonths seasonYear={seasonYear} />
            </>
          )}
        </>
      )}
    </>
  );
}
