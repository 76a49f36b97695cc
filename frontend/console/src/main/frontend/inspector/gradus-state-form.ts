import '@vaadin/combo-box/vaadin-combo-box.js';
import '@vaadin/select/vaadin-select.js';
import '@vaadin/text-area/vaadin-text-area.js';
import '@vaadin/text-field/vaadin-text-field.js';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Form, PlacedFault, Sheet } from '../editor/inspecting';
import type { Patch, Path } from '../editor/patch';
import '../part/gradus-icon.js';
import { Drafts } from './drafts';
import { isEditable, patchOf, shownIn, type Field } from './fields';
import { control, type Shown } from './controls';
import { groupsOf, othersOf, type Group, type Item, type List } from './model';
import { Seen } from './seen';

/** Where the keyboard goes when the form is drawn next. */
interface Arrival {
  item: string;
  field: boolean;
  /** What is closed, because another is there now. */
  closed?: string;
}

const named = (at: Path): string => at.join('.');

/** The fields of the selected state: they show what is written in the text, and write it. */
export class GradusStateForm extends LitElement implements Form {
  static override properties = { state: {} };

  /** The id of the state in the graph; empty for the machine, undefined for none. */
  declare state: string | undefined;
  private sheet?: Sheet;
  private seen?: Seen;
  private places = new Map<string, PlacedFault[]>();
  private readonly drafts = new Drafts();
  private opened = new Set<string>();
  private held = '';
  private arrival?: Arrival;
  /** Why the last change of a list was not done. */
  private refused = '';

  /** In the page itself: its fields are the page's. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.pressed);
    this.addEventListener('focusin', this.entered);
    this.addEventListener('focusout', this.left);
  }

  show(sheet: Sheet): void {
    this.sheet = sheet;
    this.requestUpdate();
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('state')) {
      if (this.seen) this.keepAll();
      this.opened.clear();
      this.refused = '';
    }
    const { sheet, state } = this;
    if (!sheet || state === undefined) {
      this.seen = undefined;
      return;
    }
    const holder = state === '' ? sheet.root : sheet.states.get(state);
    // What a missing bracket hides for a moment stays where it is.
    if (holder?.kind === 'object') this.seen = new Seen(sheet, state === '' ? null : state, holder);
    else if ((this.seen?.id ?? '') !== state) this.seen = undefined;
  }

  protected override render(): TemplateResult {
    const { seen } = this;
    if (!seen) return html``;
    const groups = groupsOf(seen);
    const loose = this.placeFaults(seen, groups);
    const others = othersOf(seen, groups);
    const drawn = groups.map((group) => this.group(seen, group));
    return html`${keyed(
      seen.id,
      html`${loose.map(faultLine)}${drawn}
        ${this.refused === '' ? nothing : html`<p class="g-state-fault" role="alert">${this.refused}</p>`}
        ${others.length > 0
          ? html`<p class="g-form-others">Also has: ${others.join(', ')}. ${seen.sheet.locked ? '' : 'Edit in the text.'}</p>`
          : nothing}`,
    )}`;
  }

  protected override updated(): void {
    this.openFaults();
    const { arrival } = this;
    const item = arrival && this.querySelector<HTMLDetailsElement>(`details[data-at="${arrival.item}"]`);
    if (!arrival || !item) return;
    this.arrival = undefined;
    const closed = this.querySelector<HTMLDetailsElement>(`details[data-at="${arrival.closed ?? ''}"]`);
    if (closed) closed.open = false;
    item.open = true;
    item.scrollIntoView({ block: 'nearest' });
    item.querySelector<HTMLElement>(arrival.field ? '[data-field]' : 'summary')?.focus();
  }

  /** What has a fault is opened once; whoever closes it knows. */
  private openFaults(): void {
    const now = new Set<string>();
    for (const place of this.places.keys()) {
      const id = place.split('.').slice(0, 2).join('.');
      now.add(id);
      const item = this.opened.has(id) ? null : this.querySelector<HTMLDetailsElement>(`details[data-at="${id}"]`);
      if (item) item.open = true;
    }
    this.opened = now;
  }

  // ---- what is drawn

  private group(seen: Seen, group: Group): TemplateResult {
    const shown = group.fields.filter((field) => !seen.sheet.locked || shownIn(field, seen) !== '');
    const lists = group.lists.filter((list) => !seen.sheet.locked || list.items === undefined || list.items.length > 0);
    if (shown.length === 0 && lists.length === 0) return html``;
    const body = html`${lists.map((list) => this.list(seen, list))}${shown.map((field) => this.field(seen, field))}`;
    return group.title === '' || lists.length > 0
      ? html`<div class="g-form-group">${body}</div>`
      : html`<details class="g-form-group g-form-fold" open><summary>${group.title}</summary>${body}</details>`;
  }

