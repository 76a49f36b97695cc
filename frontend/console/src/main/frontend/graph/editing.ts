import { html, nothing } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import type { Author, Done, Way } from './author.js';
import { Hands } from './hands.js';
import type { Box, Point } from './layout.js';
import type { Kind } from './model.js';
import { StateTools } from './state-tools.js';
import type { Viewport } from './viewport.js';
import type { Shown } from './where.js';

/** How long, in ms, it stands what was done or why not. */
const SAID = 8_000;

/** The graph that is changed. */
export interface Board extends LitElement {
  readonly canvas?: SVGSVGElement;
  readonly stage?: SVGGElement;
  readonly viewport?: Viewport;
  readonly shown?: Shown;
  readonly selected: string | null;
  box(id: string): Box | undefined;
  /** Selects a state, and tells so. */
  choose(id: string | null, open: boolean): void;
  /** Selects a state without telling. */
  mark(id: string | null): void;
  /** @param focus whether the keyboard goes there, too */
  goTo(id: string, focus: boolean): void;
}

/** A graph that people change: what they do to it, the buttons for it, and what comes of it. */
export class Editing {
  readonly hands: Hands;
  private readonly tools: StateTools;
  /** The selected state. */
  private chosen?: { id: string; name: string };
  /** What was done last, or why it was not. */
  private said?: { words: string; refused: boolean };
  /** The state that is to be looked at as soon as it is drawn. */
  private awaited?: { id: string; focus: boolean };
  private silence?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly board: Board,
    private readonly author: Author,
  ) {
    this.hands = new Hands(board, author, {
      tell: (done, focus) => this.tell(done, focus),
      askName: (id) => this.askName(id),
    });
    this.tools = new StateTools(board, {
      rename: (id, name) => this.tell(author.rename(id, name), true),
      duplicate: (id) => this.tell(author.duplicate(id), true),
      remove: (id) => this.tell(author.remove(id), true),
      focusState: (id) => board.goTo(id, true),
    });
    this.follow();
  }

  stop(): void {
    clearTimeout(this.silence);
  }

  render(): TemplateResult {
    const { chosen, said } = this;
    const empty = this.board.shown?.scene.states.size === 0;
    return html`${empty ? html`<p class="empty">Drag a state here, or choose one.</p>` : nothing}
      ${chosen ? this.tools.render(chosen.id, chosen.name) : nothing}
      <p class=${said?.refused ? 'said refused' : 'said'} role="status">${said?.words ?? ''}</p>`;
  }

  /** Lets a way lead elsewhere. */
  lead(way: Way, to: string | null): void {
    this.tell(this.author.lead(way, to), false);
  }

  /** @param x of the window. @returns whether a state can be put there */
  over(x: number, y: number): boolean {
    const at = this.point(x, y);
    if (at) return this.hands.over(at);
    this.hands.leave();
    return false;
  }

  drop(kind: Kind, x: number, y: number): void {
    const at = this.point(x, y);
    if (at) this.hands.drop(kind, at);
  }

  /** A point of the window on the canvas; undefined where it is not on it. */
  private point(x: number, y: number): Point | undefined {
    const box = this.board.canvas?.getBoundingClientRect();
    const on = box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    return on ? { x: x - box.left, y: y - box.top } : undefined;
  }

  pointer(event: PointerEvent): void {
    const canvas = this.board.canvas!;
    const box = canvas.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    if (event.type === 'pointerdown') {
      if (this.hands.down(event, at)) canvas.setPointerCapture(event.pointerId);
    } else if (event.type === 'pointermove') this.hands.move(event, at);
    else if (event.type === 'pointerup') this.hands.up(event);
    else this.hands.cancel();
  }

  /** Shows what was done, and says it. @returns whether it was done */
  private tell(done: Done, focus: boolean): boolean {
    this.said = { words: done.said, refused: done.refused };
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.said = undefined;
      this.board.requestUpdate();
    }, SAID);
    this.board.requestUpdate();
    if (done.refused) return false;
    this.board.mark(done.select);
    this.awaited = done.select === null ? undefined : { id: done.select, focus };
    return true;
  }

  private askName(id: string): void {
    const name = this.board.shown?.scene.states.get(id)?.name;
    if (name === undefined) return;
    if (id !== this.board.selected) this.board.choose(id, false);
    this.tools.ask(id, name);
  }

  /** Looks at the state that was changed last, once it has its place. */
  arrive(): void {
    const awaited = this.awaited;
    if (!awaited || !this.board.box(awaited.id)) return;
    this.awaited = undefined;
    this.board.goTo(awaited.id, awaited.focus);
  }

  /** The buttons are those of what is selected and shown now. */
  follow(): void {
    const { selected, shown } = this.board;
    const item = selected === null ? undefined : shown?.scene.states.get(selected);
    this.chosen = item && { id: item.key, name: item.name };
    this.board.requestUpdate();
  }

  /** Puts the buttons where the state is on the screen. */
  place(): void {
    const { viewport } = this.board;
    const box = this.chosen && this.board.box(this.chosen.id);
    if (box && viewport) this.tools.place(viewport, box);
  }
}
