import { axisTicks, spanText, type Tick } from './time-axis.js';

/** A stretch of time in a row: what it was, from and to in milliseconds since the start; to null: it goes on. */
type Band = [kind: string, from: number, to: number | null];

/** One visit of a state, as the server tells it. */
interface Row {
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

interface Placed {
  row: Row;
  depth: number;
}

const ROW = 23;
const MIN_SPAN = 20;
const OVERSCAN = 6;

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: grid; grid-template: 26px minmax(0, 1fr) / var(--names, 196px) minmax(0, 1fr); min-block-size: 0;
    position: relative; background: var(--lumo-base-color); font: 400 12.5px/1 var(--lumo-font-family);
    color: var(--lumo-body-text-color); }
  .corner { border-inline-end: 1px solid var(--g-line); display: flex; align-items: center; gap: 2px; padding-inline: 8px; }
  .corner button { all: unset; box-sizing: border-box; inline-size: 22px; block-size: 22px; border-radius: 4px; display: grid;
    place-items: center; color: var(--lumo-secondary-text-color); cursor: pointer; }
  .corner button:hover { background: var(--lumo-contrast-10pct); }
  .corner button:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: -2px; }
  .axis { position: relative; overflow: hidden; margin-inline-end: 12px; border-block-end: 1px solid var(--g-line); }
  .axis span { position: absolute; inset-block-start: 8px; font-size: 10.5px; color: var(--lumo-tertiary-text-color);
    transform: translateX(-50%); white-space: nowrap; }
  .axis span.first { transform: none; }
  .body { grid-column: 1 / 3; overflow: hidden auto; position: relative; outline: none; }
  .space { position: relative; min-block-size: 100%; }
  .grid { position: absolute; inset: 0 12px 0 var(--names, 196px); pointer-events: none; overflow: hidden; }
  .grid i { position: absolute; inset-block: 0; inline-size: 1px; background: var(--g-line); }
  .row { position: absolute; inset-inline: 0; block-size: ${ROW}px; display: grid; cursor: default;
    grid-template-columns: var(--names, 196px) minmax(0, 1fr); }
  .row:hover { background: var(--lumo-contrast-5pct); }
  .row[aria-selected='true'] { background: var(--lumo-primary-color-10pct); }
  .row[aria-selected='true'] .text { font-weight: 600; }
  .body:focus-visible .row.at { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: -2px; }
  .name { display: flex; align-items: center; gap: 7px; padding-inline: 12px 8px; min-inline-size: 0;
    border-inline-end: 1px solid var(--g-line); }
  .name gradus-icon { inline-size: 13px; block-size: 13px; }
  .text { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; line-height: 16px; }
  .chevron { inline-size: 16px; block-size: 16px; display: grid; place-items: center; color: var(--lumo-secondary-text-color);
    cursor: pointer; }
  .chevron gradus-icon { inline-size: 12px; block-size: 12px; }
  .open .chevron { transform: rotate(90deg); }
  .plot { position: relative; overflow: hidden; margin-inline-end: 12px; }
  .band { position: absolute; inset-block: 5px 6px; min-inline-size: 3px; border-radius: 2px; box-sizing: border-box; }
  .band.run { background: var(--g-run); }
  .band.ok { background: var(--g-ok); }
  .band.abort { background: var(--g-abort); }
  .band.caught { background: var(--g-caught); }
  .band.fail { background: var(--g-fail-fill); }
  .band.retry { border: 1px solid var(--g-retry);
    background: repeating-linear-gradient(135deg, var(--g-retry) 0 1.8px, var(--g-retry-tint) 1.8px 5px); }
  .band.callback { border: 1px solid var(--g-person);
    background: radial-gradient(var(--g-person) 1.1px, var(--g-person-tint) 1.3px) 0 0 / 5px 5px; }
  .band.wait { border: 1px solid var(--g-wait);
    background: repeating-linear-gradient(90deg, var(--g-wait) 0 1px, var(--g-wait-tint) 1px 5px); }
  .after { position: absolute; inset-block-start: 4px; font-size: 11px; line-height: 15px; white-space: nowrap; padding-inline: 6px;
    color: var(--lumo-secondary-text-color); }
  .mark { position: absolute; inset-block-start: 5px; color: var(--g-caught); inline-size: 13px; block-size: 13px; margin-inline-start: 4px; }
  .status-ok { color: var(--g-ok); } .status-run { color: var(--g-run); } .status-retry { color: var(--g-retry); }
  .status-person { color: var(--g-person); } .status-wait { color: var(--g-wait); } .status-caught { color: var(--g-caught); }
  .status-fail, .status-timeout { color: var(--g-fail); } .status-abort { color: var(--g-abort); } .status-idle { color: var(--g-idle); }
  @media (max-width: 600px) { :host { --names: 128px; } }
