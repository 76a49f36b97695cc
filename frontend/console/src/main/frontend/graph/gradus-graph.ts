import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Author } from './author.js';
import { between } from './between.js';
import { Editing } from './editing.js';
import { handStyles } from './hand-styles.js';
import { keyAt, wish } from './keys.js';
import { Laying } from './laying.js';
import { warmUp } from './layout.js';
import type { Layout, LayoutStyle, Point } from './layout.js';
import { scene as sceneOf } from './model.js';
import type {
  Density,
  Direction,
  Graph,
  Kind,
  NodeDiagnostic,
  NodeStatus,
  Scene,
  Why,
} from './model.js';
import { svg } from './draw.js';
import { byState, Painter } from './painter.js';
import type { Knowledge } from './painter.js';
import { download, toPng, toSvg } from './save.js';
import { styles } from './styles.js';
import { measureIn } from './text.js';
import { toolStyles } from './tool-styles.js';
import { Toolbar } from './toolbar.js';
import { framed, Viewport } from './viewport.js';
import { busiest, isAkin, moved } from './where.js';
import type { Shown } from './where.js';
import { worded } from './words.js';
import { home } from './walk.js';

const FAR = 0.7;
const FARTHER = 0.45;

/** A state machine as a picture. The server sets its properties and calls its public methods. */
export class GradusGraph extends LitElement {
  static override styles = [styles, toolStyles, handStyles];

  static override properties = {
    graph: { attribute: false },
    diagnostics: { attribute: false },
    taken: { attribute: false },
    live: { type: Boolean },
    density: { type: String, reflect: true },
    direction: { type: String },
    label: { type: String },
    fileName: { type: String },
    percent: { state: true },
  };

  declare graph: Graph | undefined;
  declare diagnostics: NodeDiagnostic[] | undefined;
  declare taken: [from: string, to: string, by?: 'left' | 'right'][] | undefined;
  /** Whether it is run: statuses come by `updateStatuses`, what has none is not reached. */
  declare live: boolean;
  declare density: Density;
  declare direction: Direction;
  declare label: string;
  declare fileName: string;
  declare percent: number;

  private readonly toolbar = new Toolbar(this, {
    zoomBy: (factor) => this.viewport?.zoomBy(factor),
    fit: () => this.fit(),
    save: (type) => this.save(type),
  });
  private readonly laying = new Laying({
    show: (scene, layout) => {
      this.show(scene, layout);
      this.editing?.arrive();
    },
    showWithoutPlaces: (scene) => this.showWithoutPlaces(scene),
    failed: () => this.setAttribute('data-laying', 'failed'),
    lay: () => this.lay(),
  });
  canvas?: SVGSVGElement;
  stage?: SVGGElement;
  private painter?: Painter;
  viewport?: Viewport;
  shown?: Shown;
  private editing?: Editing;
  /** What an editor on the page says of what is written in it. */
  private sketched?: Graph;
  /** What is drawn, to tell whether something else is to be. */
  private drawn = '';
  private statuses = new Map<string, NodeStatus>();
  selected: string | null = null;
  private stale = new Set<string>();
  private repaint = 0;
  private resting?: ReturnType<typeof setTimeout>;
  private sized?: ResizeObserver;

  constructor() {
    super();
    this.live = false;
    this.density = 'full';
    this.direction = 'down';
    this.label = 'State machine graph';
    this.fileName = 'graph';
    this.percent = 100;
  }

  private get mini(): boolean {
    return this.density === 'mini';
  }

