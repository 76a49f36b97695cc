import { spanText } from './time-axis.js';

/** How high a row is, in pixels. */
export const ROW = 23;

/** A stretch of time in a row: what it was, from and to in milliseconds since the start; to null: it goes on. */
export type Band = [kind: string, from: number, to: number | null];

/** One visit of a state, as the server tells it. */
export interface Row {
  /** its number among all visits */
  k: number;
  /** the number of the visit that it is inside of, -1 for none */
  p: number;
  /** the branch or item that it is in */
  f: number;
  /** the event that began it */
  e: number;
  /** the event that ended it, 0 while it goes on */
  x: number;
  name: string;
  /** the key of its status */
  s: string;
  /** the status in words */
  w: string;
  /** what stands behind its bands, in place of its duration */
  line?: string;
  b: Band[];
  /** the key of the status in which it waits for its token */
  c?: string;
  /** it has items that are shown when asked for */
  more?: boolean;
}

/** Where a row stands and what it is shown with. */
export interface Place {
  /** its number among all that are listed, from 0 */
  i: number;
  /** how many are listed */
  of: number;
  depth: number;
  selected: boolean;
  /** the keyboard is at it */
  at: boolean;
  /** what is inside of it is listed */
  open: boolean;
}

/** The time that is shown, in milliseconds since the start, and how wide that is in pixels. */
export interface Span {
  from: number;
  until: number;
  now: number;
  width: number;
  /** the moment that is looked at: its event and when that was; null for the latest */
  then: { event: number; at: number } | null;
  /** between an end and a redrive, from and to */
  pauses: [from: number, to: number][];
}

const WORDS: Record<string, string> = {
  idle: 'Not reached',
  run: 'Running',
  retry: 'Retrying',
  wait: 'Waiting',
  person: 'Waiting for a person',
};

/** The key of the status that a row had at the moment that is looked at. */
function statusAt(row: Row, { then }: Span): string {
  if (!then || (row.x !== 0 && row.x <= then.event)) {
    return row.s;
  }
  if (row.e > then.event) {
    return 'idle';
  }
  const band = row.b.findLast(([, from]) => from <= then.at);
  switch (band?.[0]) {
    case 'retry':
    case 'wait':
      return band[0];
    case 'callback':
      return row.c ?? 'wait';
    default:
      return 'run';
  }
}

/** Its bands up to the moment that is looked at, and what was to come after. */
function bandsAt(row: Row, { then, now }: Span): { seen: Band[]; later: Band[] } {
  if (!then || (row.x !== 0 && row.x <= then.event)) {
    return { seen: row.b, later: [] };
  }
  if (row.e > then.event) {
    return { seen: [], later: row.b };
  }
  const seen: Band[] = [];
  const later: Band[] = [];
  for (const [kind, from, to] of row.b) {
    if ((to ?? now) <= then.at) {
      seen.push([kind, from, to]);
    } else if (from > then.at) {
      later.push([kind, from, to]);
    } else {
      // How it would end was not known yet.
      seen.push([/^(retry|wait|callback)$/.test(kind) ? kind : 'run', from, then.at]);
      later.push([kind, then.at, to]);
    }
  }
  return { seen, later };
}