`);

/** How long each visit of a state took and what it spent the time on: a row each, drawn only where one looks. */
class GradusTimeline extends HTMLElement {
  private readonly rows = new Map<number, Row>();
  private placed: Placed[] = [];
  private readonly open = new Set<number>();
  private readonly drawn = new Map<number, HTMLElement>();
  private selected = -1;
  private at = 0;
  private start = 0;
  private end: number | null = null;
  private skew = 0;
  private from = 0;
  private to: number | null = null;
  private timer = 0;
  private readonly axis = part('div', 'axis');
  private readonly grid = part('div', 'grid');
  private readonly space = part('div', 'space');
  private readonly body = part('div', 'body');
  private readonly resized = new ResizeObserver(() => this.draw(true));

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    const corner = part('div', 'corner');
    corner.append(
      this.button('minus', 'Zoom out', () => this.zoom(1.6)),
      this.button('plus', 'Zoom in', () => this.zoom(1 / 1.6)),
      this.button('fit', 'Show all of the time', () => this.fit()),
    );
    this.space.setAttribute('role', 'presentation');
    this.grid.setAttribute('aria-hidden', 'true');
    this.axis.setAttribute('aria-hidden', 'true');
    this.space.append(this.grid);
    this.body.append(this.space);
    this.body.tabIndex = 0;
    this.body.setAttribute('role', 'tree');
    this.body.setAttribute('aria-label', 'Timeline of states');
    root.append(corner, this.axis, this.body);
    this.body.addEventListener('scroll', () => this.draw(), { passive: true });
    this.body.addEventListener('keydown', event => this.key(event));
    this.body.addEventListener('click', event => this.clicked(event));
    this.addEventListener('wheel', event => this.wheel(event), { passive: false });
    this.body.addEventListener('pointerdown', event => this.drag(event));
  }

  connectedCallback(): void {
    this.resized.observe(this);
    this.live();
  }

  disconnectedCallback(): void {
    this.resized.disconnect();
    window.clearInterval(this.timer);
    this.timer = 0;
  }

  /** Takes rows that are new or changed. The times are milliseconds since 1970; end null: it runs. */
  update(changed: Row[], start: number, end: number | null, now: number): void {
    for (const row of changed) {
      this.rows.set(row.k, row);
    }
    this.start = start;
    this.end = end;
    this.skew = now - Date.now();
    if (changed.length > 0) {
      this.place();
    }
    this.live();
    this.draw(true);
  }

  /** Forgets all rows: another execution is shown, or another one's server. */
  clear(): void {
    this.rows.clear();
    this.open.clear();
    this.place();
    this.draw(true);
  }

  /** Shows which row is meant; -1 for none. */
  select(k: number): void {
    if (this.selected !== k) {
      this.selected = k;
      const at = this.placed.findIndex(p => p.row.k === k);
      if (at >= 0) {
        this.at = at;
        this.reveal();
      }
      this.draw(true);
    }
  }

  private place(): void {
    const inside = new Map<number, Row[]>();
    for (const row of [...this.rows.values()].sort((a, b) => a.k - b.k)) {
      const siblings = inside.get(row.p);
      if (siblings) {
        siblings.push(row);
      } else {
        inside.set(row.p, [row]);
      }
    }
    this.placed = [];
    const add = (parent: number, depth: number): void => {
      const rows = inside.get(parent) ?? [];
      if (parent >= 0) {
        rows.sort((a, b) => a.f - b.f || a.k - b.k);
      }
      for (const row of rows) {
        this.placed.push({ row, depth });
        if (!row.more || this.open.has(row.k)) {
          add(row.k, depth + 1);
        }
      }
    };
    add(-1, 0);
    this.at = Math.min(this.at, Math.max(0, this.placed.length - 1));
    this.space.style.blockSize = `${this.placed.length * ROW + 4}px`;
  }

  private get now(): number {
    return Math.max(1, (this.end ?? Date.now() + this.skew) - this.start);
  }

  private get until(): number {
    return this.to ?? Math.max(MIN_SPAN, this.now * 1.06);
  }

  private live(): void {
    const runs = this.end === null && this.isConnected && this.start > 0;
    if (runs && !this.timer) {
      this.timer = window.setInterval(() => this.draw(true), 250);
    } else if (!runs && this.timer) {
      window.clearInterval(this.timer);
      this.timer = 0;
    }
  }

  private draw(anew = false): void {
    const height = this.body.clientHeight;
    const first = Math.max(0, Math.floor(this.body.scrollTop / ROW) - OVERSCAN);
    const last = Math.min(this.placed.length, Math.ceil((this.body.scrollTop + height) / ROW) + OVERSCAN);
    const width = Math.max(1, this.axis.clientWidth);
    this.drawAxis(width);
    for (const [i, element] of this.drawn) {
      if (i < first || i >= last || anew) {
        element.remove();
        this.drawn.delete(i);
      }
    }
    for (let i = first; i < last; i++) {
      if (!this.drawn.has(i)) {
        const element = this.drawRow(i, width);
        this.drawn.set(i, element);
        this.space.append(element);
      }
    }
    const current = this.drawn.get(this.at);
    this.body.setAttribute('aria-activedescendant', current ? current.id : '');
  }

  private drawAxis(width: number): void {
    const ticks = axisTicks(this.from, this.until, width);
    const place = (tick: Tick): string => `${((tick.at - this.from) / (this.until - this.from)) * 100}%`;
    this.axis.replaceChildren(
      ...ticks.map((tick, i) => {
        const label = part('span', i === 0 && tick.at === 0 ? 'first' : '');
        label.textContent = tick.at === 0 ? clock(this.start) : tick.text;
        label.style.insetInlineStart = place(tick);
        return label;
      }),
    );
    this.grid.replaceChildren(
      ...ticks.map(tick => {
        const line = document.createElement('i');
        line.style.insetInlineStart = place(tick);
        return line;
      }),
    );
  }

  private drawRow(i: number, width: number): HTMLElement {
    const { row, depth } = this.placed[i];
    const element = part('div', 'row');
    element.id = `r${row.k}`;
    element.dataset.i = String(i);
    element.style.insetBlockStart = `${i * ROW}px`;
    element.setAttribute('role', 'treeitem');
    element.setAttribute('aria-level', String(depth + 1));
    element.setAttribute('aria-setsize', String(this.placed.length));
    element.setAttribute('aria-posinset', String(i + 1));
    element.setAttribute('aria-selected', String(row.k === this.selected));
    element.classList.toggle('at', i === this.at);
    const name = part('div', 'name');
    name.style.paddingInlineStart = `${12 + depth * 14}px`;
    const icon = document.createElement('gradus-icon');
    icon.setAttribute('name', `status-${row.s}`);
    icon.className = `status-${row.s}`;
    const text = part('span', 'text');
    text.textContent = row.name;
    text.title = row.name;
    name.append(icon, text);
    if (row.more) {
      const chevron = part('span', 'chevron');
      const right = document.createElement('gradus-icon');
      right.setAttribute('name', 'right');
      chevron.append(right);
      name.append(chevron);
      element.classList.toggle('open', this.open.has(row.k));
      element.setAttribute('aria-expanded', String(this.open.has(row.k)));
    }
    const plot = part('div', 'plot');
    this.drawBands(row, plot, width);
    element.append(name, plot);
    const line = row.line ?? this.duration(row);
    element.setAttribute('aria-label', `${row.name}: ${row.w}${line ? `, ${line}` : ''}`);
    return element;
  }

  private drawBands(row: Row, plot: HTMLElement, width: number): void {
    const scale = width / (this.until - this.from);
    let right = -1;
    let first = width;
    for (const [kind, from, to] of row.b) {
      const x = (from - this.from) * scale;
      const w = Math.max(3, ((to ?? this.now) - from) * scale);
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
      const mark = document.createElement('gradus-icon');
      mark.setAttribute('name', 'status-caught');
      mark.className = 'mark';
      mark.style.insetInlineStart = `${right}px`;
      plot.append(mark);
      right += 15;
    }
    const label = part('span', 'after');
    label.textContent = row.line ?? this.duration(row);
    // Behind the last band, where there is no room before the first, else over the last one's end.
    const room = width - 6 - 6.2 * label.textContent.length;
    const before = first - (width - room) - 6;
    const place = right <= room ? right : before >= 0 ? before : Math.max(0, room);
    label.style.insetInlineStart = `${place}px`;
    if (right > room && before < 0) {
      label.style.background = 'color-mix(in srgb, var(--lumo-base-color) 82%, transparent)';
      label.style.borderRadius = '3px';
    }
    plot.append(label);
  }

  private duration(row: Row): string {
    if (row.b.length === 0) {
      return '';
    }
    return spanText((row.b[row.b.length - 1][2] ?? this.now) - row.b[0][1]);
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const element = target.closest<HTMLElement>('.row');
    if (!element) {
      return;
    }
    this.at = Number(element.dataset.i);
    const row = this.placed[this.at].row;
    if (target.closest('.chevron')) {
      this.toggle(row, !this.open.has(row.k));
    } else {
      this.choose(row);
    }
  }

  private choose(row: Row): void {
    this.selected = row.k;
    this.draw(true);
    this.dispatchEvent(new CustomEvent('row-select', { detail: { k: row.k } }));
  }

  private toggle(row: Row, open: boolean): void {
    if (!row.more || open === this.open.has(row.k)) {
      return;
    }
    if (open) {
      this.open.add(row.k);
      this.dispatchEvent(new CustomEvent('row-open', { detail: { k: row.k } }));
    } else {
      this.open.delete(row.k);
    }
    this.place();
    this.draw(true);
  }

  private key(event: KeyboardEvent): void {
    const row = this.placed[this.at]?.row;
    const moves: Record<string, number> = {
      ArrowDown: this.at + 1,
      ArrowUp: this.at - 1,
      Home: 0,
      End: this.placed.length - 1,
      PageDown: this.at + 8,
      PageUp: this.at - 8,
    };
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key in moves) {
      this.at = Math.max(0, Math.min(this.placed.length - 1, moves[event.key]));
      this.reveal();
      this.draw(true);
    } else if ((event.key === 'Enter' || event.key === ' ') && row) {
      this.choose(row);
    } else if (event.key === 'ArrowRight' && row) {
      this.toggle(row, true);
    } else if (event.key === 'ArrowLeft' && row) {
      this.toggle(row, false);
    } else if (event.key === '+') {
      this.zoom(1 / 1.6);
    } else if (event.key === '-') {
      this.zoom(1.6);
    } else if (event.key === '0') {
      this.fit();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private reveal(): void {
    const top = this.at * ROW;
    if (top < this.body.scrollTop) {
      this.body.scrollTop = top;
    } else if (top + ROW > this.body.scrollTop + this.body.clientHeight) {
      this.body.scrollTop = top + ROW - this.body.clientHeight;
    }
  }

  private wheel(event: WheelEvent): void {
    if (event.ctrlKey) {
      event.preventDefault();
      const box = this.axis.getBoundingClientRect();
      const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, share);
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      const share = (event.deltaX || event.deltaY) / this.axis.clientWidth;
      this.pan(share * (this.until - this.from));
    }
  }

  private drag(event: PointerEvent): void {
    if (event.button !== 0 || !(event.target as HTMLElement).closest('.plot') || this.to === null) {
      return;
    }
    let x = event.clientX;
    const move = (to: PointerEvent): void => {
      this.pan(((x - to.clientX) / this.axis.clientWidth) * (this.until - this.from));
      x = to.clientX;
    };
    const up = (): void => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
  }

  private zoom(by: number, share = 0.5): void {
    const span = this.until - this.from;
    const whole = this.now * 1.06;
    const next = Math.max(MIN_SPAN, span * by);
    if (next >= whole) {
      this.fit();
      return;
    }
    const middle = this.from + span * share;
    this.from = Math.max(0, Math.min(whole - next, middle - next * share));
    this.to = this.from + next;
    this.draw(true);
  }

  private pan(by: number): void {
    if (this.to === null) {
      return;
    }
    const span = this.to - this.from;
    this.from = Math.max(0, Math.min(this.now * 1.06 - span, this.from + by));
    this.to = this.from + span;
    this.draw(true);
  }

  private fit(): void {
    this.from = 0;
    this.to = null;
    this.draw(true);
  }

  private button(glyph: string, label: string, run: () => void): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.title = label;
    button.setAttribute('aria-label', label);
    const icon = document.createElement('gradus-icon');
    icon.setAttribute('name', glyph);
    button.append(icon);
    button.addEventListener('click', run);
    return button;
  }
}

function part(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  return element;
}

function clock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB');
}

customElements.define('gradus-timeline', GradusTimeline);