  protected override render(): TemplateResult {
    return html`<div class="canvas"></div>
      ${
        this.mini
          ? nothing
          : html`<p class="laying" role="status">Laying out the graph…</p>
              <p class="unlaid" role="status">The graph could not be laid out.</p>`
      }
      ${this.editing?.render() ?? nothing}
      ${this.density === 'full' ? this.toolbar.render(this.percent) : nothing}`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    warmUp();
    this.sized = new ResizeObserver(() => this.resized());
    this.sized.observe(this);
    // Text is measured again when the page's own fonts have come.
    document.fonts?.ready.then(() => {
      measureIn(getComputedStyle(this).fontFamily, document.fonts.status === 'loaded' && !this.shown);
      if (this.isConnected && this.shown) this.repaintAll();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sized?.disconnect();
    cancelAnimationFrame(this.repaint);
    this.editing?.stop();
    this.laying.stop();
    this.repaint = 0;
  }

  protected override updated(changed: PropertyValues): void {
    this.editing?.place();
    if (!this.canvas || changed.has('density')) this.setUp();
    if (changed.has('label')) this.canvas?.setAttribute('aria-label', this.label);
    const laid = ['density', 'direction', 'live'];
    if (laid.some((name) => changed.has(name))) this.lay();
    else if (changed.has('graph') && this.isOther()) this.lay();
    else if (changed.has('diagnostics') || changed.has('taken')) this.repaintAll();
  }

  private setUp(): void {
    this.viewport?.dispose();
    this.shown = undefined;
    this.stage = svg('g') as SVGGElement;
    this.canvas = svg(
      'svg',
      {
        class: 'graph',
        'aria-label': this.label,
        ...(this.mini ? { role: 'img' } : { role: 'tree' }),
      },
      this.stage,
    ) as SVGSVGElement;
    this.renderRoot.querySelector('.canvas')!.replaceChildren(this.canvas);
    this.painter = new Painter(this.stage, !this.mini);
    if (this.mini) {
      this.viewport = undefined;
      return;
    }
    this.viewport = new Viewport(this.canvas, (transform) => {
      this.stage!.setAttribute('transform', transform.toString());
      const far = transform.k < FAR && this.density === 'full';
      const farther = transform.k < FARTHER;
      this.stage!.classList.toggle('far', far);
      this.stage!.classList.toggle('farther', farther);
      this.percent = Math.round(transform.k * 100);
      this.editing?.place();
      this.rest();
    }, this.density === 'full', () => this.editing?.hands.holds ?? false);
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'pointerleave'] as const) {
      this.canvas.addEventListener(type, (event) => this.editing?.pointer(event));
    }
    this.canvas.addEventListener('click', this.clicked);
    this.canvas.addEventListener('dblclick', this.clickedTwice);
    this.canvas.addEventListener('keydown', this.pressed);
    this.canvas.addEventListener('focusin', this.focused);
  }

