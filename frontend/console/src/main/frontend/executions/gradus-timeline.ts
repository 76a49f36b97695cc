import { Playhead } from './playhead.js';
import { axisTicks, type Tick } from './time-axis.js';
import { drawRow, part, ROW, type Row, type Span } from './timeline-row.js';
import { style } from './timeline-style.js';

interface Placed {
  row: Row;
  depth: number;
}

const MIN_SPAN = 20;
const OVERSCAN = 6;

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
  private pauses: Span['pauses'] = [];
  private readonly playhead = new Playhead(
    () => this.draw(true),
    wanted => this.dispatchEvent(new CustomEvent('moment', { detail: wanted })),
  );
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
    root.append(corner, this.axis, this.playhead.track, this.body, this.playhead.line);
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
    this.playhead.stop();
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
    this.playhead.clear();
    this.pauses = [];
    this.place();
    this.draw(true);
  }

  /** Takes when further events were, and the pauses so far: milliseconds since the start. */
  happened(first: number, times: number[], pauses: Span['pauses']): void {
    this.playhead.happened(first, times);
    this.pauses = pauses;
    this.draw(true);
  }

  /** Shows the moment of an event, 0 for the latest, in answer to what was asked under that number. */
  showMoment(event: number, number: number): void {
    this.playhead.show(event, number);
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
    const span: Span = {
      from: this.from,
      until: this.until,
      now: this.now,
      width,
      then: this.playhead.then,
      pauses: this.pauses,
    };
    this.drawAxis(width);
    this.playhead.draw(span, this.start, this.end !== null);
    for (const [i, element] of this.drawn) {
      if (i < first || i >= last || anew) {
        element.remove();
        this.drawn.delete(i);
      }
    }
    for (let i = first; i < last; i++) {
      if (!this.drawn.has(i)) {
        const { row, depth } = this.placed[i];
        const element = drawRow(
          row,
          {
            i,
            of: this.placed.length,
            depth,
            selected: row.k === this.selected,
            at: i === this.at,
            open: this.open.has(row.k),
          },
          span,
        );
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
      ...this.pauses
        .filter(([, to]) => to >= this.from && to <= this.until)
        .map(([, to]) => {
          const mark = part('gradus-icon', 'redriven');
          mark.setAttribute('name', 'redo');
          mark.title = 'Redriven';
          mark.style.insetInlineStart = `${((to - this.from) / (this.until - this.from)) * 100}%`;
          return mark;
        }),
    );
    this.grid.replaceChildren(
      ...ticks.map(tick => {
        const line = document.createElement('i');
        line.style.insetInlineStart = place(tick);
        return line;
      }),
      ...this.pauses.map(([from, to]) => {
        const pause = part('div', 'pause');
        const left = Math.max(this.from, from);
        const share = 100 / (this.until - this.from);
        pause.style.insetInlineStart = `${(left - this.from) * share}%`;
        pause.style.inlineSize = `${Math.max(0, to - left) * share}%`;
        return pause;
      }),
    );
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

function clock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB');
}

customElements.define('gradus-timeline', GradusTimeline);
