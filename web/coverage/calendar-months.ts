/** One month of a season as a block of weeks. */
export interface CalendarMonth {
  /** `2023-11` */
  readonly month: string;
  readonly label: string;
  /** All days of it; `index` among the game dates of the season, where there were games. */
  readonly days: readonly { readonly date: string; readonly index: number | undefined }[];
  /** Days before its first Monday-to-Sunday week begins. */
  readonly offset: number;
}

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Lays out the months from that of the first game date to that of the last. */
export function calendarMonths(dates: readonly string[]): readonly CalendarMonth[] {
  const indexOf = new Map(dates.map((date, index) => [date, index]));
  const months: CalendarMonth[] = [];
  const last = dates.at(-1)?.slice(0, 7) ?? '';
  for (let month = dates[0]?.slice(0, 7) ?? '-'; month <= last; month = nextMonth(month)) {
    const [year = 0, number = 1] = month.split('-').map(Number);
    const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
    months.push({
      month,
      label: `${names[number - 1]} ${year}`,
      offset: (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7,
      days: Array.from({ length }, (_, day) => {
        const date = `${month}-${String(day + 1).padStart(2, '0')}`;
        return { date, index: indexOf.get(date) };
      }),
    });
  }
  return months;
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
