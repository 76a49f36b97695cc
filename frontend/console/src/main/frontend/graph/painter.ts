/** Keeps the picture equal to the scene: what looks the same is not touched. */
import { classesOf, edge, face, look, spoken, svg, target } from './draw.js';
import type { Facts } from './draw.js';
import { stillness, TRAVEL } from './viewport.js';
import type { Box, Layout, LayoutStyle, Point } from './layout.js';
import { isCompared } from './model.js';
import type { Item, Link, NodeDiagnostic, NodeStatus, Scene } from './model.js';

/** Above this many items nothing travels: it would not be smooth. */
const TRAVELLERS = 400;

interface Drawn {
  group: SVGElement;
  face: SVGElement;
  /** Only where the graph can be walked. */
  target?: SVGElement;
  inside: Level;
  look: string;
  classes: string;
  spoken: string;
  x: number;
  y: number;
}

interface Level {
  edges: SVGElement;
  nodes: SVGElement;
}

interface DrawnEdge {
  group: SVGElement;
  look: string;
  classes: string;
}

/** What is known of a machine beyond its structure. */
export interface Knowledge {
  style: LayoutStyle;
  /** Undefined where the machine is not run. */
  statuses?: Map<string, NodeStatus>;
  diagnostics: Map<string, NodeDiagnostic[]>;
  /**
   * By keys `from\nto`, which of two executions alone took it; empty for both, and for the one that is
   * not compared. Undefined tells what was taken from the statuses.
   */
  taken?: Map<string, string>;
}

const NONE: NodeDiagnostic[] = [];

export class Painter {
  private readonly drawn = new Map<string, Drawn>();
  private readonly edges = new Map<string, DrawnEdge>();
  private readonly top: Level;
  private travelling = 0;
  private selected: string | null = null;
  private roving: string | null = null;

  constructor(
    readonly root: SVGGElement,
    private readonly interactive: boolean,
  ) {
    this.top = this.level(root);
  }

  private level(into: Element): Level {
    const edges = svg('g', { 'aria-hidden': 'true' });
    const nodes = svg('g', this.interactive ? { role: 'group' } : {});
    into.append(edges, nodes);
    return { edges, nodes };
  }

  facts(item: Item, known: Knowledge): Facts {
    return {
      status: known.statuses
        ? item.node || known.statuses.has(item.key)
          ? (known.statuses.get(item.key) ?? { status: 'idle' })
          : terminal(item, known.statuses)
        : undefined,
      diagnostics: known.diagnostics.get(item.key) ?? NONE,
    };
  }

  /** Draws a scene. @returns where what stayed was before, in the order of the scene's items */
  draw(scene: Scene, layout: Layout, known: Knowledge, before?: { scene: Scene; layout: Layout }): void {
    this.stop();
    const old = before ? travels(before, scene) : new Map<string, Point>();
    const gone = new Set(this.drawn.keys());
    const goneEdges = new Set(this.edges.keys());
    const index = new Map<Item, number>();
    scene.items.forEach((item, at) => index.set(item, at));
    const linkIndex = new Map<Link, number>();
    scene.links.forEach((link, at) => linkIndex.set(link, at));
    const moves: { drawn: Drawn; from: Point; to: Point }[] = [];
    const walk = (parent: Item, level: Level): void => {
      let last: Element | null = null;
      for (const item of parent.children) {
        gone.delete(item.key);
        const box = layout.boxes[index.get(item)!]!;
        const drawn = this.place(item, box, known);
        const expected: Element | null = last ? last.nextElementSibling : level.nodes.firstElementChild;
        if (drawn.group.parentNode !== level.nodes || expected !== drawn.group) {
          level.nodes.insertBefore(drawn.group, expected);
        }
        last = drawn.group;
        const from = old.get(item.key);
        if (from && (Math.abs(from.x - box.x) > 0.5 || Math.abs(from.y - box.y) > 0.5)) {
          moves.push({ drawn, from, to: box });
        } else {
          this.put(drawn, box);
        }
        walk(item, drawn.inside);
      }
      for (const link of parent.links) {
        goneEdges.delete(link.key);
        this.line(link, layout, linkIndex.get(link)!, known, level);
      }
    };
    walk(scene.root, this.top);
    for (const key of gone) {
      this.drawn.get(key)!.group.remove();
      this.drawn.delete(key);
    }
    for (const key of goneEdges) {
      this.edges.get(key)!.group.remove();
      this.edges.delete(key);
    }
    if (moves.length === 0 || moves.length > TRAVELLERS || stillness()) {
      for (const move of moves) this.put(move.drawn, move.to);
    } else {
      this.travel(moves);
    }
    if (this.roving !== null && !this.drawn.has(this.roving)) this.roving = null;
  }

