import { html, nothing } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import type { Box } from './layout.js';
import { icon } from './toolbar.js';
import type { Viewport } from './viewport.js';

/** How high a state is that has nothing inside. */
const LINES = 46;

/** Below this width of the graph, in px, the buttons stand in its corner. */
const NARROW = 400;

/** What the buttons at a state do. */
export interface Acts {
  rename(id: string, name: string): boolean;
  duplicate(id: string): void;
  remove(id: string): void;
  /** The keyboard goes back to the state. */
  focusState(id: string): void;
}

/** The buttons at the selected state, and the field that asks for its name. */
export class StateTools {
  private asked?: { id: string; name: string };

  constructor(
    private readonly host: LitElement,
    private readonly acts: Acts,
  ) {}

  /** @param id the selected state */
  render(id: string, name: string): TemplateResult {
    const button = (glyph: string, label: string, keys: string, act: () => void): TemplateResult =>
      html`<button type="button" aria-label="${label} ${name}" title="${label} (${keys})" @click=${act}>${icon(glyph)}</button>`;
    return html`<div class="at-state" role="toolbar" aria-label="Selected state">
      ${button('edit', 'Rename', 'F2', () => this.ask(id, name))}
      ${button('copy', 'Duplicate', 'Ctrl D', () => this.acts.duplicate(id))}
      ${button('trash', 'Delete', 'Delete', () => this.acts.remove(id))}
    </div>
    ${this.asked
      ? html`<input class="name-field" aria-label="Name of the state" maxlength="80" .value=${this.asked.name}
          @keydown=${this.pressed} @blur=${this.left} />`
      : nothing}`;
  }

  ask(id: string, name: string): void {
    this.asked = { id, name };
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => {
      const field = this.field;
      field?.focus();
      field?.select();
    });
  }

  /** Puts them where the state is on the screen. */
  place(viewport: Viewport, box: Box): void {
    const tools = this.host.renderRoot.querySelector<HTMLElement>('.at-state');
    const { k } = viewport.transform;
    const [x, y] = viewport.transform.apply([box.x, box.y]);
    if (tools) {
      const { w, h } = viewport.size;
      // Large buttons on a small screen would hide what is beside the state.
      const corner = w < NARROW || matchMedia('(pointer: coarse)').matches;
      const left = corner ? w : x + box.w * k - tools.offsetWidth;
      const above = y - tools.offsetHeight - 8;
      const top = corner ? 8 : above < 8 ? y + box.h * k + 8 : above;
      const most = w - tools.offsetWidth - 8;
      tools.style.transform = `translate(${Math.round(Math.max(8, Math.min(left, most)))}px, ${Math.round(top)}px)`;
      tools.toggleAttribute('data-away', !corner && (x > w || y > h || x + box.w * k < 0 || y + box.h * k < 0));
    }
    const field = this.field;
    if (field) {
      field.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      field.style.width = `${Math.max(150, Math.round(box.w * k))}px`;
      field.style.height = `${Math.max(30, Math.round(Math.min(box.h, LINES) * k))}px`;
    }
  }

  private get field(): HTMLInputElement | null {
    return this.host.renderRoot.querySelector<HTMLInputElement>('.name-field');
  }

  private close(): void {
    this.asked = undefined;
    this.host.requestUpdate();
  }

  private readonly left = (): void => {
    const asked = this.asked;
    const name = this.field?.value ?? '';
    this.close();
    if (asked && name.trim() !== asked.name) this.acts.rename(asked.id, name);
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const asked = this.asked;
    event.stopPropagation();
    if (!asked || event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    const name = (event.currentTarget as HTMLInputElement).value;
    if (event.key === 'Enter' && name.trim() !== asked.name) {
      if (!this.acts.rename(asked.id, name)) return; // it says why; the field stays
      this.close();
    } else {
      this.close();
      this.acts.focusState(asked.id);
    }
  };
}
