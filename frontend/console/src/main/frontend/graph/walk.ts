/** Where the arrow keys lead. */
import type { Layout } from './layout.js';
import type { Direction, Item, Scene } from './model.js';

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/** The state the walk begins at. */
export function home(scene: Scene): Item | undefined {
  const states = scene.root.children.filter((item) => item.node);
  return states.find((item) => item.node?.start) ?? states[0];
}

/**
 * The state that a key leads to. Along the flow: to what comes next, into a container to its first
 * state, out of one where a branch ends. Against it: the same way back. Across: to the nearest
 * neighbour in the same container.
 */
export function step(
  scene: Scene,
  layout: Layout,
  from: Item,
  key: Arrow,
  direction: Direction,
): Item | undefined {
  const down = direction === 'down';
  const onward = down ? 'ArrowDown' : 'ArrowRight';
  const back = down ? 'ArrowUp' : 'ArrowLeft';
  if (key === onward) return next(scene, layout, from) ?? undefined;
  if (key === back) return previous(scene, layout, from) ?? undefined;
  return neighbour(scene, layout, from, key, down);
}

function centre(scene: Scene, layout: Layout, item: Item): [number, number] {
  const box = layout.places[scene.items.indexOf(item)]!;
  return [box.x + box.w / 2, box.y + box.h / 2];
}

function nearest(scene: Scene, layout: Layout, from: Item, items: Item[]): Item | undefined {
  const [x, y] = centre(scene, layout, from);
  let best: Item | undefined;
  let least = Infinity;
  for (const each of items) {
    const [ex, ey] = centre(scene, layout, each);
    const far = Math.hypot(ex - x, ey - y);
    if (far < least) {
      least = far;
      best = each;
    }
  }
  return best;
}

const siblings = (scene: Scene, item: Item): Item => item.parent ?? scene.root;

function next(scene: Scene, layout: Layout, from: Item): Item | undefined {
  const inside = from.children.filter((child) => child.node);
  if (inside.length > 0) return inside.find((child) => child.node?.start) ?? inside[0];
  for (let item: Item | undefined = from; item && item !== scene.root; item = item.parent) {
    const at: Item = item;
    const targets = siblings(scene, at)
      .links.filter((link) => link.from === at && link.to.node && link.to !== at)
      .map((link) => link.to);
    const found = nearest(scene, layout, from, targets);
    if (found) return found;
  }
  return undefined;
}

function previous(scene: Scene, layout: Layout, from: Item): Item | undefined {
  const sources = siblings(scene, from)
    .links.filter((link) => link.to === from && link.from.node && link.from !== from)
    .map((link) => link.from);
  const found = nearest(scene, layout, from, sources);
  if (found) return found;
  return from.parent && from.parent !== scene.root ? from.parent : undefined;
}

/** How far apart, across the row, two nodes may be to stand beside one another. */
const BESIDE = 60;

/** The nearest of those in the same row, and of the other ways on from where this one is led to. */
function neighbour(
  scene: Scene,
  layout: Layout,
  from: Item,
  key: Arrow,
  down: boolean,
): Item | undefined {
  const forward = key === 'ArrowRight' || key === 'ArrowDown';
  const [x, y] = centre(scene, layout, from);
  const { links, children } = siblings(scene, from);
  const sources = new Set(links.filter((link) => link.to === from).map((link) => link.from));
  const twins = new Set(links.filter((link) => sources.has(link.from)).map((link) => link.to));
  let best: Item | undefined;
  let least = Infinity;
  for (const each of children) {
    if (each === from || !each.node) continue;
    const [ex, ey] = centre(scene, layout, each);
    const along = (down ? ex - x : ey - y) * (forward ? 1 : -1);
    const across = Math.abs(down ? ey - y : ex - x);
    if (along <= 4 || (across > BESIDE && !twins.has(each))) continue;
    const far = along + across;
    if (far < least) {
      least = far;
      best = each;
    }
  }
  return best;
}
