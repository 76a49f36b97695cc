/** Where on a graph something can be put, told from a point of it. */
import type { Spot, Way } from './author.js';
import type { Box, Point } from './layout.js';
import { isContainer } from './model.js';
import type { Item, Link } from './model.js';
import type { Shown } from './where.js';

/** How near a way one must be, on the screen in px. */
const REACH = 14;

/** How far from a state one may be, in the graph's own measure, to be beside it. */
const BESIDE = 90;

/** What shows where it is: a line to draw over, or a box. */
export type Sign = { line: Point[] } | { box: Box };

export interface Aim {
  spot: Spot;
  sign?: Sign;
}

/** What a way is called in the text. */
export function wayOf(link: Link): Way {
  return {
    why: link.why,
    from: link.from.node ? link.from.key : null,
    to: link.to.shape === 'stop' ? '' : link.to.name,
    nth: Number(link.key.slice(link.key.lastIndexOf('\n') + 1)),
  };
}

export function placeOf({ scene, layout }: Shown, item: Item): Box {
  return layout.places[scene.items.indexOf(item)]!;
}

/** The points of a way, in the coordinates of the whole. */
export function lineOf(shown: Shown, link: Link): Point[] {
  const parent = link.from.parent;
  const { x, y } = parent && parent !== shown.scene.root ? placeOf(shown, parent) : { x: 0, y: 0 };
  const line = shown.layout.lines[shown.scene.links.indexOf(link)]!;
  return line.points.map((point) => ({ x: point.x + x, y: point.y + y }));
}

/** Where a state that is let go at a point would be put; undefined where none can be. */
export function aimAt(shown: Shown, point: Point, zoom: number): Aim | undefined {
  const { scene } = shown;
  if (scene.states.size === 0) return { spot: { at: 'machine' } };
  const around = itemAt(shown, point);
  if (around && !isContainer(around)) return beside(shown, around, point);
  const way = wayAt(shown, around ?? scene.root, point, REACH / zoom);
  if (way) return onWay(shown, way);
  if (!around) return near(shown, scene.root, point);
  if (!around.children.some((child) => child.node)) {
    return { spot: { at: 'inside', id: around.key }, sign: { box: placeOf(shown, around) } };
  }
  return near(shown, around, point) ?? beside(shown, around, point);
}

/** The innermost item at a point. */
export function itemAt(shown: Shown, point: Point): Item | undefined {
  return shown.scene.items.findLast((item) => within(placeOf(shown, item), point));
}

function within(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

function onWay(shown: Shown, link: Link): Aim {
  return { spot: { at: 'way', way: wayOf(link) }, sign: { line: lineOf(shown, link) } };
}

function beside(shown: Shown, item: Item, point: Point): Aim | undefined {
  if (!item.node) {
    const links = (item.parent ?? shown.scene.root).links;
    const link = links.find((each) => each.to === item || each.from === item);
    return link && onWay(shown, link);
  }
  const box = placeOf(shown, item);
  const at = point.y < box.y + box.h / 2 ? 'before' : 'after';
  const y = at === 'before' ? box.y - 8 : box.y + box.h + 4;
  return { spot: { at, id: item.key }, sign: { box: { x: box.x, y, w: box.w, h: 4 } } };
}

function near(shown: Shown, container: Item, point: Point): Aim | undefined {
  let best: Item | undefined;
  let least = BESIDE;
  for (const item of container.children) {
    const far = distanceToBox(placeOf(shown, item), point);
    if (far < least) [best, least] = [item, far];
  }
  return best && beside(shown, best, point);
}

function distanceToBox(box: Box, { x, y }: Point): number {
  return Math.hypot(Math.max(box.x - x, 0, x - box.x - box.w), Math.max(box.y - y, 0, y - box.y - box.h));
}

function wayAt(shown: Shown, container: Item, point: Point, reach: number): Link | undefined {
  let best: Link | undefined;
  let least = reach;
  for (const link of container.links) {
    const points = lineOf(shown, link);
    for (let i = 1; i < points.length; i++) {
      const far = distanceToPart(points[i - 1]!, points[i]!, point);
      if (far < least) [best, least] = [link, far];
    }
  }
  return best;
}

function distanceToPart(a: Point, b: Point, { x, y }: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const part = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - a.x - part * dx, y - a.y - part * dy);
}

/** The way whose head is at a point; of several, one that leaves the selected state. */
export function headAt(shown: Shown, point: Point, reach: number, selected: string | null, only: boolean): Link | undefined {
  let best: Link | undefined;
  let least = reach;
  for (const link of shown.scene.links) {
    const own = link.from.key === selected;
    if (only && !own) continue;
    const end = lineOf(shown, link).at(-1);
    if (!end) continue;
    const far = Math.hypot(end.x - point.x, end.y - point.y) - (own ? 0.5 : 0);
    if (far < least) [best, least] = [link, far];
  }
  return best;
}
