/** Where to look. */
import { isActive } from './draw.js';
import type { Layout, Point } from './layout.js';
import type { Item, NodeStatus, Scene, StatusKey } from './model.js';

export interface Shown {
  scene: Scene;
  layout: Layout;
}

/** Whether enough of what is shown stays in what comes to be told again: else it is another machine. */
export function isAkin(shown: Shown, next: Scene): boolean {
  const { states } = shown.scene;
  return next.items.filter((item) => states.has(item.key)).length * 3 >= states.size;
}

/**
 * How far the node that a person looks at has moved.
 *
 * @param middle of what is seen, in the graph's coordinates
 * @param chosen the key of the selected node, where it is seen; else it is the most central one
 */
export function moved(before: Shown, next: Shown, middle: Point, chosen: string | null): Point | undefined {
  let best: [number, number] | undefined;
  let least = Infinity;
  const places = new Map(next.scene.items.map((item, at) => [item.key, at]));
  before.scene.items.forEach((item, at) => {
    const now = places.get(item.key);
    if (now === undefined) return;
    const box = before.layout.places[at]!;
    const far =
      item.key === chosen ? -1 : Math.hypot(box.x + box.w / 2 - middle.x, box.y + box.h / 2 - middle.y);
    if (far < least && !(item.children.length > 0 && item.key !== chosen)) {
      least = far;
      best = [at, now];
    }
  });
  if (!best) return undefined;
  const from = before.layout.places[best[0]]!;
  const to = next.layout.places[best[1]]!;
  return { x: to.x - from.x, y: to.y - from.y };
}

/**
 * Where a run is, or where it failed, or where two of them differ: the innermost state, and of several the
 * first.
 */
export function busiest(scene: Scene, statuses: Map<string, NodeStatus>): Item | undefined {
  for (const wanted of [
    isActive,
    (key: StatusKey) => key === 'fail' || key === 'timeout',
    (key: StatusKey) => key === 'differs',
  ]) {
    const found = scene.items.filter((item) => {
      const status = statuses.get(item.key)?.status;
      return status !== undefined && wanted(status);
    });
    const deepest = found.reduce((level, item) => Math.max(level, item.level), 0);
    const inner = found.find((item) => item.level === deepest);
    if (inner) return inner;
  }
  return undefined;
}
