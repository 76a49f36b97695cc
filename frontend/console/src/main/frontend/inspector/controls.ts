import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import docs from '../editor/asl-docs.json';
import { resourcesOf } from '../editor/completion';
import type { Field } from './fields';
import type { Seen } from './seen';

/** A field as it is shown. */
export interface Shown {
  field: Field;
  id: string;
  value: string;
  readOnly: boolean;
  fault: string;
  hint: string;
}

export interface Told {
  typed(value: string): void;
  done(value: string): void;
}

type Holder = HTMLElement & { value: string };

const valueOf = (event: Event): string => (event.currentTarget as Holder).value;

const ERRORS = Object.keys(docs.error);
const MONO = new Set(['json', 'comparison', 'condition', 'errors', 'path', 'number', 'resource']);

// A list that is the same stays the same object: what is open to be chosen from is left alone.
const lists = new Map<string, string[]>();

function stable(words: string[]): string[] {
  const key = words.join('\n');
  const known = lists.get(key);
  if (known) return known;
  if (lists.size > 50) lists.clear();
  lists.set(key, words);
  return words;
}

/** The component for a field. */
export function control(seen: Seen, shown: Shown, told: Told): TemplateResult {
  const { field, readOnly } = shown;
  if (!readOnly && field.kind === 'options') return options(shown, told);
  if (!readOnly && (field.kind === 'state' || field.kind === 'resource')) return combo(seen, shown, told);
  const lines = ['prose', 'json', 'comparison', 'condition', 'errors'].includes(field.kind);
  return lines ? area(shown, told) : line(shown, told);
}

const looks = (field: Field): string =>
  ['g-form-field', MONO.has(field.kind) ? 'g-form-mono' : '', ['number', 'options'].includes(field.kind) ? 'g-form-short' : ''].join(' ');

function line(shown: Shown, told: Told): TemplateResult {
  return html`<vaadin-text-field
    theme="small" class=${looks(shown.field)} data-field=${shown.id} autocomplete="off"
    .label=${shown.field.label} .helperText=${shown.hint} .manualValidation=${true} ?readonly=${shown.readOnly}
    .invalid=${shown.fault !== ''} .errorMessage=${shown.fault} .value=${shown.value}
    @input=${(event: Event) => told.typed(valueOf(event))} @change=${(event: Event) => told.done(valueOf(event))}
  ></vaadin-text-field>`;
}

function area(shown: Shown, told: Told): TemplateResult {
  const { field } = shown;
  return html`<vaadin-text-area
      theme="small" class=${looks(field)} data-field=${shown.id} .minRows=${field.kind === 'comparison' ? 3 : 1} .maxRows=${12}
      .label=${field.label} .helperText=${shown.hint} .manualValidation=${true} ?readonly=${shown.readOnly}
      .invalid=${shown.fault !== ''} .errorMessage=${shown.fault} .value=${shown.value}
      @input=${(event: Event) => told.typed(valueOf(event))} @change=${(event: Event) => told.done(valueOf(event))}
    ></vaadin-text-area>
    ${field.kind === 'errors' && !shown.readOnly ? known(shown, told) : nothing}`;
}

/** The errors that there are, each to be added by a choice. */
function known(shown: Shown, told: Told): TemplateResult {
  const there = shown.value.split('\n').map((each) => each.trim()).filter((each) => each !== '');
  const chosen = (event: Event): void => {
    const field = event.currentTarget as Holder;
    if (field.value === '') return;
    told.done([...there, field.value].join('\n'));
    field.value = '';
  };
  return html`<vaadin-combo-box
    theme="small" class="g-form-field" placeholder="Add a known error" accessible-name="Add a known error"
    .items=${stable(ERRORS.filter((each) => !there.includes(each)))} @change=${chosen}
  ></vaadin-combo-box>`;
}

function combo(seen: Seen, shown: Shown, told: Told): TemplateResult {
  const { field } = shown;
  const free = field.kind === 'resource';
  const known = free ? (seen.sheet.known ? resourcesOf(seen.sheet.known).map((each) => each.label) : []) : seen.beside;
  const items = shown.value === '' || known.includes(shown.value) ? known : [...known, shown.value];
  return html`<vaadin-combo-box
    theme="small" class=${looks(field)} data-field=${shown.id} .label=${field.label} .helperText=${shown.hint}
    .manualValidation=${true} .invalid=${shown.fault !== ''} .errorMessage=${shown.fault} .allowCustomValue=${free}
    ?clear-button-visible=${!free && !field.needed} .items=${stable(items)} .value=${shown.value}
    @change=${(event: Event) => told.done(valueOf(event))}
  ></vaadin-combo-box>`;
}

function options(shown: Shown, told: Told): TemplateResult {
  const { field, value } = shown;
  const words = field.options!.includes(value) ? field.options! : [...field.options!, value];
  return html`<vaadin-select
    theme="small" class=${looks(field)} data-field=${shown.id} .label=${field.label} .helperText=${shown.hint}
    .manualValidation=${true} .invalid=${shown.fault !== ''} .errorMessage=${shown.fault}
    .items=${choices(words)} placeholder="Left out" .value=${value} @change=${(event: Event) => told.done(valueOf(event))}
  ></vaadin-select>`;
}

const made = new Map<string, { label: string; value: string }[]>();

function choices(words: string[]): { label: string; value: string }[] {
  const key = words.join('\n');
  const known = made.get(key) ?? words.map((value) => ({ label: value === '' ? 'Left out' : value, value }));
  made.set(key, known);
  return known;
}
