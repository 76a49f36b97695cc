/**
 * What is shown while a large graph is laid out anew: all that stays stands where it stood, and what
 * is new stands beside what leads to it.
 */
import { sizeOf } from './layout.js';
import type { Box, Layout, LayoutStyle, Line, Point } from './layout.js';
import type { Item, Link, Scene } from './model.js';

const GAP = 26;

/** So many things may be new; beyond that the old places say nothing. */
const NEW = 12;

/** @returns undefined where the scenes have too little in common */
export function between(
  scene: Scene, before: { scene: Scene; layout: Layout }, style: LayoutStyle,
): Layout | undefined {
  const old = new Map<string, Box>();
  before.scene.items.forEach((item, at) => old.set(placed(item), before.layout.boxes[at]!));
  const boxes = new Map<Item, Box>();
  const fresh: Item[] = [];
  for (const item of scene.items) {
    const box = old.get(placed(item));
    if (box) boxes.set(item, box);
    else fresh.push(item);
  }
  if (fresh.length > NEW || fresh.length * 2 > scene.items.length) return undefined;
  for (const item of fresh) boxes.set(item, free(item, scene, boxes, style));
  return assembled(scene, boxes, lines(before), new Set(fresh));
}

/** What it is and which container it is in: in another one its old place means nothing. */
const placed = (item: Item): string => `${item.parent?.key ?? ''}\n\n${item.key}`;

function free(item: Item, scene: Scene, boxes: Map<Item, Box>, style: LayoutStyle): Box {
  const parent = item.parent ?? scene.root;
  const [w, h] = sizeOf(item, style);
  const taken = parent.children.flatMap((each) => boxes.get(each) ?? []);
  const beside = (link: Link): Item | undefined => (link.to === item ? link.from : link.from === item ? link.to : undefined);
  const at = parent.links.map(beside).map((each) => each && boxes.get(each)).find((each) => each !== undefined);
  const box = at
    ? { x: at.x + at.w + GAP, y: at.y + (at.h - h) / 2, w, h }
    : { x: 0, y: Math.max(0, ...taken.map((each) => each.y + each.h)) + GAP, w, h };
  for (let tries = 0; tries < 20; tries++) {
    const other = taken.find((each) => overlap(each, box));
    if (!other) break;
    box.x = other.x + other.w + GAP;
  }
  return box;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

function lines(before: { scene: Scene; layout: Layout }): Map<string, Line> {
  const known = new Map<string, Line>();
  before.scene.links.forEach((link, at) => known.set(link.key, before.layout.lines[at]!));
  return known;
}

function assembled(scene: Scene, boxes: Map<Item, Box>, known: Map<string, Line>, fresh: Set<Item>): Layout {
  const layout: Layout = { boxes: [], places: [], lines: [], w: 0, h: 0 };
  const corner = new Map<Item, Point>([[scene.root, { x: 0, y: 0 }]]);
  for (const item of scene.items) {
    const box = boxes.get(item)!;
    const from = corner.get(item.parent ?? scene.root)!;
    const place = { ...box, x: box.x + from.x, y: box.y + from.y };
    corner.set(item, place);
    layout.boxes.push(box);
    layout.places.push(place);
    layout.w = Math.max(layout.w, place.x + place.w);
    layout.h = Math.max(layout.h, place.y + place.h);
  }
  for (const link of scene.links) {
    const stays = !fresh.has(link.from) && !fresh.has(link.to);
    layout.lines.push((stays && known.get(link.key)) || straight(boxes.get(link.from)!, boxes.get(link.to)!));
  }
  return layout;
}

/** From one to the other by the shortest way, whatever lies between. */
function straight(from: Box, to: Box): Line {
  if (to.x >= from.x + from.w && from.y < to.y + to.h && to.y < from.y + from.h) {
    const y = (Math.max(from.y, to.y) + Math.min(from.y + from.h, to.y + to.h)) / 2;
    return { points: [{ x: from.x + from.w, y }, { x: to.x, y }] };
  }
  const down = to.y >= from.y;
  const a = { x: from.x + from.w / 2, y: down ? from.y + from.h : from.y };
  const b = { x: to.x + to.w / 2, y: down ? to.y : to.y + to.h };
  const middle = (a.y + b.y) / 2;
  return a.x === b.x ? { points: [a, b] } : { points: [a, { x: a.x, y: middle }, { x: b.x, y: middle }, b] };
}
