/** A place on an axis. */
export interface Mark {
  at: number;
  text: string;
}

/** Round numbers from 0 up to at least the most, about three of them. */
export function countMarks(most: number): Mark[] {
  const wanted = Math.max(1, most) / 3;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = Math.max(1, [1, 2, 5, 10].map(n => n * power).find(n => n >= wanted) ?? power);
  const marks: Mark[] = [];
  for (let at = 0; at < most + step; at += step) {
    marks.push({ at, text: at.toLocaleString('en') });
    if (at >= most && at > 0) {
      break;
    }
  }
  return marks;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ROUND: Mark[] = [
  [1, '1 ms'], [10, '10 ms'], [100, '100 ms'], [SECOND, '1 s'], [10 * SECOND, '10 s'], [MINUTE, '1 min'],
  [10 * MINUTE, '10 min'], [HOUR, '1 h'], [6 * HOUR, '6 h'], [DAY, '1 d'], [7 * DAY, '7 d'], [30 * DAY, '30 d'], [365 * DAY, '1 y'],
].map(([at, text]) => ({ at: Number(at), text: String(text) }));

/** Round durations in milliseconds around all of these: each about ten times the one before. */
export function durationMarks(least: number, most: number): Mark[] {
  let first = ROUND.findIndex(mark => mark.at > least) - 1;
  let last = ROUND.findIndex(mark => mark.at >= most);
  first = first < 0 ? 0 : first;
  last = last < 0 ? ROUND.length - 1 : last;
  if (last <= first) {
    last = Math.min(ROUND.length - 1, first + 1);
  }
  return ROUND.slice(first, last + 1);
}

const STEPS = [1, 2, 3, 4, 6, 8, 12, 24];

/** Which of these stand at the foot of a chart: each text once, and as many as have room in that width. */
export function footMarks(texts: string[], width: number, apart: number): number[] {
  const each = width / Math.max(1, texts.length);
  const fresh = texts.map((_, i) => i).filter(i => i === 0 || texts[i] !== texts[i - 1]);
  const fit = Math.max(1, Math.floor(width / apart));
  const step = STEPS.find(candidate => fresh.length / candidate <= fit) ?? STEPS[STEPS.length - 1];
  const marks = fresh.filter((_, n) => n % step === 0);
  // the first day may be short
  return marks.length > 1 && (marks[1] - marks[0]) * each < apart ? marks.slice(1) : marks;
}
