import { part, type Span } from './timeline-row.js';

const APART_MS = 80;
const RESTS_MS = 300;
const ANSWER_MS = 3000;
const SNAP = 6;

/** What a playhead asks for: the moment of an event, 0 for the latest; whether it is to stay; the number of the asking. */
export interface Wanted {
  event: number;
  settled: boolean;
  number: number;
}

/**
 * The mark of the moment that is shown, which is a slider over all events. It follows the pointer by itself; what the
 * page shows follows as fast as the server answers.
 */
export class Playhead {
  readonly track = part('div', 'track');
  readonly line = part('div', 'line');
  private readonly done = part('div', 'done');
  private readonly head = part('div', 'head');
  private readonly times: number[] = [];
  private event = 0;
  private ended = false;
  private start = 0;
  private span?: Span;
  private number = 0;
  private answered = 0;
  private asked = 0;
  private dragging = false;
  private unsaid = false;
  private timer = 0;
  private rest = 0;

  /**
   * @param moved is told that another moment is shown
   * @param ask is told what the page is to show
   */
  constructor(
    private readonly moved: () => void,
    private readonly ask: (wanted: Wanted) => void,
  ) {
    this.head.setAttribute('role', 'slider');
    this.head.setAttribute('aria-label', 'Moment');
    this.head.tabIndex = 0;
    this.track.append(this.done, this.head);
    this.track.addEventListener('pointerdown', event => this.drag(event));
    this.head.addEventListener('keydown', event => this.key(event));
  }

  /** Forgets all events. */
  clear(): void {
    this.times.length = 0;
    this.event = 0;
    this.number = 0;
    this.answered = 0;
  }

  stop(): void {
    window.clearTimeout(this.timer);
    window.clearTimeout(this.rest);
    this.timer = 0;
    this.rest = 0;
    this.dragging = false;
  }

  /** Takes when further events were, in milliseconds since the start; first is how many went before. */
  happened(first: number, times: number[]): void {
    this.times.length = Math.min(first, this.times.length);
    for (const time of times) {
      // Two servers' clocks may differ by a little; on the axis nothing goes back.
      this.times.push(Math.max(time, this.times[this.times.length - 1] ?? 0));
    }
  }

  /** The server shows this moment, in answer to that asking. */
  show(event: number, number: number): void {
    this.answered = Math.max(this.answered, number);
    if (number >= this.number && !this.dragging && !this.rest) {
      this.event = event;
    }
  }

  /** The moment that is shown: its event, and when that was; null for the latest. */
  get then(): Span['then'] {
    return this.event === 0 ? null : { event: this.event, at: this.times[this.event - 1] ?? 0 };
  }

  draw(span: Span, start: number, ended: boolean): void {
    this.span = span;
    this.start = start;
    this.ended = ended;
    const at = this.then?.at ?? span.now;
    const x = ((at - span.from) / (span.until - span.from)) * span.width;
    const inside = Math.max(0, Math.min(span.width, x));
    this.head.style.insetInlineStart = `${inside}px`;
    this.done.style.inlineSize = `${inside}px`;
    this.line.style.insetInlineStart = `calc(var(--names, 196px) + ${inside}px)`;
    this.line.hidden = x < -1 || x > span.width + 1;
    this.line.classList.toggle('then', this.event !== 0);
    const last = this.times.length;
    this.head.setAttribute('aria-valuemin', String(Math.min(1, last)));
    this.head.setAttribute('aria-valuemax', String(last));
    this.head.setAttribute('aria-valuenow', String(this.event || last));
    const words =
      this.event === 0
        ? `${ended ? 'The end' : 'Live'}, event ${last} of ${last}`
        : `Event ${this.event} of ${last}, ${this.clock(at)}`;
    this.head.setAttribute('aria-valuetext', words);
    this.head.title = words;
  }

  private clock(at: number): string {
    const moment = new Date(this.start + at);
    return `${moment.toLocaleTimeString('en-GB')}.${String(moment.getMilliseconds()).padStart(3, '0')}`;
  }

  private go(event: number): void {
    const last = this.times.length;
    this.event = event > last ? 0 : event === 0 ? 0 : Math.max(1, event);
    this.moved();
    this.unsaid = true;
    this.say();
  }

  /** Asks for what is shown, not too often, and not while the last answer is on its way. */
  private say(): void {
    const waits = this.answered < this.number && performance.now() - this.asked < ANSWER_MS;
    if (this.timer || waits || !this.unsaid) {
      this.timer ||= this.unsaid ? window.setTimeout(() => this.again(), APART_MS) : 0;
      return;
    }
    this.send(false);
    this.timer = window.setTimeout(() => this.again(), APART_MS);
  }

  private again(): void {
    this.timer = 0;
    this.say();
  }

  private send(settled: boolean): void {
    this.unsaid = false;
    this.asked = performance.now();
    this.number++;
    this.ask({ event: this.event, settled, number: this.number });
  }

  private settle(): void {
    window.clearTimeout(this.timer);
    window.clearTimeout(this.rest);
    this.timer = 0;
    this.rest = 0;
    this.send(true);
  }

  private drag(event: PointerEvent): void {
    if (event.button !== 0 || this.times.length === 0) {
      return;
    }
    event.preventDefault();
    this.head.focus({ preventScroll: true });
    this.dragging = true;
    this.point(event);
    const move = (to: PointerEvent): void => this.point(to);
    const up = (): void => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', up);
      if (this.dragging) {
        this.dragging = false;
        this.settle();
      }
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', up);
  }

  private point(event: PointerEvent): void {
    const span = this.span;
    if (!span || !this.dragging) {
      return;
    }
    const x = event.clientX - this.track.getBoundingClientRect().left;
    const scale = (span.until - span.from) / span.width;
    const at = span.from + Math.max(0, Math.min(span.width, x)) * scale;
    let next = at >= span.now - SNAP * scale ? 0 : Math.max(1, this.upTo(at));
    if (next === this.times.length && this.ended) {
      next = 0;
    }
    if (next !== this.event) {
      this.go(next);
    }
  }

  /** How many events there were until then. */
  private upTo(at: number): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle] <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private key(event: KeyboardEvent): void {
    const last = this.times.length;
    const now = this.event || last;
    const far = Math.max(1, Math.round(last / 10));
    const moves: Record<string, number> = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - far,
      PageUp: now + far,
      Home: 1,
      End: last + 1,
    };
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in moves) || last === 0) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    window.clearTimeout(this.rest);
    this.rest = window.setTimeout(() => this.settle(), RESTS_MS);
    const to = moves[event.key];
    this.go(to > last ? 0 : Math.max(1, to));
  }
}