/** A row as it is drawn: its name, its bands, and what they say in words. */
export function drawRow(row: Row, place: Place, span: Span): HTMLElement {
  const element = part('div', 'row');
  element.id = `r${row.k}`;
  element.dataset.i = String(place.i);
  element.style.insetBlockStart = `${place.i * ROW}px`;
  element.setAttribute('role', 'treeitem');
  element.setAttribute('aria-level', String(place.depth + 1));
  element.setAttribute('aria-setsize', String(place.of));
  element.setAttribute('aria-posinset', String(place.i + 1));
  element.setAttribute('aria-selected', String(place.selected));
  element.classList.toggle('at', place.at);
  const name = part('div', 'name');
  name.style.paddingInlineStart = `${12 + place.depth * 14}px`;
  const text = part('span', 'text');
  text.textContent = row.name;
  text.title = row.name;
  const status = statusAt(row, span);
  element.classList.toggle('ahead', status === 'idle');
  name.append(icon(`status-${status}`, `status-${status}`), text);
  if (row.more) {
    const chevron = part('span', 'chevron');
    chevron.append(icon('right'));
    name.append(chevron);
    element.classList.toggle('open', place.open);
    element.setAttribute('aria-expanded', String(place.open));
  }
  const { seen, later } = bandsAt(row, span);
  const line = (span.then ? undefined : row.line) ?? duration(seen, span);
  const plot = part('div', 'plot');
  drawLater(later, plot, span);
  drawBands(seen, status, line, plot, span);
  element.append(name, plot);
  const word = status === row.s ? row.w : WORDS[status];
  element.setAttribute('aria-label', `${row.name}: ${word}${line ? `, ${line}` : ''}`);
  return element;
}

function drawLater(bands: Band[], plot: HTMLElement, span: Span): void {
  const scale = span.width / (span.until - span.from);
  for (const [kind, from, to] of bands) {
    const band = part('div', `band ${kind} later`);
    band.style.insetInlineStart = `${Math.max(-4, (from - span.from) * scale)}px`;
    const end = Math.min(span.until, to ?? span.now);
    band.style.inlineSize = `${Math.max(3, (end - Math.max(from, span.from)) * scale)}px`;
    if (end >= span.from && from <= span.until) {
      plot.append(band);
    }
  }
}

function drawBands(bands: Band[], status: string, line: string, plot: HTMLElement, span: Span): void {
  const { width } = span;
  const scale = width / (span.until - span.from);
  let right = -1;
  let first = width;
  for (const [kind, from, to] of bands) {
    const x = (from - span.from) * scale;
    const w = Math.max(3, ((to ?? span.now) - from) * scale);
    right = Math.max(right, x + w);
    first = Math.min(first, x);
    if (x > width || x + w < 0) {
      continue;
    }
    const band = part('div', `band ${kind}`);
    const left = Math.max(-4, x);
    band.style.insetInlineStart = `${left}px`;
    band.style.inlineSize = `${Math.min(width + 8, x + w) - left}px`;
    plot.append(band);
  }
  if (right < 0) {
    return;
  }
  if (status === 'caught') {
    const mark = icon('status-caught', 'mark');
    mark.style.insetInlineStart = `${right}px`;
    plot.append(mark);
    right += 15;
  }
  const label = part('span', 'after');
  label.textContent = line;
  // Behind the last band, where there is no room before the first, else over the last one's end.
  const room = width - 6 - 6.2 * line.length;
  const before = first - (width - room) - 6;
  const place = right <= room ? right : before >= 0 ? before : Math.max(0, room);
  label.style.insetInlineStart = `${place}px`;
  if (right > room && before < 0) {
    label.style.background = 'color-mix(in srgb, var(--lumo-base-color) 82%, transparent)';
    label.style.borderRadius = '3px';
  }
  plot.append(label);
}

/** How long it took, without the time in which the execution was over. */
function duration(bands: Band[], { now, then, pauses }: Span): string {
  if (bands.length === 0) {
    return '';
  }
  const from = bands[0][1];
  const to = bands[bands.length - 1][2] ?? Math.min(now, then?.at ?? now);
  const idle = pauses
    .map(pause => Math.min(to, pause[1]) - Math.max(from, pause[0]))
    .filter(overlap => overlap > 0)
    .reduce((sum, overlap) => sum + overlap, 0);
  return spanText(to - from - idle);
}

function icon(glyph: string, className = ''): HTMLElement {
  const element = part('gradus-icon', className);
  element.setAttribute('name', glyph);
  return element;
}

/** An element with a class. */
export function part(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  return element;
}
