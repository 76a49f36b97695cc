/** Panning and zooming: one transform on one group, whatever the graph's size. */
import { select } from 'd3-selection';
import { zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { D3ZoomEvent, ZoomTransform } from 'd3-zoom';
import type { Box, Point } from './layout.js';

const LEAST = 0.05;
const MOST = 3;

/** What of the graph stays on the screen, in px. */
const REST = 64;

export const TRAVEL = 160;

export function stillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export class Viewport {
  private readonly behaviour = zoom<SVGSVGElement, unknown>();
  private running = 0;
  private measured?: { w: number; h: number };
  /** Whether a person has moved the graph since it was fitted. */
  moved = false;
  /** The size of what is shown. */
  graph = { w: 0, h: 0 };

  constructor(
    private readonly svg: SVGSVGElement,
    private readonly changed: (transform: ZoomTransform) => void,
    /** Whether people may move the graph. */
    private readonly movable = true,
    /** Whether something of the graph is held: what moves then is not the graph. */
    held: () => boolean = () => false,
  ) {
    this.behaviour
      .scaleExtent([LEAST, MOST])
      .extent((): [[number, number], [number, number]] => [
        [0, 0],
        [this.size.w, this.size.h],
      ])
      .clickDistance(4)
      .constrain((transform) => this.kept(transform))
      .filter(
        (event: Event) =>
          movable &&
          !held() &&
          (event.type !== 'wheel' || (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey
            ? !(event as MouseEvent).button
            : false),
      )
      .on('start', (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
        if (event.sourceEvent) {
          this.stop();
          if ((event.sourceEvent as Event).type === 'mousedown') svg.classList.add('panning');
        }
      })
      .on('zoom', (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
        if (event.sourceEvent) this.moved = true;
        this.changed(event.transform);
      })
      .on('end', () => svg.classList.remove('panning'));
    select(svg).call(this.behaviour).on('dblclick.zoom', null);
    if (movable) svg.addEventListener('wheel', this.wheel, { passive: false });
  }

  dispose(): void {
    this.stop();
    select(this.svg).on('.zoom', null);
    this.svg.removeEventListener('wheel', this.wheel);
  }

  /** So that the graph cannot be lost: some of it stays on the screen. */
  private kept(t: ZoomTransform): ZoomTransform {
    const { w, h } = this.size;
    const { w: gw, h: gh } = this.graph;
    if (gw === 0 || w === 0) return t;
    const x = Math.min(w - REST, Math.max(REST - gw * t.k, t.x));
    const y = Math.min(h - REST, Math.max(REST - gh * t.k, t.y));
    return x === t.x && y === t.y ? t : zoomIdentity.translate(x, y).scale(t.k);
  }

  get transform(): ZoomTransform {
    return zoomTransform(this.svg);
  }

  /** Asked for in every frame of a movement, and not to be asked of the page each time. */
  get size(): { w: number; h: number } {
    this.measured ??= { w: this.svg.clientWidth, h: this.svg.clientHeight };
    return this.measured;
  }

  /** Called when the box that it fills has another size. */
  resized(): void {
    this.measured = undefined;
  }

  /** The wheel alone scrolls: machines are tall. With Ctrl, or two fingers, it zooms. */
  private readonly wheel = (event: WheelEvent): void => {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? this.size.h : 1;
    const [dx, dy] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    const t = this.transform;
    this.moved = true;
    const to = this.kept(zoomIdentity.translate(t.x - dx * unit, t.y - dy * unit).scale(t.k));
    this.jump(to.x, to.y, to.k);
  };

  jump(x: number, y: number, k: number): void {
    this.stop();
    select(this.svg).call(this.behaviour.transform, zoomIdentity.translate(x, y).scale(k));
  }

  travel(x: number, y: number, k: number): void {
    if (stillness()) {
      this.jump(x, y, k);
      return;
    }
    this.stop();
    const from = this.transform;
    const begun = performance.now();
    const frame = (now: number): void => {
      const part = Math.min(1, (now - begun) / TRAVEL);
      const eased = 1 - (1 - part) ** 3;
      const mix = (a: number, b: number): number => a + (b - a) * eased;
      select(this.svg).call(
        this.behaviour.transform,
        zoomIdentity.translate(mix(from.x, x), mix(from.y, y)).scale(mix(from.k, k)),
      );
      this.running = part < 1 ? requestAnimationFrame(frame) : 0;
    };
    this.running = requestAnimationFrame(frame);
  }

  private stop(): void {
    if (this.running) cancelAnimationFrame(this.running);
    this.running = 0;
  }

  zoomBy(factor: number): void {
    if (!this.movable) return;
    const { w, h } = this.size;
    const t = this.transform;
    const k = Math.min(MOST, Math.max(LEAST, t.k * factor));
    this.moved = true;
    this.travel(w / 2 - ((w / 2 - t.x) / t.k) * k, h / 2 - ((h / 2 - t.y) / t.k) * k, k);
  }

  /**
   * Shows all of it; at first not smaller than names can be read, and then from where it begins.
   *
   * @param begin where a graph that is too large is shown from; undefined shows all of it
   */
  fit(travelling: boolean, begin?: Box): void {
    const { w, h } = this.size;
    const graph = this.graph;
    if (w === 0 || h === 0 || graph.w === 0) return;
    const pad = Math.min(32, w / 12, h / 8);
    let k = Math.max(LEAST, Math.min(1, (w - 2 * pad) / graph.w, (h - 2 * pad) / graph.h));
    let x = (w - graph.w * k) / 2;
    let y = (h - graph.h * k) / 2;
    if (begin && this.movable && k < 0.5) {
      k = Math.min(1, Math.max(0.75, (w - 2 * pad) / graph.w));
      const middle = (size: number, all: number, at: number): number =>
        all * k <= size - 2 * pad
          ? (size - all * k) / 2
          : Math.min(pad, Math.max(size - pad - all * k, size / 2 - at * k));
      x = middle(w, graph.w, begin.x + begin.w / 2);
      y = middle(h, graph.h, begin.y + begin.h / 2);
    }
    this.moved = false;
    if (travelling) this.travel(x, y, k);
    else this.jump(x, y, k);
  }

  /** Whether a box is on the screen as a whole. */
  sees(box: Box, margin = 0): boolean {
    const t = this.transform;
    const { w, h } = this.size;
    return (
      t.applyX(box.x) >= margin &&
      t.applyY(box.y) >= margin &&
      t.applyX(box.x + box.w) <= w - margin &&
      t.applyY(box.y + box.h) <= h - margin
    );
  }

  reveal(box: Box): void {
    if (!this.movable || this.sees(box, 8)) return;
    const { w, h } = this.size;
    const k = this.transform.k;
    const tall = box.h * k > h;
    this.travel(
      w / 2 - (box.x + box.w / 2) * k,
      tall ? 40 - box.y * k : h / 2 - (box.y + box.h / 2) * k,
      k,
    );
  }

  toGraph(point: Point): Point {
    const [x, y] = this.transform.invert([point.x, point.y]);
    return { x, y };
  }
}

/** The view box in which all of a graph is seen in a frame of that size; none where none is. */
export function framed(layout: { w: number; h: number }, w: number, h: number): string | undefined {
  const k = Math.min(1.3, (w - 28) / (layout.w + 8), (h - 28) / (layout.h + 8));
  if (k <= 0) return undefined;
  const [vw, vh] = [w / k, h / k];
  return `${(layout.w - vw) / 2} ${(layout.h - vh) / 2} ${vw} ${vh}`;
}
