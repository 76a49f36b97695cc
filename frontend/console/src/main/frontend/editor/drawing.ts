import type { Author } from '../graph/author';
import type { Graph } from '../graph/model';
import type { Mode } from './languages';
import { get, type Value } from './outline';
import { hides, sketch } from './sketch';

/** What shows the graph of a text. */
export interface Canvas {
  sketch(graph: Graph): void;
  /** Who changes the text for it; undefined where nobody may. */
  author?: Author | undefined;
}

/** Draws what is written, in the frame that shows it. */
export class Drawing {
  private frame = 0;
  private drawn?: Graph;

  constructor(
    private readonly canvas: Canvas,
    private readonly written: () => { text: string; mode: Mode; root: Value },
  ) {}

  draw(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      const { text, mode, root } = this.written();
      const now = sketch(root) ?? (isEmpty(text, root) ? { nodes: [], edges: [] } : undefined);
      // What a missing bracket hides for a moment stays where it is.
      if (this.drawn && mode === 'json' && hides(text, this.drawn, now)) return;
      this.drawn = now ?? this.drawn;
      if (now) this.canvas.sketch(now);
    });
  }
}

/** Whether there are no states because none are written, not because the text is broken. */
function isEmpty(text: string, root: Value): boolean {
  const states = get(root, 'States');
  return text.trim() === '' || (states?.kind === 'object' && states.members.length === 0);
}