  private list(seen: Seen, list: List): TemplateResult {
    const { key, items } = list;
    const { locked } = seen.sheet;
    return html`<section class="g-form-list" aria-label=${list.title}>
      <div class="g-form-list-head">
        <h3>${list.title}</h3>
        ${locked || items === undefined ? nothing : html`<button
          type="button" class="g-link" ?disabled=${list.fresh === undefined}
          title=${list.fresh === undefined ? 'There is no state beside it that it could lead to' : ''}
          @click=${() => this.add(list)}>Add ${list.one.toLowerCase()}</button>`}
      </div>
      ${items === undefined
        ? html`<p class="g-form-others">${key} is written in a way that is edited in the text.</p>`
        : items.map((item, at) => this.item(seen, list, item, at, items.length))}
      ${(this.places.get(key) ?? []).map(faultLine)}
    </section>`;
  }

  private item(seen: Seen, list: List, item: Item, at: number, count: number): TemplateResult {
    const name = `${list.one} ${at + 1}`;
    const id = named(item.at);
    const faults = [...this.places].filter(([place]) => place === id || place.startsWith(`${id}.`));
    const own = item.fields.some((field) => named(field.at) === id) ? [] : (this.places.get(id) ?? []);
    const tool = (icon: string, words: string, act: () => void, off: boolean) => html`<button
      type="button" class="g-code-tool" aria-label=${words} title=${words} ?disabled=${off} @click=${act}
      ><gradus-icon name=${icon}></gradus-icon></button>`;
    return html`<details class="g-form-item" data-at=${id} role="group" aria-label=${name}>
      <summary>
        <span class="g-form-item-name">${name}</span>
        <span class="g-form-item-words g-mono">${item.summary}</span>
        ${faults.length > 0 ? html`<gradus-icon class="g-status-fail" name="status-err"></gradus-icon>` : nothing}
      </summary>
      <div class="g-form-item-body">
        ${own.map(faultLine)}
        ${item.fields
          .filter((field) => !seen.sheet.locked || shownIn(field, seen) !== '')
          .map((field) => this.field(seen, field))}
        ${item.others.length > 0 ? html`<p class="g-form-others">Also has: ${item.others.join(', ')}.</p>` : nothing}
        ${seen.sheet.locked ? nothing : html`<div class="g-form-tools">
          ${tool('up', `Move ${name} up`, () => this.shift(list, at, -1), at === 0)}
          ${tool('down', `Move ${name} down`, () => this.shift(list, at, 1), at === count - 1)}
          <span class="g-grow"></span>
          ${tool('trash', `Remove ${name}`, () => this.takeAway(list, at), list.key === 'Choices' && count === 1)}
        </div>`}
      </div>
    </details>`;
  }

  private field(seen: Seen, field: Field): TemplateResult {
    const id = this.idOf(field);
    const was = shownIn(field, seen);
    const draft = this.drafts.of(id, was, this.held === id);
    const told = this.places.get(named(field.at)) ?? [];
    const errors = told.filter((each) => each.severity === 'error').map((each) => each.message);
    const fault = draft?.fault ?? [...new Set(errors)].join('; ');
    const readOnly = seen.sheet.locked || field.readOnly === true;
    const editable = readOnly || isEditable(field, seen);
    const shown: Shown = {
      field, id, value: draft?.typed ?? was, readOnly: readOnly || !editable, fault,
      hint: !editable ? 'Written in a way that is edited in the text'
        : readOnly && !field.readOnly ? '' : (told.find((each) => each.severity === 'warning')?.message ?? field.hint ?? ''),
    };
    return control(seen, shown, {
      typed: (value) => this.typed(field, value),
      done: (value) => this.done(field, value),
    });
  }

