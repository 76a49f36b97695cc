/**
 * Edges that pass many layers. The engine's work grows with the square of them (a hundred states that
 * all catch into one take it minutes), and side by side they make a graph too wide to read. Many
 * catchers of one state, and beyond a budget the longest of all, are kept from it and drawn as one
 * lane beside everything, like a bus line.
 */
import type { Box, Line, Point } from './layout.js';
import type { Item, Link } from './model.js';

/** Layers that edges may pass in one container before some get lanes. */
const BUDGET = 120;

/** So many catchers that lead to one state from afar share a lane in any case: it reads better. */
const SHARED = 4;

const GAP = 16;
const LABEL = { gap: 10, h: 15 };

interface Walk {
  /** Children in an order in which each comes before those it leads to, ways back left out. */
  order: Item[];
  forward: Map<Item, Item[]>;
  backs: Set<Link>;
}

function walk(item: Item): Walk {
  const out = new Map<Item, Link[]>();
  for (const link of item.links) {
    const links = out.get(link.from);
    if (links) links.push(link);
    else out.set(link.from, [link]);
  }
  const found: Walk = { order: [], forward: new Map(), backs: new Set() };
  const state = new Map<Item, 1 | 2>();
  for (const first of item.children) {
    if (state.has(first)) continue;
    const stack: [Item, number][] = [[first, 0]];
    state.set(first, 1);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const link = out.get(top[0])?.[top[1]++];
      if (!link) {
        state.set(top[0], 2);
        found.order.push(top[0]);
        stack.pop();
      } else if (state.get(link.to) === 1) {
        found.backs.add(link);
      } else {
        const kept = found.forward.get(top[0]);
        if (kept) kept.push(link.to);
        else found.forward.set(top[0], [link.to]);
        if (!state.has(link.to)) {
          state.set(link.to, 1);
          stack.push([link.to, 0]);
        }
      }
    }
  }
  found.order.reverse();
  return found;
}

/** The ways that lead back to where one came from. */
export function backward(item: Item): Set<Link> {
  return walk(item).backs;
}

/** How far down each child stands, at least: longest ways from what has no way in. */
function ranks(item: Item): Map<Item, number> {
  const { order, forward } = walk(item);
  const rank = new Map<Item, number>();
  for (const each of order) {
    const own = rank.get(each) ?? 0;
    rank.set(each, own);
    for (const target of forward.get(each) ?? []) {
      rank.set(target, Math.max(rank.get(target) ?? 0, own + 1));
    }
  }
  return rank;
}

/** The edges that are drawn in lanes. */
export function inLanes(item: Item): Set<Link> {
  const rank = ranks(item);
  const spans = item.links.map(
    (link) => [link, Math.abs(rank.get(link.to)! - rank.get(link.from)!) - 1] as const,
  );
  let passed = spans.reduce((sum, [, span]) => sum + Math.max(0, span), 0);
  const lanes = new Set<Link>();
  const ways = new Map<Item, number>();
  const catchers = new Map<Item, number>();
  for (const [link, span] of spans) {
    ways.set(link.to, (ways.get(link.to) ?? 0) + 1);
    if (link.why === 'catch' && span > 0) catchers.set(link.to, (catchers.get(link.to) ?? 0) + 1);
  }
  for (const [link, span] of spans.toSorted((a, b) => b[1] - a[1])) {
    if (span < 1) break;
    const shared = link.why === 'catch' && (catchers.get(link.to) ?? 0) >= SHARED;
    if (!shared && (passed <= BUDGET || span < 3)) continue;
    if (ways.get(link.to)! < 2) continue; // the last way in gives the target its place
    ways.set(link.to, ways.get(link.to)! - 1);
    lanes.add(link);
    passed -= span;
  }
  return lanes;
}

/**
 * Draws the lanes beside what the engine placed.
 *
 * @param edge where the contents end, across the flow
 * @returns the lines, and how much room they take
 */
export function routed(
  item: Item,
  boxes: Box[],
  lanes: Set<Link>,
  labels: Map<Link, number>,
  edge: number,
  down: boolean,
): { lines: Map<Link, Line>; room: number } {
  const lines = new Map<Link, Line>();
  const lane = new Map<Item, number>();
  const index = new Map<Item, number>();
  item.children.forEach((child, at) => index.set(child, at));
  const turned = (along: number, across: number): Point =>
    down ? { x: across, y: along } : { x: along, y: across };
  for (const link of lanes) if (!lane.has(link.to)) lane.set(link.to, lane.size);
  if (lane.size === 0) return { lines, room: 0 };
  const outside = edge + GAP * lane.size + LABEL.gap / 2;
  let room = GAP * (lane.size + 1);
  for (const link of lanes) {
    const across = edge + GAP * (lane.get(link.to)! + 1);
    const from = boxes[index.get(link.from)!]!;
    const to = boxes[index.get(link.to)!]!;
    const out = down ? from.y + from.h / 2 : from.x + from.w / 2;
    const into = down ? to.y + to.h / 2 : to.x + to.w / 2;
    const line: Line = {
      points: [
        turned(out, down ? from.x + from.w : from.y + from.h),
        turned(out, across),
        turned(into, across),
        turned(into, down ? to.x + to.w : to.y + to.h),
      ],
    };
    const width = labels.get(link);
    if (width !== undefined && down) {
      // On the line where it is long enough, else beyond all lanes.
      const start = from.x + from.w + LABEL.gap;
      const fits = start + width < across;
      const x = fits ? start : outside;
      const label = { x, y: out - (fits ? LABEL.h + 1 : LABEL.h / 2), w: width, h: LABEL.h };
      if (!boxes.some((box) => overlap(box, label))) {
        line.label = label;
        room = Math.max(room, x + width - edge);
      }
    }
    lines.set(link, line);
  }
  return { lines, room };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
