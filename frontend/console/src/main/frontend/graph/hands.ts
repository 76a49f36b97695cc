/** Changes a graph by hand: what is dragged onto it, its ways, its keys. */
import { isSingleKey } from '../shell/keys.js';
import type { Author, Done, Spot } from './author.js';
import { route, svg } from './draw.js';
import type { Point } from './layout.js';
import { isContainer } from './model.js';
import type { Item, Kind, Link } from './model.js';
import { aimAt, headAt, itemAt, lineOf, placeOf, wayOf } from './spots.js';
import type { Sign } from './spots.js';
import type { Viewport } from './viewport.js';
import type { Shown } from './where.js';

/** The letters that insert a state. */
export const LETTERS: Record<string, Kind> = {
  t: 'task', c: 'choice', p: 'parallel', m: 'map', a: 'pass', w: 'wait', s: 'succeed', f: 'fail',
};

/** How near the head of a way one must be to hold it, on the screen in px. */
const GRASP = 10;

/** How far it goes before it is pulled, on the screen in px. */
const SLACK = 4;

/** The graph whose hands these are. */
export interface Board {
  readonly shown?: Shown;
  readonly viewport?: Viewport;
  readonly stage?: SVGGElement;
  readonly selected: string | null;
}

/** Who hears what the hands did. */
export interface Listener {
  /** @param focus whether the keyboard goes to what was done */
  tell(done: Done, focus: boolean): void;
  /** Asks for a state's name. */
  askName(id: string): void;
}

export class Hands {
  private overlay?: SVGElement;
  private held?: { link: Link; pointer: number; from: Point; moved: boolean; over: Item | undefined };
  private pulled = false;

  constructor(
    private readonly board: Board,
    private readonly author: Author,
    private readonly listener: Listener,
  ) {}

  /** Whether a way is held: the graph is not to be moved then. */
  get holds(): boolean {
    return this.held !== undefined;
  }

  // ---- states

  /** Inserts a state behind the selected one, else at the end. */
  insert(kind: Kind, focus: boolean): void {
    const spot = this.behind(this.board.selected);
    if (spot) this.listener.tell(this.author.insert(kind, spot), focus);
  }

  private behind(id: string | null): Spot | undefined {
    const scene = this.board.shown?.scene;
    if (!scene || scene.states.size === 0) return { at: 'machine' };
    if (id !== null && scene.states.has(id)) return { at: 'after', id };
    const end = scene.root.links.find((link) => link.why === 'end');
    const last = end?.from ?? scene.root.children.findLast((item) => item.node);
    return last && { at: 'after', id: last.key };
  }

  /** Shows where a state would be put. @returns whether it would */
  over(at: Point): boolean {
    const aim = this.aim(at);
    this.mark(aim?.sign);
    return aim !== undefined;
  }

  drop(kind: Kind, at: Point): void {
    const aim = this.aim(at);
    this.mark(undefined);
    if (aim) this.listener.tell(this.author.insert(kind, aim.spot), false);
  }

  private aim(at: Point): ReturnType<typeof aimAt> {
    const { shown, viewport } = this.board;
    return shown && viewport && aimAt(shown, viewport.toGraph(at), viewport.transform.k);
  }

  /** Takes away what shows where something would be put. */
  leave(): void {
    this.mark(undefined);
  }

  private mark(sign: Sign | undefined): void {
    if (!sign) this.show([]);
    else if ('line' in sign) this.show(this.drawn(sign.line));
    else {
      const { x, y, w, h } = sign.box;
      this.show([svg('rect', { class: h > 4 ? 'into' : 'between', x, y, width: w, height: h, rx: h > 4 ? 6 : 2 })]);
    }
  }

  private drawn(line: Point[]): SVGElement[] {
    if (line.length < 2) return [];
    const longest = line.slice(1).map((b, i) => ({ a: line[i]!, b }))
      .reduce((best, part) => (length(part) > length(best) ? part : best));
    const [x, y] = [(longest.a.x + longest.b.x) / 2, (longest.a.y + longest.b.y) / 2];
    return [
      svg('path', { class: 'along', d: route(line) }),
      svg('circle', { class: 'knob', cx: x, cy: y, r: 8 }),
      svg('path', { class: 'plus', d: `M${x - 4} ${y}h8M${x} ${y - 4}v8` }),
    ];
  }

  private show(parts: SVGElement[]): void {
    this.overlay?.remove();
    this.overlay = undefined;
    if (parts.length === 0 || !this.board.stage) return;
    this.overlay = svg('g', { class: 'aim', 'aria-hidden': 'true' }, ...parts);
    this.board.stage.append(this.overlay);
  }

