import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab, invertedEffects } from '@codemirror/commands';
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { lintGutter, lintKeymap, nextDiagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, StateEffect, Transaction, type ChangeSet, type Extension } from '@codemirror/state';
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
  placeholder, tooltips,
} from '@codemirror/view';
import { ByForm } from './by-form';
import { ByHand } from './by-hand';
import { aslCompletion, type Knowledge } from './completion';
import { Drafts } from './drafts';
import { Drawing, type Canvas } from './drawing';
import { fixesAt, type Fix } from './fixes';
import { Fixing } from './fixing';
import { type Form, Inspecting } from './inspecting';
import { language, type Mode } from './languages';
import { outlineJson, type Value } from './outline';
import { outlineYaml } from './outline-yaml';
import { stateAt, statesOf } from './places';
import { type Problem, showProblems } from './problems';
import { markState, selectedState } from './selected-state';
import { type Receiver, Sending } from './sending';
import { theme } from './theme';
import { UndoButtons } from './undo-buttons';

const fromServer = Annotation.define<boolean>();
const setMode = StateEffect.define<Mode>();
const CURSOR_RESTS_MS = 80;

/** What the component's server half takes; every call is one round trip. */
interface Server extends Receiver {
  stateAtCursor(name: string): Promise<void>;
}

/** A code editor over CodeMirror. The server holds the same text: see `Sending`. */
export class GradusCode extends HTMLElement {
  declare $server?: Server;
  view?: EditorView;
  private readonly language = new Compartment();
  private readonly access = new Compartment();
  private readonly naming = new Compartment();
  private currentMode: Mode = 'json';
  locked = false;
  private named = '';
  private hint = '';
  private wrapped = false;
  private readonly sending = new Sending(
    () => this.$server,
    () => this.view && { doc: this.view.state.doc, mode: this.currentMode },
  );
  private cursorTimer = 0;
  private stateShown = '';
  private position?: HTMLElement;
  private outlined?: { text: string; mode: Mode; value: Value };
  private drafts?: Drafts;
  private unsaved = false;
  private drawing?: Drawing;
  private canvas?: Canvas;
  private inspecting?: Inspecting;
  private undoButtons?: UndoButtons;
  private readonly fixing = new Fixing((at) => this.fixes(at));
  private readonly byHand = new ByHand(this);

  /** What completion offers; none without it. */
  knowledge?: Knowledge;

