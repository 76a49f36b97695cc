import { style } from './chart-style.js';
import { countMarks, durationMarks, footMarks, type Mark } from './scales.js';

/** A time, as the server tells of it: what stands at its foot, in its tooltip, and its numbers in the order of the series. */
interface Slot {
  foot: string;
  title: string;
  /** null: there is none */
  values: (number | null)[];
  /** the values as people read them */
  texts: string[];
}

interface Series {
  /** a class of the style: a status, or p50 */
  key: string;
  word: string;
}

const SVG = 'http://www.w3.org/2000/svg';
const LEFT = 48;
const RIGHT = 12;
const ENDS = 34;
const TOP = 10;
const FOOT = 22;
const GAP = 34;
const LOWER = 0.3;
const STARTED = 0;
const SUCCEEDED = 1;

/**
 * Numbers over time. `outcomes` draws what was started as a line, what succeeded as bars, and below on a scale of its own what did
 * not: a few failures beside thousands that went well are to be seen. `durations` draws lines over a logarithmic scale.
 */
class GradusChart extends HTMLElement {
  private slots: Slot[] = [];
  private series: Series[] = [];
  private kind = 'outcomes';
  private here = -1;
  private readonly tip = document.createElement('div');
  private readonly svg = document.createElementNS(SVG, 'svg');
  private readonly resized = new ResizeObserver(() => this.draw());

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    this.svg.setAttribute('aria-hidden', 'true');
    this.tip.className = 'tip';
    this.tip.hidden = true;
    this.tip.setAttribute('aria-hidden', 'true');
    root.append(this.svg, this.tip);
    this.addEventListener('pointermove', event => this.point(event.clientX));
    this.addEventListener('pointerdown', event => this.point(event.clientX));
    this.addEventListener('pointerleave', () => this.point(null));
  }

  connectedCallback(): void {
    this.resized.observe(this);
  }

  disconnectedCallback(): void {
    this.resized.disconnect();
  }

  /** Shows these numbers. */
  show(kind: string, series: Series[], slots: Slot[]): void {
    this.kind = kind;
    this.series = series;
    this.slots = slots;
    this.here = Math.min(this.here, slots.length - 1);
    this.draw();
  }

  private get right(): number {
    return this.kind === 'durations' ? ENDS : RIGHT;
  }

  private get wide(): number {
    return Math.max(1, this.clientWidth - LEFT - this.right);
  }

  /** The left edge of a slot. */
  private x(slot: number): number {
    return LEFT + (this.wide * slot) / Math.max(1, this.slots.length);
  }

  private draw(): void {
    const width = this.clientWidth;
    const height = this.clientHeight;
    if (width === 0 || height === 0) {
      return;
    }
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.svg.setAttribute('height', String(height));
    this.svg.replaceChildren();
    if (this.here >= 0) {
      this.add('rect', 'here', { x: this.x(this.here), y: TOP, width: this.x(1) - this.x(0), height: height - TOP - FOOT });
    }
    if (this.kind === 'durations') {
      this.drawDurations(height);
    } else {
      this.drawOutcomes(height);
    }
    for (const i of footMarks(this.slots.map(slot => slot.foot), this.wide, 56)) {
      this.text('', this.slots[i].foot, this.x(i), height - 6, i === 0 ? 'start' : 'middle');
    }
    this.tell();
  }

  private drawOutcomes(height: number): void {
    const whole = height - TOP - FOOT - GAP;
    const middle = TOP + whole * (1 - LOWER);
    const bottom = height - FOOT;
    const most = Math.max(0, ...this.slots.map(slot => Math.max(this.value(slot, STARTED), this.value(slot, SUCCEEDED))));
    const upper = this.axis(countMarks(most), TOP, middle, at => at);
    const wide = this.x(1) - this.x(0);
    const inset = Math.min(1.5, wide * 0.12);
    this.slots.forEach((slot, i) => {
      const y = upper(this.value(slot, SUCCEEDED));
      this.bar('ok', this.x(i) + inset, wide - 2 * inset, y, middle);
    });
    this.line('started', STARTED, upper, 0.5);
    const worst = Math.max(0, ...this.slots.map(slot => this.sumOfBad(slot)));
    const lower = this.axis(countMarks(worst), middle + GAP, bottom, at => at);
    this.text('caption', 'Not succeeded, on its own scale', LEFT, middle + GAP - 12, 'start');
    this.hatch();
    this.slots.forEach((slot, i) => {
      let below = 0;
      for (let s = SUCCEEDED + 1; s < this.series.length; s++) {
        const from = lower(below);
        below += this.value(slot, s);
        this.bar(this.series[s].key, this.x(i) + inset, wide - 2 * inset, lower(below), from);
      }
    });
  }

  private sumOfBad(slot: Slot): number {
    return slot.values.slice(SUCCEEDED + 1).reduce((sum: number, value) => sum + (value ?? 0), 0);
  }

  private drawDurations(height: number): void {
    const all = this.slots.flatMap(slot => slot.values).filter((value): value is number => value !== null);
    const marks = all.length === 0 ? [] : durationMarks(Math.min(...all), Math.max(...all));
    const y = this.axis(marks, TOP, height - FOOT, at => Math.log(Math.max(at, 0.5)));
    const ends: { key: string; word: string; y: number }[] = [];
    this.series.forEach((each, s) => {
      const last = this.line(each.key, s, y, 0.5);
      if (last !== null) {
        ends.push({ key: each.key, word: each.word, y: last });
      }
    });
    // from the bottom on, each above the one before, and none below the axis
    let room = height - FOOT + 4;
    for (const end of ends.sort((one, other) => other.y - one.y)) {
      const at = Math.min(end.y + 4, room);
      room = at - 13;
      this.text(`end ${end.key}`, end.word, LEFT + this.wide + 6, at, 'start');
    }
  }

  /** Draws the marks of an axis between two heights, and gives back where a value stands. */
  private axis(marks: Mark[], top: number, bottom: number, scale: (at: number) => number): (at: number) => number {
    const least = marks.length === 0 ? 0 : scale(marks[0].at);
    const most = marks.length === 0 ? 1 : scale(marks[marks.length - 1].at);
    const y = (at: number) => bottom - ((scale(at) - least) / Math.max(1e-9, most - least)) * (bottom - top);
    for (const mark of marks) {
      const at = Math.round(y(mark.at)) + 0.5;
      this.add('line', 'grid', { x1: LEFT, x2: LEFT + this.wide, y1: at, y2: at });
      this.text('', mark.text, LEFT - 8, at + 3.5, 'end');
    }
    this.add('line', 'base', { x1: LEFT, x2: LEFT + this.wide, y1: Math.round(bottom) + 0.5, y2: Math.round(bottom) + 0.5 });
    return y;
  }

  private bar(key: string, x: number, width: number, top: number, bottom: number): void {
    if (bottom > top) {
      const tall = Math.max(1.5, bottom - top);
      this.add('rect', key, { x, y: bottom - tall, width: Math.max(1, width), height: tall });
    }
  }

  /** A line that is broken where there is no value; what stands alone is a dot. Where its last point is, or null. */
  private line(key: string, series: number, y: (at: number) => number, within: number): number | null {
    let run: string[] = [];
    let last: number | null = null;
    const end = () => {
      if (run.length === 1) {
        const [cx, cy] = run[0].split(',').map(Number);
        this.add('circle', `dot ${key}`, { cx, cy, r: 2.2 });
      } else if (run.length > 1) {
        this.add('polyline', `line ${key}`, { points: run.join(' ') });
      }
      run = [];
    };
    this.slots.forEach((slot, i) => {
      const value = slot.values[series];
      if (value === null || value === undefined) {
        end();
      } else {
        last = y(value);
        run.push(`${(this.x(i) + (this.x(1) - this.x(0)) * within).toFixed(1)},${last.toFixed(1)}`);
      }
    });
    end();
    return last;
  }

  private hatch(): void {
    const pattern = document.createElementNS(SVG, 'pattern');
    for (const [name, value] of Object.entries({ id: 'hatch', width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' })) {
      pattern.setAttribute(name, String(value));
    }
    const ground = document.createElementNS(SVG, 'rect');
    ground.setAttribute('class', 'hatched');
    ground.setAttribute('width', '5');
    ground.setAttribute('height', '5');
    const stroke = document.createElementNS(SVG, 'line');
    stroke.setAttribute('class', 'hatch');
    stroke.setAttribute('y2', '5');
    pattern.append(ground, stroke);
    this.svg.append(pattern);
  }

  private value(slot: Slot, series: number): number {
    return slot.values[series] ?? 0;
  }

  private add(tag: string, name: string, attributes: Record<string, number | string>): SVGElement {
    const element = document.createElementNS(SVG, tag);
    element.setAttribute('class', name);
    for (const [attribute, value] of Object.entries(attributes)) {
      element.setAttribute(attribute, String(value));
    }
    this.svg.append(element);
    return element;
  }

  private text(name: string, text: string, x: number, y: number, anchor: string): void {
    this.add('text', name, { x, y, 'text-anchor': anchor }).textContent = text;
  }

  private point(clientX: number | null): void {
    const x = clientX === null ? -1 : clientX - this.getBoundingClientRect().left - LEFT;
    const at = Math.floor((x / this.wide) * this.slots.length);
    const here = x < 0 || at >= this.slots.length ? -1 : at;
    if (here !== this.here) {
      this.here = here;
      this.draw();
    }
  }

  private tell(): void {
    this.tip.hidden = this.here < 0;
    if (this.here < 0) {
      return;
    }
    const slot = this.slots[this.here];
    const title = document.createElement('b');
    title.textContent = slot.title;
    this.tip.replaceChildren(title);
    this.series.forEach((each, s) => {
      const row = document.createElement('div');
      const word = document.createElement('span');
      word.textContent = each.word;
      const value = document.createElement('span');
      value.textContent = slot.texts[s];
      row.append(word, value);
      this.tip.append(row);
    });
    const middle = this.x(this.here + 0.5);
    const wide = this.tip.offsetWidth;
    const left = middle + 14 + wide > this.clientWidth ? middle - 14 - wide : middle + 14;
    this.tip.style.left = `${Math.max(0, left)}px`;
  }
}

customElements.define('gradus-chart', GradusChart);
