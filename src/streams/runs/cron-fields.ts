/** What a cron expression allows; undefined as a field where it allows every day. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[] | undefined;
  readonly months: readonly number[];
  readonly weekdays: readonly number[] | undefined;
}

const ranges = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  month: [1, 12],
  weekday: [0, 7],
} as const;

const single = /^(\d{1,2})$/;
const stepped = /^(?:\*|(\d{1,2})-(\d{1,2}))(?:\/(\d{1,2}))?$/;

/**
 * The numbers in a cron expression of five fields; undefined where it has names, such as MON, or is wrong. Enough to say
 * what holds in every year, without a clock.
 */
export function cronFields(cron: string): CronFields | undefined {
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = cron.split(/ +/);
  const minutes = numbersOf(minute, ranges.minute);
  const hours = numbersOf(hour, ranges.hour);
  const days = numbersOf(day, ranges.day);
  const months = numbersOf(month, ranges.month);
  const weekdays = numbersOf(weekday, ranges.weekday);
  if (more.length > 0 || !minutes || !hours || !days || !months || !weekdays) return undefined;
  return {
    minutes,
    hours,
    days: day === "*" ? undefined : days,
    months,
    // Sunday is 0 and 7.
    weekdays: weekday === "*" ? undefined : weekdays.map((number) => number % 7),
  };
}

function numbersOf(field: string, [first, last]: readonly [number, number]): number[] | undefined {
  const found = new Set<number>();
  for (const text of field.split(",")) {
    const [range, from = first, to = last, step = 1] = stepped.exec(text) ?? [];
    const [, one = range] = single.exec(text) ?? [];
    if (one === undefined) return undefined;
    const [start, end] =
      range === undefined ? [Number(one), Number(one)] : [Number(from), Number(to)];
    if (start < first || end > last || start > end) return undefined;
    if (Number(step) === 0 || Number(step) > last) return undefined;
    for (let number = start; number <= end; number += Number(step)) found.add(number);
  }
  return [...found].sort((a, b) => a - b);
}

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether some year has a day on which a schedule is due; a day of the week comes in every month. */
export function hasSuchDay({ days, months, weekdays }: CronFields): boolean {
  if (days === undefined || weekdays !== undefined) return true;
  return months.some((month) => days.some((day) => day <= (longestMonths[month - 1] ?? 0)));
}

const dayMinutes = 24 * 60;

/**
 * The fewest minutes between two instants of a schedule: within a day, or from the last of one to the first of the next
 * where it can be due on days that follow each other.
 */
export function shortestPause({ minutes, hours, days, weekdays }: CronFields): number {
  const ofDay = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
  const pauses = ofDay.slice(1).map((time, index) => time - (ofDay[index] ?? 0));
  if (comeOnFollowingDays(days, weekdays)) {
    pauses.push((ofDay[0] ?? 0) + dayMinutes - (ofDay.at(-1) ?? 0));
  }
  return Math.min(...pauses, Number.POSITIVE_INFINITY);
}

function comeOnFollowingDays(days: CronFields["days"], weekdays: CronFields["weekdays"]): boolean {
  // Where both are given, a day of either is enough, and in some year these follow each other.
  if (days !== undefined)
    return weekdays !== undefined || haveNeighbours(days, [28, 29, 30, 31], 1);
  return weekdays === undefined || haveNeighbours(weekdays, [6], 0);
}

/** Whether a number is followed by the next, or one of the last by the first. */
function haveNeighbours(
  numbers: readonly number[],
  last: readonly number[],
  first: number,
): boolean {
  const known = new Set(numbers);
  return numbers.some(
    (number) => known.has(number + 1) || (last.includes(number) && known.has(first)),
  );
}