  connectedCallback(): void {
    if (!this.view) this.create('');
    document.addEventListener('keydown', this.flushBeforeKeys, true);
    document.addEventListener('pointerdown', this.flush, true);
    window.addEventListener('beforeunload', this.guard);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.flushBeforeKeys, true);
    document.removeEventListener('pointerdown', this.flush, true);
    window.removeEventListener('beforeunload', this.guard);
    clearTimeout(this.cursorTimer);
  }

  // ---- what the server sets

  set readOnly(value: boolean) {
    this.locked = value;
    this.view?.dispatch({ effects: this.access.reconfigure(this.accessOf()) });
    this.letDraw();
    this.inspecting?.draw();
  }

  set label(value: string) {
    this.named = value;
    this.view?.dispatch({ effects: this.naming.reconfigure(this.namingOf()) });
  }

  set hintText(value: string) {
    this.hint = value;
    this.view?.dispatch({ effects: this.naming.reconfigure(this.namingOf()) });
  }

  set lineWrapping(value: boolean) {
    this.wrapped = value;
    this.view?.dispatch({ effects: this.naming.reconfigure(this.namingOf()) });
  }

  set vocabulary(value: Knowledge | null) {
    this.knowledge = value ?? undefined;
    this.inspecting?.draw();
  }

  /** Whether leaving the page would lose something. */
  set dirty(value: boolean) {
    this.unsaved = value;
  }

  set draftKey(value: string) {
    this.drafts = value ? new Drafts(value) : undefined;
  }

  /** The text anew, with an empty history. Nothing happens where it is this very text already. */
  load(text: string, mode: Mode, epoch: number): void {
    if (this.sending.epoch === epoch && this.view?.state.doc.toString() === text) return;
    this.sending.begin(epoch);
    this.currentMode = mode;
    this.create(text);
  }

  /** The text changed by the server, as one step that can be undone. */
  replace(text: string, mode: Mode, epoch: number): void {
    const view = this.view;
    if (!view) return;
    this.sending.begin(epoch);
    const old = view.state.doc.toString();
    let from = 0;
    const shorter = Math.min(old.length, text.length);
    while (from < shorter && old[from] === text[from]) from++;
    let tail = 0;
    while (tail < shorter - from && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
    view.dispatch({
      changes: { from, to: old.length - tail, insert: text.slice(from, text.length - tail) },
      effects: mode === this.currentMode ? [] : setMode.of(mode),
      annotations: [fromServer.of(true), Transaction.userEvent.of('input.server')],
    });
    if (this.stateShown) this.revealState(this.stateShown);
  }

  get text(): string {
    return this.view?.state.doc.toString() ?? '';
  }

  showProblems(problems: Problem[], epoch: number): void {
    // A verdict on an older text would underline the wrong words; the next one is on its way.
    if (this.view && this.sending.epoch === epoch && !this.sending.pending) {
      showProblems(this.view, problems, this.outline(), (at) => this.fixes(at));
      this.inspecting?.judged(problems, this.view.state.doc);
    }
  }

  reveal(line: number, column: number): void {
    const view = this.view;
    if (!view) return;
    const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    this.show(Math.min(at.from + Math.max(column - 1, 0), at.to));
    view.focus();
  }

  /** Marks a state and scrolls to it; `''` for none. Moves the cursor only where it is elsewhere. */
  revealState(name: string): void {
    const view = this.view;
    if (!view) return;
    this.stateShown = name;
    const found = statesOf(this.outline()).find((s) => s.name === name);
    view.dispatch({ effects: markState.of(found ? { from: found.member.keyFrom, to: found.state.to } : null) });
    if (found && stateAt(this.outline(), view.state.selection.main.head)?.name !== name) {
      this.show(found.member.keyFrom);
    }
  }

  nextProblem(): void {
    if (this.view) {
      nextDiagnostic(this.view);
      this.view.focus();
    }
  }

  find(): void {
    if (this.view) openSearchPanel(this.view);
  }

  /** Called by the server: offers what may be done about the fault there. */
  fixAt(line: number, column: number): void {
    this.reveal(line, column);
    if (this.view && !this.locked) this.fixing.offer(this.view);
  }

  /** The buttons that take back what was done, and do it again. */
  undoBy(back: HTMLButtonElement, again: HTMLButtonElement): void {
    this.undoButtons = new UndoButtons(back, again, () => this.view);
    if (this.view) this.undoButtons.show(this.view);
  }

  focus(): void {
    this.view?.focus();
  }

  /** Where "Ln 3, Col 14" is to be written. */
  showPositionIn(element: HTMLElement): void {
    this.position = element;
    this.writePosition();
  }

  /** The graph that shows what is written here, as soon as it is. */
  drawOn(canvas: Canvas): void {
    this.canvas = canvas;
    this.letDraw();
    this.drawing = new Drawing(canvas, () => ({ text: this.text, mode: this.currentMode, root: this.outline() }));
    this.drawing.draw();
  }

  /** The fields that show what is written of a state, and write it. */
  formOn(form: Form): void {
    const hand = new ByForm(this);
    this.inspecting = new Inspecting(form, () => ({
      text: this.text, mode: this.currentMode, root: this.outline(), locked: this.locked, known: this.knowledge, hand,
      undo: () => this.byHand.undo(), redo: () => this.byHand.redo(),
    }));
  }

  /** The graph is changed by hand where the text may be changed. */
  private letDraw(): void {
    if (this.canvas) this.canvas.author = this.locked ? undefined : this.byHand;
  }

  /** The draft that was left here and is not this text, for the server to offer; null for none. */
  draft(): { text: string; mode: Mode; at: number; base: string } | null {
    return this.drafts?.find() ?? null;
  }

  /** What the next drafts are changes of. */
  set draftBase(value: string) {
    if (this.drafts) this.drafts.base = value;
  }

  forgetDraft(): void {
    this.drafts?.forget();
  }

  // ---- the editor

  private create(text: string): void {
    const state = EditorState.create({ doc: text, extensions: this.extensions() });
    if (this.view) {
      this.view.setState(state);
    } else {
      const root = this.attachShadow({ mode: 'open' });
      const style = new CSSStyleSheet();
      style.replaceSync(':host{display:block;min-height:0;overflow:hidden}.cm-editor{height:100%}');
      root.adoptedStyleSheets.push(style);
      this.view = new EditorView({ state, parent: root, root });
    }
    this.stateShown = '';
    this.writePosition();
    this.undoButtons?.show(this.view);
    this.drawing?.draw();
    this.inspecting?.draw();
  }

  private extensions(): Extension[] {
    return [
      this.language.of(language(this.currentMode)),
      this.access.of(this.accessOf()),
      this.naming.of(this.namingOf()),
      EditorState.transactionExtender.of((tr) => this.followMode(tr)),
      invertedEffects.of((tr) =>
        tr.effects.filter((e) => e.is(setMode)).map(() => setMode.of(this.currentMode))),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.edited(update.changes, update.transactions);
        if (update.transactions.length > 0) this.undoButtons?.show(update.view);
        if (update.selectionSet || update.docChanged) this.moved();
      }),
      selectedState,
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      foldGutter({ openText: '⌄', closedText: '›' }),
      codeFolding(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      search({ top: true }),
      highlightSelectionMatches(),
      // What surrounds the editor may cut off what hangs over its edge.
      tooltips({ tooltipSpace: (view) => view.dom.getBoundingClientRect() }),
      keymap.of([
        ...closeBracketsKeymap, ...defaultKeymap.filter((k) => k.key !== 'Mod-Enter'), ...searchKeymap,
        { key: 'Mod-.', run: (view) => (this.fixing.offer(view), true) },
        ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap.filter((k) => k.key !== 'F8'), indentWithTab,
      ]),
      theme,
    ];
  }

  private readonly completion = aslCompletion(() => (
    { root: this.outline(), mode: this.currentMode, known: this.knowledge }));

  private accessOf(): Extension {
    return this.locked
      ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-readonly': 'true' })]
      : [
          highlightActiveLine(),
          highlightActiveLineGutter(),
          lintGutter(),
          autocompletion({
            override: [(context) => this.fixing.source(this.view) ?? this.completion(context)],
            activateOnCompletion: () => true,
            icons: false,
          }),
        ];
  }

  private namingOf(): Extension {
    return [
      // It can be scrolled, so it is a stop of the tab key also where it is only read.
      EditorView.contentAttributes.of({ 'aria-label': this.named || 'Code', tabindex: '0' }),
      this.hint ? placeholder(this.hint) : [],
      this.wrapped ? EditorView.lineWrapping : [],
    ];
  }

  /** A change of language, also one that is undone, brings that language's extensions along. */
  private followMode(tr: Transaction): { effects: StateEffect<unknown>[] } | null {
    const effect = tr.effects.find((e) => e.is(setMode));
    return effect ? { effects: [this.language.reconfigure(language(effect.value as Mode))] } : null;
  }

  private show(at: number): void {
    this.view?.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: 'center' }),
    });
  }

  private outline(): Value {
    return this.read(this.text);
  }

  /** The structure of a text in the language of this one. */
  read(text: string): Value {
    if (this.outlined?.text !== text || this.outlined.mode !== this.currentMode) {
      const value = this.currentMode === 'yaml' ? outlineYaml(text) : outlineJson(text);
      this.outlined = { text, mode: this.currentMode, value };
    }
    return this.outlined.value;
  }

  get mode(): Mode {
    return this.currentMode;
  }

  /** The graph changed the text: what people click next is about this one. */
  changed(): void {
    this.sending.flush();
  }

  private fixes(at: number): Fix[] {
    return this.locked ? [] : fixesAt(this.text, this.outline(), this.currentMode, at);
  }

  // ---- to the server

  private edited(changes: ChangeSet, transactions: readonly Transaction[]): void {
    for (const tr of transactions) {
      for (const effect of tr.effects) if (effect.is(setMode)) this.currentMode = effect.value;
    }
    this.drawing?.draw();
    this.inspecting?.draw();
    if (transactions.some((tr) => tr.annotation(fromServer))) return;
    this.drafts?.keep(() => this.text, this.currentMode);
    this.sending.changed(changes);
  }

  /** Sends the whole text: the server lost count. */
  resend(): void {
    this.sending.resend();
  }

  /** Whatever a click or a shortcut does on the server, it does to the text that is on the screen. */
  private readonly flush = (): void => {
    this.sending.flush();
  };

  private readonly flushBeforeKeys = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) this.flush();
  };

  private readonly guard = (event: BeforeUnloadEvent): void => {
    if (this.unsaved || this.sending.pending) event.preventDefault();
  };

  private moved(): void {
    this.writePosition();
    clearTimeout(this.cursorTimer);
    this.cursorTimer = window.setTimeout(() => this.tellState(), CURSOR_RESTS_MS);
  }

  private tellState(): void {
    const view = this.view;
    if (!view || !this.hasAttribute('states')) return;
    const found = stateAt(this.outline(), view.state.selection.main.head);
    const name = found?.name ?? '';
    if (name === this.stateShown) return;
    this.stateShown = name;
    view.dispatch({ effects: markState.of(found ? { from: found.member.keyFrom, to: found.state.to } : null) });
    void this.$server?.stateAtCursor(name);
  }

  private writePosition(): void {
    const state = this.view?.state;
    if (!state || !this.position) return;
    const head = state.selection.main.head;
    const line = state.doc.lineAt(head);
    this.position.textContent = `Ln ${line.number}, Col ${head - line.from + 1}`;
  }
}

customElements.define('gradus-code', GradusCode);
