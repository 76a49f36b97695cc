import { css, html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { LETTERS } from './hands.js';
import { KIND_WORDS } from './model.js';
import type { Kind } from './model.js';
import { icon } from './toolbar.js';

/** What a palette puts states on. */
interface Target {
  insertState(kind: Kind): void;
  /** In the window's coordinates. @returns whether a state can be put there */
  stateOver(x: number, y: number): boolean;
  dropState(kind: Kind, x: number, y: number): void;
  stateLeft(): void;
}

/** How far a pointer goes before what it holds is dragged, in px. */
const SLACK = 5;

/** The types of states, to be dragged onto a graph or chosen for behind what is selected there. */
export class GradusPalette extends LitElement {
  static override properties = { dragged: { state: true } };

  static override styles = css`
    :host {
      background: var(--lumo-base-color);
      border-right: 1px solid var(--g-line);
      box-sizing: border-box;
      display: block;
      flex: none;
      overflow: auto;
      padding: 8px;
      width: 132px;
    }
    :host([hidden]) {
      display: none;
    }
    h2 {
      color: var(--lumo-secondary-text-color);
      font-size: var(--lumo-font-size-xs);
      font-weight: 600;
      margin: 0 0 4px 6px;
    }
    button {
      align-items: center;
      background: none;
      border: 0;
      border-radius: 4px;
      color: var(--lumo-body-text-color);
      cursor: grab;
      display: flex;
      font: inherit;
      font-size: var(--lumo-font-size-s);
      gap: 9px;
      height: 28px;
      padding: 0 6px;
      text-align: start;
      touch-action: none;
      user-select: none;
      -webkit-user-select: none;
      width: 100%;
    }
    /* What is pressed is the button: what is in it is drawn anew while it is pressed. */
    button > * {
      pointer-events: none;
    }
    button:hover {
      background: var(--lumo-contrast-5pct);
    }
    button:focus-visible {
      outline: 2px solid var(--vaadin-focus-ring-color, var(--lumo-primary-color));
      outline-offset: -1px;
    }
    svg {
      fill: none;
      flex: none;
      height: 16px;
      stroke: var(--lumo-secondary-text-color);
      stroke-linecap: round;
      stroke-linejoin: round;
      stroke-width: 1.3;
      width: 16px;
    }
    .word {
      flex: 1;
    }
    kbd {
      border: 1px solid var(--g-line);
      border-radius: 3px;
      color: var(--lumo-secondary-text-color);
      font: inherit;
      font-size: 11px;
      line-height: 15px;
      min-width: 15px;
      text-align: center;
    }
    .chip {
      align-items: center;
      background: var(--lumo-base-color);
      border: 1px solid var(--lumo-primary-color);
      border-radius: 5px;
      box-shadow: var(--lumo-box-shadow-m);
      color: var(--lumo-body-text-color);
      display: flex;
      font-size: var(--lumo-font-size-s);
      font-weight: 600;
      gap: 8px;
      inset: 0 auto auto 0;
      margin: 0;
      overflow: visible;
      padding: 6px 12px 6px 8px;
      pointer-events: none;
    }
    .chip[data-nowhere] {
      border-color: var(--g-line-strong);
      opacity: 0.75;
    }
    @media (max-width: 1100px) {
      :host {
        border-bottom: 1px solid var(--g-line);
        border-right: 0;
        overflow: visible;
        padding: 2px;
        width: auto;
      }
      h2,
      kbd,
      button .word {
        display: none;
      }
      .types {
        display: flex;
      }
      button {
        flex: 1;
        height: 36px;
        justify-content: center;
        max-width: 64px;
        padding: 0;
      }
    }
    @media (max-width: 700px), (pointer: coarse) {
      button {
        height: 44px;
      }
    }
  `;

  /** Where states are put. */
  graph?: Target;
  declare dragged: { kind: Kind; x: number; y: number; fits: boolean } | undefined;
  private held?: { kind: Kind; x: number; y: number };
  private roving = 0;

  private readonly kinds = Object.entries(LETTERS);

  protected override render(): TemplateResult {
    return html`<h2 id="t">Insert</h2>
      <div class="types" role="toolbar" aria-labelledby="t" aria-orientation="vertical" @keydown=${this.pressed}>
        ${this.kinds.map(
          ([letter, kind], at) => html`<button
            type="button"
            tabindex=${at === this.roving ? 0 : -1}
            aria-label="Insert ${KIND_WORDS[kind]}"
            title="Drag ${KIND_WORDS[kind]} onto the graph, or click to put it behind the selected state (${letter.toUpperCase()})"
            @click=${(event: Event) => this.clicked(event, kind)}
            @focus=${() => this.rove(at)}
            @pointerdown=${(event: PointerEvent) => this.down(event, kind)}
            @pointermove=${this.moved}
            @pointerup=${this.up}
            @pointercancel=${this.cancelled}
          >
            ${icon(kind)}<span class="word">${KIND_WORDS[kind]}</span><kbd>${letter.toUpperCase()}</kbd>
          </button>`,
        )}
      </div>
      ${this.dragged ? this.chip(this.dragged) : ''}`;
  }

  /** What is dragged lies over all, in the window's coordinates whatever is around the palette. */
  protected override updated(): void {
    const chip = this.renderRoot.querySelector<HTMLElement>('.chip:not(:popover-open)');
    chip?.showPopover();
  }

  private chip({ kind, x, y, fits }: { kind: Kind; x: number; y: number; fits: boolean }): TemplateResult {
    return html`<div class="chip" popover="manual" ?data-nowhere=${!fits} .style=${`transform: translate(${x + 10}px, ${y + 10}px)`}>
      ${icon(kind)}${KIND_WORDS[kind]}
    </div>`;
  }

  private rove(at: number): void {
    this.roving = at;
    this.requestUpdate();
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.held) {
      this.cancelled();
      event.stopPropagation();
      return;
    }
    const last = this.kinds.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: this.roving + 1, ArrowRight: this.roving + 1, ArrowUp: this.roving - 1, ArrowLeft: this.roving - 1,
      Home: 0, End: last,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.renderRoot.querySelectorAll<HTMLElement>('button')[Math.min(last, Math.max(0, to))]?.focus();
  };

  private clicked(event: Event, kind: Kind): void {
    // A drag ends with a click as well: its pointer has told already.
    if ((event.currentTarget as HTMLElement).dataset.dragged) delete (event.currentTarget as HTMLElement).dataset.dragged;
    else this.graph?.insertState(kind);
  }

  private down(event: PointerEvent, kind: Kind): void {
    delete (event.currentTarget as HTMLElement).dataset.dragged;
    if (event.button !== 0) return;
    this.held = { kind, x: event.clientX, y: event.clientY };
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  }

  private readonly moved = (event: PointerEvent): void => {
    const held = this.held;
    if (!held) return;
    const { clientX: x, clientY: y } = event;
    if (!this.dragged && Math.hypot(x - held.x, y - held.y) < SLACK) return;
    (event.currentTarget as HTMLElement).dataset.dragged = 'yes';
    this.dragged = { kind: held.kind, x, y, fits: this.graph?.stateOver(x, y) ?? false };
  };

  private readonly up = (event: PointerEvent): void => {
    const { held, dragged } = this;
    this.cancelled();
    if (held && dragged) this.graph?.dropState(held.kind, event.clientX, event.clientY);
  };

  private readonly cancelled = (): void => {
    this.held = undefined;
    this.dragged = undefined;
    this.graph?.stateLeft();
  };
}

customElements.define('gradus-palette', GradusPalette);