  private put(drawn: Drawn, to: Point): void {
    if (drawn.x !== to.x || drawn.y !== to.y) {
      drawn.x = to.x;
      drawn.y = to.y;
      drawn.group.setAttribute('transform', `translate(${to.x.toFixed(1)} ${to.y.toFixed(1)})`);
    }
  }

  private travel(moves: { drawn: Drawn; from: Point; to: Point }[]): void {
    const begun = performance.now();
    const frame = (now: number): void => {
      const part = Math.min(1, (now - begun) / TRAVEL);
      const eased = 1 - (1 - part) ** 3;
      for (const { drawn, from, to } of moves) {
        this.put(drawn, {
          x: from.x + (to.x - from.x) * eased,
          y: from.y + (to.y - from.y) * eased,
        });
      }
      this.travelling = part < 1 ? requestAnimationFrame(frame) : 0;
    };
    for (const { drawn, from } of moves) this.put(drawn, from);
    this.travelling = requestAnimationFrame(frame);
  }

  private stop(): void {
    if (this.travelling) cancelAnimationFrame(this.travelling);
    this.travelling = 0;
  }

  private place(item: Item, box: Box, known: Knowledge): Drawn {
    let drawn = this.drawn.get(item.key);
    if (!drawn) {
      const group = svg('g', item.node ? { 'data-key': item.key } : { 'aria-hidden': 'true' });
      const picture = svg('g', { class: 'face', 'aria-hidden': 'true' });
      group.append(picture);
      const walked = item.node && this.interactive;
      const target = walked ? svg('g', { class: 'at', role: 'treeitem', tabindex: '-1' }) : undefined;
      if (target) group.append(target);
      drawn = {
        group,
        face: picture,
        target,
        inside: this.level(group),
        look: '',
        classes: '',
        spoken: '',
        x: NaN,
        y: NaN,
      };
      this.drawn.set(item.key, drawn);
    }
    drawn.target?.setAttribute('aria-level', String(item.level));
    this.dress(item, box, known, drawn);
    return drawn;
  }

  private dress(item: Item, box: Box, known: Knowledge, drawn: Drawn): void {
    const facts = this.facts(item, known);
    const now = look(item, box, known.style, facts);
    if (drawn.look !== now) {
      drawn.look = now;
      const { parts, cut } = face(item, box, known.style, facts);
      drawn.face.replaceChildren(...parts);
      drawn.target?.replaceChildren(...target(item, box, facts, cut));
    }
    const classes = classesOf(item, facts) + (this.selected === item.key ? ' sel' : '');
    if (drawn.classes !== classes) {
      drawn.classes = classes;
      drawn.group.setAttribute('class', classes);
    }
    if (drawn.target) {
      const words = spoken(item, facts);
      if (drawn.spoken !== words) {
        drawn.spoken = words;
        drawn.target.setAttribute('aria-label', words);
      }
      const chosen = String(this.selected === item.key);
      if (drawn.target.getAttribute('aria-selected') !== chosen) {
        drawn.target.setAttribute('aria-selected', chosen);
      }
    }
  }

  private line(link: Link, layout: Layout, at: number, known: Knowledge, level: Level): void {
    const line = layout.lines[at]!;
    let drawn = this.edges.get(link.key);
    const now = JSON.stringify([line, link.label, known.style.density]);
    if (!drawn) {
      drawn = { group: svg('g'), look: '', classes: '' };
      this.edges.set(link.key, drawn);
    }
    if (drawn.group.parentNode !== level.edges) level.edges.append(drawn.group);
    if (drawn.look !== now) {
      const fresh = edge(link, line, known.style);
      if (drawn.look !== '') for (const part of fresh) part.classList.add('new');
      drawn.look = now;
      drawn.group.replaceChildren(...fresh);
    }
    this.colour(link, known, drawn);
  }

