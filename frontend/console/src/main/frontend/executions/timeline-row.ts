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
  name: string;
  /** the key of its status */
  s: string;
  /** the status in words */
  w: string;
  /** what stands behind its bands, in place of its duration */
  line?: string;
  b: Band[];
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
  name.append(icon(`status-${row.s}`, `status-${row.s}`), text);
  if (row.more) {
    const chevron = part('span', 'chevron');
    chevron.append(icon('right'));
    name.append(chevron);
    element.classList.toggle('open', place.open);
    element.setAttribute('aria-expanded', String(place.open));
  }
  const line = row.line ?? duration(row, span.now);
  const plot = part('div', 'plot');
  drawBands(row, line, plot, span);
  element.append(name, plot);
  element.setAttribute('aria-label', `${row.name}: ${row.w}${line ? `, ${line}` : ''}`);
  return element;
}

function drawBands(row: Row, line: string, plot: HTMLElement, span: Span): void {
  const { width } = span;
  const scale = width / (span.until - span.from);
  let right = -1;
  let first = width;
  for (const [kind, from, to] of row.b) {
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
  if (row.s === 'caught') {
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

function duration(row: Row, now: number): string {
  if (row.b.length === 0) {
    return '';
  }
  return spanText((row.b[row.b.length - 1][2] ?? now) - row.b[0][1]);
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