  // ---- ways

  /** @returns whether the pointer took hold of a way's head */
  down(event: PointerEvent, at: Point): boolean {
    const link = event.button === 0 ? this.head(event, at) : undefined;
    if (!link) return false;
    this.held = { link, pointer: event.pointerId, from: at, moved: false, over: undefined };
    this.pulled = false;
    return true;
  }

  move(event: PointerEvent, at: Point): void {
    const held = this.held;
    if (held?.pointer === event.pointerId) {
      held.moved ||= Math.hypot(at.x - held.from.x, at.y - held.from.y) > SLACK;
      if (held.moved) this.pull(at);
    }
    else if (!this.held && event.buttons === 0 && event.pointerType === 'mouse') this.hint(this.head(event, at));
  }

  up(event: PointerEvent): void {
    const held = this.held;
    if (held?.pointer !== event.pointerId) return;
    this.cancel();
    this.pulled = held.moved;
    if (!held.over || held.over === held.link.to) return;
    const to = held.over.shape === 'stop' ? null : held.over.key;
    this.listener.tell(this.author.lead(wayOf(held.link), to), false);
  }

  cancel(): void {
    this.held = undefined;
    this.show([]);
  }

  /** Whether the click that comes now is only the end of a pull. */
  endsPull(): boolean {
    const pulled = this.pulled;
    this.pulled = false;
    return pulled;
  }

  private head(event: PointerEvent, at: Point): Link | undefined {
    const { shown, viewport, selected } = this.board;
    if (!shown || !viewport) return undefined;
    // A finger is to move the graph, save at the ways of what is selected.
    const touch = event.pointerType !== 'mouse';
    const reach = (touch ? 2 * GRASP : GRASP) / viewport.transform.k;
    const point = viewport.toGraph(at);
    const link = headAt(shown, point, reach, selected, touch);
    // On a state itself, it is the state that is pressed.
    const inside = itemAt(shown, point);
    return inside && (!isContainer(inside) || inside === link?.to) ? undefined : link;
  }

  private hint(link: Link | undefined): void {
    const end = link && lineOf(this.board.shown!, link).at(-1);
    this.show(end ? [svg('circle', { class: 'grip', cx: end.x, cy: end.y, r: 6 })] : []);
  }

  private pull(at: Point): void {
    const { shown, viewport } = this.board;
    const held = this.held;
    if (!held || !shown || !viewport) return;
    const point = viewport.toGraph(at);
    held.over = this.target(shown, held.link, point);
    const begin = lineOf(shown, held.link)[0] ?? point;
    const parts = [svg('path', { class: 'along', d: `M${begin.x} ${begin.y}L${point.x} ${point.y}` })];
    parts.push(svg('circle', { class: 'knob', cx: point.x, cy: point.y, r: 5 }));
    if (held.over) {
      const { x, y, w, h } = placeOf(shown, held.over);
      parts.push(svg('rect', { class: 'into', x: x - 4, y: y - 4, width: w + 8, height: h + 8, rx: 8 }));
    }
    this.show(parts);
  }

  /** What a way may lead to at a point: a state beside the one it leaves, or the end. */
  private target(shown: Shown, link: Link, point: Point): Item | undefined {
    let item = itemAt(shown, point);
    while (item && item.parent !== link.from.parent) item = item.parent;
    return item && (item.node || item.shape === 'stop') ? item : undefined;
  }

  // ---- keys

  /** @param id the state that has the focus. @returns whether the key meant something */
  pressed(event: KeyboardEvent, id: string | null): boolean {
    const at = id ?? this.board.selected;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (key === 'z' && !event.shiftKey) this.author.undo();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) this.author.redo();
      else if (key === 'd' && at !== null) this.listener.tell(this.author.duplicate(at), true);
      else return false;
      return true;
    }
    if (this.held && key === 'escape') {
      this.cancel();
      return true;
    }
    if ((key === 'delete' || key === 'backspace') && at !== null) this.listener.tell(this.author.remove(at), true);
    else if (key === 'f2' && at !== null) this.listener.askName(at);
    else if (key in LETTERS && isSingleKey(event)) this.insertBehind(LETTERS[key]!, at);
    else return false;
    return true;
  }

  private insertBehind(kind: Kind, id: string | null): void {
    const spot = this.behind(id);
    if (spot) this.listener.tell(this.author.insert(kind, spot), true);
  }
}

function length({ a, b }: { a: Point; b: Point }): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
