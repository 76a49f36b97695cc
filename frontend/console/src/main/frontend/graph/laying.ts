import { known, solve } from './layout.js';
import type { Layout, LayoutStyle } from './layout.js';
import type { Scene } from './model.js';

/** How long, in ms, what is typed on may keep an older picture on the screen. */
const STALE = 400;

/** How long, in ms, a new structure waits for its places before it is shown without them. */
const PATIENCE = 30;

/** Who shows what was laid out. */
export interface Board {
  show(scene: Scene, layout: Layout): void;
  showWithoutPlaces(scene: Scene): void;
  /** There is no layout of what is wanted. */
  failed(): void;
  /** Lays out what is wanted by now. */
  lay(): void;
}

/**
 * Lays graphs out, one at a time: what changes meanwhile is laid out next, and what lies between is
 * dropped. The old picture stays until the new one is there.
 */
export class Laying {
  private shownAt = 0;
  private asked = 0;
  private busy = false;
  private again = false;
  private waiting?: ReturnType<typeof setTimeout>;

  constructor(private readonly board: Board) {}

  lay(next: Scene, style: LayoutStyle): void {
    const mine = ++this.asked;
    clearTimeout(this.waiting);
    const remembered = known(next, style);
    if (remembered) {
      this.again = false;
      this.board.show(next, remembered);
      return;
    }
    this.waiting = setTimeout(() => this.board.showWithoutPlaces(next), PATIENCE);
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    solve(next, style)
      .then(
        (layout) => {
          // While someone types on and on, a picture that is a little late is better than none.
          const late = performance.now() - this.shownAt > STALE;
          if (mine === this.asked || (this.again && late)) {
            clearTimeout(this.waiting);
            this.board.show(next, layout);
          }
        },
        (problem: unknown) => {
          console.error('The graph could not be laid out.', problem);
          this.board.failed();
        },
      )
      .finally(() => {
        this.busy = false;
        if (this.again) {
          this.again = false;
          this.board.lay();
        }
      });
  }

  /** Something is on the screen. */
  wasShown(): void {
    this.shownAt = performance.now();
  }

  /** Shows nothing without its places any more. */
  stop(): void {
    clearTimeout(this.waiting);
  }
}
