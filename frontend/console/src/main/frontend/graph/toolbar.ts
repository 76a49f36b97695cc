import { html } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import { glyphs } from '../part/drawings.js';
import { drawing, svg } from './draw.js';

/** What the buttons over a graph do to it. */
export interface Tools {
  zoomBy(factor: number): void;
  fit(): void;
  save(type: 'svg' | 'png'): Promise<void>;
}

/** The buttons over a graph, and their menu of the pictures that it can be saved as. */
export class Toolbar {
  private open = false;

  constructor(
    private readonly host: LitElement,
    private readonly tools: Tools,
  ) {}

  /** @param percent how large the graph is seen */
  render(percent: number): TemplateResult {
    const button = (name: string, label: string, act: () => void): TemplateResult =>
      html`<button type="button" aria-label=${label} title=${label} @click=${act}>
        ${icon(name)}
      </button>`;
    const entry = (label: string, type: 'svg' | 'png'): TemplateResult =>
      html`<button type="button" role="menuitem" tabindex="-1" @click=${() => this.save(type)}>
        ${label}
      </button>`;
    return html`<div class="tools" role="toolbar" aria-label="Graph view" @keydown=${this.pressed}>
      ${button('minus', 'Zoom out', () => this.tools.zoomBy(1 / 1.25))}
      <span class="percent">${percent}%</span>
      ${button('plus', 'Zoom in', () => this.tools.zoomBy(1.25))}
      ${button('fit', 'Show all', () => this.tools.fit())}
      <button
        type="button"
        aria-label="Save as a picture"
        title="Save as a picture"
        aria-haspopup="menu"
        aria-expanded=${this.open}
        @click=${() => this.toggle()}
      >
        ${icon('download')}
      </button>
      <div
        class="menu"
        role="menu"
        aria-label="Save as a picture"
        ?hidden=${!this.open}
        @focusout=${this.left}
      >
        ${entry('Save as SVG', 'svg')} ${entry('Save as PNG', 'png')}
      </div>
    </div>`;
  }

  private show(open: boolean): void {
    this.open = open;
    this.host.requestUpdate();
  }

  private toggle(): void {
    this.show(!this.open);
    if (this.open) void this.host.updateComplete.then(() => this.entries()[0]?.focus());
  }

  private save(type: 'svg' | 'png'): void {
    this.show(false);
    void this.tools.save(type);
  }

  private entries(): HTMLElement[] {
    return Array.from(this.host.renderRoot.querySelectorAll<HTMLElement>('.menu button'));
  }

  private readonly left = (event: FocusEvent): void => {
    const menu = event.currentTarget as Element;
    if (!(event.relatedTarget instanceof Node) || !menu.contains(event.relatedTarget)) {
      this.show(false);
    }
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    if (!this.open) return;
    const entries = this.entries();
    const at = entries.indexOf(this.host.shadowRoot!.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') entries[(at + 1) % entries.length]?.focus();
    else if (event.key === 'ArrowUp') entries.at(at - 1)?.focus();
    else if (event.key === 'Escape') {
      this.show(false);
      this.host.renderRoot.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** One of our own drawings, in the size of a button. */
export function icon(name: string): SVGElement {
  const attributes = { viewBox: '0 0 16 16', 'aria-hidden': 'true' };
  return svg('svg', attributes, ...drawing(glyphs[name]!));
}