  /** While the graph moves, nothing in it turns. */
  private rest(): void {
    if (!this.resting) this.stage!.classList.add('moving');
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = undefined;
      this.stage!.classList.remove('moving');
    }, 150);
  }

  private get layoutStyle(): LayoutStyle {
    return { density: this.density, direction: this.direction, live: this.live };
  }

  private get knowledge(): Knowledge {
    return {
      style: this.layoutStyle,
      statuses: this.live ? this.statuses : undefined,
      diagnostics: byState(this.diagnostics ?? []),
      taken: this.taken && new Map(this.taken.map(([from, to, by]) => [`${from}\n${to}`, by ?? ''])),
    };
  }

  /**
   * Called by the editor whose text it shows: draws this at once. From then on its structure is the
   * editor's, and the server's graph gives the words.
   */
  sketch(graph: Graph): void {
    this.sketched = graph;
    if (this.painter && this.isOther()) this.lay();
  }

  // ---- what people do to it

  /** Called by the editor whose text it shows: who changes that; undefined where nobody may. */
  set author(author: Author | undefined) {
    this.editing?.stop();
    this.editing = author && new Editing(this, author);
    this.requestUpdate();
  }

  /** Called by the palette: puts a state behind the selected one. */
  insertState(kind: Kind): void {
    this.editing?.hands.insert(kind, false);
  }

  /** Called by the palette while a state is dragged, with a point of the window. */
  stateOver(x: number, y: number): boolean {
    return this.editing?.over(x, y) ?? false;
  }

  dropState(kind: Kind, x: number, y: number): void {
    this.editing?.drop(kind, x, y);
  }

  stateLeft(): void {
    this.editing?.hands.leave();
  }

  /** Called by the server: lets a way lead elsewhere. */
  leadTo(why: Why, from: string, to: string, nth: number, target: string | null): void {
    this.editing?.lead({ why, from, to, nth }, target);
  }

  mark(id: string | null): void {
    this.selected = id;
    this.painter?.select(id);
    this.editing?.follow();
  }

  goTo(id: string, focus: boolean): void {
    const box = this.box(id);
    if (!box) return;
    this.painter!.rove(id);
    this.viewport?.reveal(box);
    if (focus) this.painter!.focus(id);
  }

  private focusGraph(): void {
    const key = this.painter!.rovingKey;
    // With no state in it, the graph itself takes the keys.
    this.canvas!.setAttribute('tabindex', '-1');
    if (key === null) this.canvas!.focus();
    else this.painter!.focus(key);
  }

  private get wanted(): Graph | undefined {
    return this.sketched ? worded(this.sketched, this.graph) : this.graph;
  }

  /** Whether what is to be drawn is not what is drawn. */
  private isOther(): boolean {
    return JSON.stringify(this.wanted) !== this.drawn;
  }

  /** Lays out what is wanted by now. */
  private lay(): void {
    const graph = this.wanted;
    if (!graph || !this.painter) return;
    measureIn(getComputedStyle(this).fontFamily);
    this.drawn = JSON.stringify(graph);
    this.setAttribute('data-laying', '');
    this.laying.lay(sceneOf(graph, this.density === 'full'), this.layoutStyle);
  }

  /**
   * Meanwhile what is new is shown beside what stays, which keeps its place. Another machine than the
   * one shown is not: nothing is better than the wrong one, save under the hands of who writes it.
   */
  private showWithoutPlaces(next: Scene): void {
    if (this.shown && !this.sketched && !isAkin(this.shown, next)) {
      this.setUp();
      return;
    }
    const layout = this.shown && !this.mini && between(next, this.shown, this.layoutStyle);
    if (layout) this.show(next, layout);
  }

  private show(next: Scene, layout: Layout): void {
    const before = this.shown;
    const painter = this.painter!;
    const same = before !== undefined && isAkin(before, next);
    const anchor = same ? this.anchor(before, { scene: next, layout }) : undefined;
    const focused = this.shadowRoot!.activeElement?.closest('[data-key]')?.getAttribute('data-key');
    painter.draw(next, layout, this.knowledge, same ? before : undefined);
    this.shown = { scene: next, layout };
    this.laying.wasShown();
    this.removeAttribute('data-laying');
    const selected = this.selected !== null && next.states.has(this.selected) ? this.selected : null;
    painter.select(selected);
    if (painter.rovingKey === null) painter.rove(selected ?? home(next)?.key ?? null);
    // Where the keyboard is goes away with its state: it stays in the graph.
    if (focused && !next.states.has(focused)) this.focusGraph();
    else if (focused && !this.shadowRoot!.activeElement) painter.focus(focused); // it was drawn anew
    if (this.viewport) this.viewport.graph = layout;
    if (this.mini) this.frameMini(layout);
    else if (!same || this.density === 'compact') this.begin();
    else if (anchor) {
      const t = this.viewport!.transform;
      if (anchor.x !== 0 || anchor.y !== 0) {
        this.viewport!.jump(t.x - anchor.x * t.k, t.y - anchor.y * t.k, t.k);
      }
    }
    const chosen = this.selected === null ? undefined : this.box(this.selected);
    if (!same && chosen) this.viewport?.reveal(chosen);
    this.editing?.follow();
    this.editing?.place();
    this.canvas!.toggleAttribute('data-ready', true);
    this.dispatchEvent(new CustomEvent('graph-shown'));
  }

  private anchor(before: Shown, next: Shown): Point | undefined {
    if (!this.viewport) return undefined;
    const { w, h } = this.viewport.size;
    const middle = this.viewport.toGraph({ x: w / 2, y: h / 2 });
    const box = this.selected === null ? undefined : this.box(this.selected);
    return moved(before, next, middle, box && this.viewport.sees(box) ? this.selected : null);
  }

  private frameMini(layout: Layout): void {
    const box = framed(layout, this.clientWidth, this.clientHeight);
    if (box) this.canvas!.setAttribute('viewBox', box);
  }

  private resized(): void {
    this.viewport?.resized();
    if (!this.shown) return;
    if (this.mini) this.frameMini(this.shown.layout);
    else if (this.viewport && !this.viewport.moved) {
      this.begin();
    }
  }

  private repaintAll(): void {
    if (this.shown) {
      this.painter!.update(this.shown.scene, this.shown.layout, this.knowledge);
    }
  }

  /** Called by the server: the statuses that changed, null for those that are gone. */
  updateStatuses(changed: Record<string, NodeStatus | null>, replace: boolean): void {
    if (replace) {
      this.statuses.clear();
      for (const key of this.shown?.scene.states.keys() ?? []) this.stale.add(key);
    }
    for (const [id, status] of Object.entries(changed)) {
      if (status) this.statuses.set(id, status);
      else this.statuses.delete(id);
      this.stale.add(id);
    }
    this.live = true;
    if (!this.repaint) {
      this.repaint = requestAnimationFrame(() => {
        this.repaint = 0;
        const keys = this.stale;
        this.stale = new Set();
        if (this.shown) {
          this.painter!.update(this.shown.scene, this.shown.layout, this.knowledge, keys);
        }
      });
    }
  }

  /** Called by the server: selects a state and brings it into view. */
  select(id: string | null): void {
    this.mark(id);
    if (id !== null && this.shown) this.goTo(id, false);
  }

  /** Called by the server and the toolbar: shows all of it. */
  fit(): void {
    if (this.shown) this.viewport?.fit(true);
  }

  /** Shows a graph for the first time. */
  private begin(): void {
    const { scene, layout } = this.shown!;
    const first = (this.live && busiest(scene, this.statuses)) || scene.root.children[0];
    this.viewport!.fit(false, first && layout.places[scene.items.indexOf(first)]);
  }

  box(id: string): Layout['places'][number] | undefined {
    const item = this.shown?.scene.states.get(id);
    return item && this.shown!.layout.places[this.shown!.scene.items.indexOf(item)];
  }

  choose(id: string | null, open: boolean): void {
    if (id === this.selected && !open) return;
    this.mark(id);
    if (id !== null) this.painter!.rove(id);
    this.dispatchEvent(new CustomEvent('node-select', { detail: { id, open } }));
  }

  private readonly clicked = (event: Event): void => {
    if (this.editing?.hands.endsPull()) return;
    const id = keyAt(event);
    this.choose(id, false);
    if (id !== null) this.painter!.focus(id);
  };

  private readonly clickedTwice = (event: Event): void => {
    const id = keyAt(event);
    if (id !== null) this.choose(id, true);
  };

  private readonly focused = (event: Event): void => {
    const id = keyAt(event);
    if (id === null) return;
    this.painter!.rove(id);
    const box = this.box(id);
    if (box && (event.target as Element).matches(':focus-visible')) this.viewport!.reveal(box);
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const id = keyAt(event);
    if (this.editing?.hands.pressed(event, id)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const at = id === null ? undefined : this.shown?.scene.states.get(id);
    const wanted = this.shown && wish(event, this.shown, at, this.direction);
    if (!wanted || (wanted.act === 'leave' && this.selected === null)) return;
    event.preventDefault();
    event.stopPropagation();
    if (wanted.act === 'open' && id !== null) this.choose(id, true);
    else if (wanted.act === 'leave') this.choose(null, false);
    else if (wanted.act === 'zoom') this.viewport!.zoomBy(wanted.by);
    else if (wanted.act === 'fit') this.fit();
    else if (wanted.act === 'walk' && wanted.to) {
      this.painter!.rove(wanted.to.key);
      this.painter!.focus(wanted.to.key);
    }
  };

  private async save(type: 'svg' | 'png'): Promise<void> {
    if (!this.shown) return;
    const picture = await this.picture();
    const blob =
      type === 'svg' ? new Blob([picture], { type: 'image/svg+xml' }) : await toPng(picture);
    download(blob, `${this.fileName.replace(/[\\/:*?"<>|]+/g, '-') || 'graph'}.${type}`);
  }

  /** The graph as an SVG file's text, at full size whatever the zoom is. */
  async picture(): Promise<string> {
    const stage = this.stage!;
    const classes = stage.getAttribute('class') ?? '';
    stage.setAttribute('class', '');
    try {
      const { w, h } = this.shown!.layout;
      return await toSvg(this, stage, w, h);
    } finally {
      stage.setAttribute('class', classes);
    }
  }
}

customElements.define('gradus-graph', GradusGraph);