  private colour(link: Link, known: Knowledge, drawn: DrawnEdge): void {
    const classes = link.missing ? 'bad' : known.statuses ? this.passage(link, known) : '';
    if (drawn.classes !== classes) {
      drawn.classes = classes;
      drawn.group.setAttribute('class', classes);
      // Where ways meet, the one that was taken lies on top.
      if (classes.startsWith('taken') || classes === 'caught') drawn.group.parentNode?.append(drawn.group);
    }
  }

  private passage(link: Link, known: Knowledge): string {
    const reached = (item: Item): boolean => {
      const status = this.facts(item, known).status;
      return status !== undefined && status.status !== 'idle';
    };
    let taken: boolean;
    if (known.taken && link.why !== 'start' && link.why !== 'end') {
      taken = known.taken.has(`${link.from.key}\n${link.to.key}`);
    } else {
      taken = (link.why === 'start' || reached(link.from)) && reached(link.to);
    }
    const status = known.statuses!.get(link.from.key)?.status;
    if (isCompared(status)) {
      const alone = known.taken?.get(`${link.from.key}\n${link.to.key}`);
      return !taken ? 'not' : alone ? `taken by-${alone}` : 'taken';
    }
    const caught = status === 'caught';
    if (link.why === 'catch') return taken && caught ? 'caught' : 'not';
    return taken && !(caught && link.why === 'next') ? 'taken' : 'not';
  }

  /** Colours again what changed, without a new layout. */
  update(scene: Scene, layout: Layout, known: Knowledge, keys?: Set<string>): void {
    scene.items.forEach((item, at) => {
      if (!keys || keys.has(item.key) || !item.node) {
        const drawn = this.drawn.get(item.key);
        if (drawn) this.dress(item, layout.boxes[at]!, known, drawn);
      }
    });
    for (const link of scene.links) {
      if (!keys || keys.has(link.from.key) || keys.has(link.to.key)) {
        const drawn = this.edges.get(link.key);
        if (drawn) this.colour(link, known, drawn);
      }
    }
  }

  select(key: string | null): void {
    for (const each of [this.selected, key]) {
      const drawn = each === null ? undefined : this.drawn.get(each);
      if (!drawn) continue;
      drawn.group.classList.toggle('sel', each === key);
      drawn.classes = drawn.group.getAttribute('class') ?? '';
      drawn.target?.setAttribute('aria-selected', String(each === key));
    }
    this.selected = key;
  }

  /** The one node that Tab reaches. */
  rove(key: string | null): void {
    if (this.roving !== null) this.drawn.get(this.roving)?.target?.setAttribute('tabindex', '-1');
    this.roving = key;
    if (key !== null) this.drawn.get(key)?.target?.setAttribute('tabindex', '0');
  }

  get rovingKey(): string | null {
    return this.roving;
  }

  focus(key: string): void {
    this.drawn.get(key)?.target?.focus({ preventScroll: true });
  }
}

/** The pills: the start is passed when anything is reached, the end when an ending state is done. */
function terminal(item: Item, statuses: Map<string, NodeStatus>): NodeStatus | undefined {
  if (item.shape === 'start') return { status: statuses.size > 0 ? 'ok' : 'idle' };
  if (item.shape !== 'stop') return undefined;
  const ended = (item.parent?.links ?? []).some(
    (link) => link.to === item && statuses.get(link.from.key)?.status === 'ok',
  );
  return { status: ended ? 'ok' : 'idle' };
}

/** Where the items of a scene stood before, told by their key. */
function travels(before: { scene: Scene; layout: Layout }, now: Scene): Map<string, Point> {
  const parents = new Map(now.items.map((item) => [item.key, item.parent?.key]));
  const old = new Map<string, Point>();
  before.scene.items.forEach((item, at) => {
    const box = before.layout.boxes[at]!;
    if (parents.has(item.key) && parents.get(item.key) === item.parent?.key) {
      old.set(item.key, { x: box.x, y: box.y });
    }
  });
  return old;
}

/** What is wrong with each state. */
export function byState(diagnostics: NodeDiagnostic[]): Map<string, NodeDiagnostic[]> {
  const found = new Map<string, NodeDiagnostic[]>();
  for (const each of diagnostics) {
    const known = found.get(each.id);
    if (known) known.push(each);
    else found.set(each.id, [each]);
  }
  return found;
}