  /** Each fault goes to the innermost place that is drawn. @returns those that have none */
  private placeFaults(seen: Seen, groups: Group[]): PlacedFault[] {
    const drawn = new Map<string, string>();
    const put = (at: Path, to: Path = at): void => void drawn.set(named(at), named(to));
    for (const group of groups) {
      const fields = [...group.fields, ...group.lists.flatMap((list) => (list.items ?? []).flatMap((item) => item.fields))];
      for (const list of group.lists) {
        put([list.key]);
        list.items?.forEach((item) => put(item.at));
      }
      for (const field of fields) {
        put(field.at);
        if (field.path) put([...field.at.slice(0, -1), field.path], field.at);
      }
    }
    this.places = new Map();
    return seen.sheet.faults.filter((fault) => {
      if (fault.id !== seen.id) return false;
      for (let length = fault.at.length; length > 0; length--) {
        const place = drawn.get(named(fault.at.slice(0, length)));
        if (place !== undefined) {
          this.places.set(place, [...(this.places.get(place) ?? []), fault]);
          return false;
        }
      }
      return true;
    });
  }

  // ---- what people do

  private idOf(field: Field): string {
    return JSON.stringify([this.seen?.id, field.at, field.kind]);
  }

  private typed(field: Field, value: string): void {
    const { seen } = this;
    if (!seen) return;
    this.drafts.typed(this.idOf(field), field, value, shownIn(field, seen), (each) => {
      const patch = patchOf(field, each, seen);
      return typeof patch === 'string' ? patch : '';
    });
    this.requestUpdate();
  }

  /** What was typed goes into the text; what cannot stays where it was typed, with why. */
  private done(field: Field, value: string): void {
    const { seen } = this;
    if (!seen || seen.sheet.locked) return;
    const id = this.idOf(field);
    if (value === shownIn(field, seen)) {
      this.drafts.drop(id);
    } else {
      const patch = patchOf(field, value, seen);
      const why = typeof patch === 'string' ? patch : patch ? seen.sheet.hand.write(seen.id, patch) : '';
      if (why === '') this.drafts.drop(id);
      else this.drafts.refuse(id, field, value, shownIn(field, seen), why);
    }
    this.requestUpdate();
  }

  private keepAll(): void {
    for (const { field, typed } of this.drafts.open()) this.done(field, typed);
  }

  private write(patch: Patch, arrival?: Arrival): void {
    const { seen } = this;
    if (!seen) return;
    this.drafts.forget();
    const why = seen.sheet.hand.write(seen.id, patch);
    this.arrival = why === '' ? arrival : undefined;
    this.refused = why;
    this.requestUpdate();
  }

  private add(list: List): void {
    const at = list.items?.length ?? 0;
    if (list.fresh !== undefined) {
      this.write({ do: 'add', at: [list.key], item: list.fresh }, { item: `${list.key}.${at}`, field: true });
    }
  }

  private shift(list: List, at: number, by: 1 | -1): void {
    this.write(
      { do: 'swap', at: [list.key], first: Math.min(at, at + by) },
      { item: `${list.key}.${at + by}`, field: false, closed: `${list.key}.${at}` },
    );
  }

  private takeAway(list: List, at: number): void {
    const left = (list.items?.length ?? 0) - 2;
    const next = left < 0 ? undefined : { item: `${list.key}.${Math.min(at, left)}`, field: false };
    this.write({ do: 'set', at: [list.key, at], to: undefined }, next);
    if (!next) this.querySelector<HTMLElement>(`section[aria-label="${list.title}"] .g-link`)?.focus();
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    if (event.key === 'Escape' && this.drafts.has(this.held)) {
      this.drafts.drop(this.held);
      this.requestUpdate();
    }
    if (!event.ctrlKey && !event.metaKey) return;
    if (key === 's' || key === 'enter') this.keepAll();
    const back = key === 'z' && !event.shiftKey;
    const again = key === 'y' || (key === 'z' && event.shiftKey);
    // What is half typed is the field's; all else is the one history of the text.
    if ((back || again) && this.sheet && !this.sheet.locked && !this.drafts.has(this.held)) {
      event.preventDefault();
      if (back) this.sheet.undo();
      else this.sheet.redo();
    }
  };

  private readonly entered = (event: FocusEvent): void => {
    this.held = (event.target as Element).closest<HTMLElement>('[data-field]')?.dataset.field ?? '';
  };

  private readonly left = (): void => {
    this.held = '';
  };
}

const faultLine = (fault: PlacedFault): TemplateResult => {
  const error = fault.severity === 'error';
  return html`<p class="g-state-fault">
    <gradus-icon class=${error ? 'g-status-fail' : 'g-status-retry'} name=${error ? 'status-err' : 'status-warn'}></gradus-icon>
    <span>${fault.message}</span>
  </p>`;
};

customElements.define('gradus-state-form', GradusStateForm);
