import type { Graph } from '../graph/model';
import type { Mode } from './languages';
import type { Value } from './outline';
import { hides, sketch } from './sketch';

/** What shows the graph of a text. */
export interface Canvas {
  sketch(graph: Graph): void;
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
      const now = sketch(root);
      // What a missing bracket hides for a moment stays where it is.
      if (this.drawn && mode === 'json' && hides(text, this.drawn, now)) return;
      this.drawn = now ?? this.drawn;
      if (now) this.canvas.sketch(now);
    });
  }
}
