/** What the keys mean where a graph has the focus. */
import type { Direction, Item } from './model.js';
import { home, step } from './walk.js';
import type { Arrow } from './walk.js';
import type { Shown } from './where.js';

export type Wish =
  | { act: 'walk'; to: Item | undefined }
  | { act: 'open' | 'leave' | 'fit' }
  | { act: 'zoom'; by: number };

/**
 * @param at the state that has the focus
 * @return undefined for a key that means nothing here
 */
export function wish(
  event: KeyboardEvent,
  shown: Shown,
  at: Item | undefined,
  direction: Direction,
): Wish | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const { scene, layout } = shown;
  switch (event.key) {
    case 'ArrowUp':
    case 'ArrowDown':
    case 'ArrowLeft':
    case 'ArrowRight': {
      const to = at ? step(scene, layout, at, event.key as Arrow, direction) : home(scene);
      return { act: 'walk', to };
    }
    case 'Home':
      return { act: 'walk', to: home(scene) };
    case 'End':
      return { act: 'walk', to: scene.root.children.findLast((item) => item.node?.end) };
    case 'Enter':
    case ' ':
      return { act: 'open' };
    case 'Escape':
      return { act: 'leave' };
    case '+':
    case '=':
      return { act: 'zoom', by: 1.25 };
    case '-':
      return { act: 'zoom', by: 1 / 1.25 };
    case '0':
      return { act: 'fit' };
    default:
      return undefined;
  }
}

/** The key of the state that an event is about. */
export function keyAt(event: Event): string | null {
  const target = event.target;
  return target instanceof Element
    ? (target.closest('[data-key]')?.getAttribute('data-key') ?? null)
    : null;
}
