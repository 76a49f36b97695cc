/** A place on the axis. */
export interface Tick {
  /** milliseconds since the start */
  at: number;
  text: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  ...[1, 2, 5, 10, 15, 30].map(n => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(n => n * MINUTE),
  ...[1, 2, 3, 6, 12].map(n => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map(n => n * DAY),
];
const APART = 110;

/** Round moments between two, about as many as there is room for. */
export function axisTicks(from: number, to: number, width: number): Tick[] {
  const wanted = ((to - from) / width) * APART;
  const step = STEPS.find(candidate => candidate >= wanted) ?? STEPS[STEPS.length - 1];
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) {
    ticks.push({ at, text: `+${spanText(at)}` });
  }
  return ticks;
}

/** A duration with its units, as the server writes it: `420 ms`, `2.1 s`, `18 s`, `4 min 09 s`, `1 h 05 min`. */
export function spanText(ms: number): string {
  if (ms < SECOND) {
    return `${Math.max(0, Math.round(ms))} ms`;
  }
  if (ms < 10 * SECOND) {
    const tenths = Math.floor(ms / 100);
    return tenths % 10 === 0 ? `${tenths / 10} s` : `${(tenths / 10).toFixed(1)} s`;
  }
  if (ms < MINUTE) {
    return `${Math.floor(ms / SECOND)} s`;
  }
  if (ms < HOUR) {
    return joined(Math.floor(ms / MINUTE), 'min', Math.floor((ms % MINUTE) / SECOND), 's');
  }
  if (ms < DAY) {
    return joined(Math.floor(ms / HOUR), 'h', Math.floor((ms % HOUR) / MINUTE), 'min');
  }
  return joined(Math.floor(ms / DAY), 'd', Math.floor((ms % DAY) / HOUR), 'h', 1);
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string, digits = 2): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${String(small).padStart(digits, '0')} ${smallUnit}`;
}
