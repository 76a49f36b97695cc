import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags as t } from '@lezer/highlight';

/**
 * The editor in the console's own colours, which are custom properties: light and dark are the
 * page's business. Nothing here loads an image, so that a strict content policy holds.
 */
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--lumo-body-text-color)', backgroundColor: 'var(--g-code)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--g-font-mono)',
    fontSize: 'var(--lumo-font-size-xs)',
    lineHeight: '18px',
  },
  '.cm-content': { caretColor: 'var(--lumo-header-text-color)', padding: '6px 0' },
  '.cm-line': { padding: '0 8px 0 4px' },
  '.cm-cursor': { borderLeft: '2px solid var(--lumo-header-text-color)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--lumo-contrast-20pct)',
  },
  '.cm-activeLine': { backgroundColor: 'var(--lumo-contrast-5pct)' },
  '.cm-selectedState': { boxShadow: 'inset 2px 0 0 var(--lumo-primary-color)' },
  '.cm-gutters': {
    backgroundColor: 'var(--g-code)',
    borderRight: 'none',
    color: 'var(--lumo-tertiary-text-color)',
    fontSize: 'var(--lumo-font-size-xxs)',
  },
  '.cm-activeLineGutter': {
    backgroundColor: 'var(--lumo-contrast-5pct)',
    color: 'var(--lumo-body-text-color)',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 6px 0 8px', minWidth: '32px' },
  '.cm-foldGutter .cm-gutterElement': { cursor: 'pointer', width: '14px', textAlign: 'center' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--lumo-contrast-10pct)',
    border: 'none',
    color: 'var(--lumo-secondary-text-color)',
    padding: '0 6px',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--lumo-contrast-10pct)',
    outline: '1px solid var(--g-line-strong)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { color: 'var(--g-fail)' },
  '.cm-searchMatch': { backgroundColor: 'var(--g-retry-tint)', outline: '1px solid var(--g-retry)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--lumo-primary-color)' },
  '.cm-placeholder': { color: 'var(--lumo-tertiary-text-color)' },
  '.cm-panels': {
    backgroundColor: 'var(--lumo-base-color)',
    color: 'var(--lumo-body-text-color)',
    fontFamily: 'var(--lumo-font-family)',
  },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--g-line)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--g-line)' },
  '.cm-panel.cm-search': { padding: '6px 28px 6px 8px' },
  '.cm-panel.cm-search label': { fontSize: 'var(--lumo-font-size-xs)' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--lumo-secondary-text-color)', fontSize: '18px' },
  '.cm-textfield': {
    backgroundColor: 'var(--lumo-base-color)',
    border: '1px solid var(--g-line-strong)',
    borderRadius: 'var(--lumo-border-radius-m)',
    color: 'var(--lumo-body-text-color)',
    fontSize: 'var(--lumo-font-size-xs)',
  },
  '.cm-button': {
    backgroundColor: 'var(--lumo-base-color)',
    backgroundImage: 'none',
    border: '1px solid var(--g-line-strong)',
    borderRadius: 'var(--lumo-border-radius-m)',
    color: 'var(--lumo-body-text-color)',
    fontSize: 'var(--lumo-font-size-xs)',
  },
});

const floats = EditorView.theme({
  '.cm-tooltip': {
    backgroundColor: 'var(--lumo-base-color)',
    border: '1px solid var(--g-line-strong)',
    borderRadius: 'var(--lumo-border-radius-m)',
    boxShadow: 'var(--lumo-box-shadow-m)',
    color: 'var(--lumo-body-text-color)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--g-font-mono)',
    fontSize: 'var(--lumo-font-size-xs)',
    maxHeight: '17em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '20px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--lumo-primary-color-10pct)',
    color: 'var(--lumo-header-text-color)',
    boxShadow: 'inset 2px 0 0 var(--lumo-primary-color)',
  },
  '.cm-completionMatchedText': {
    color: 'var(--lumo-primary-text-color)',
    fontWeight: '600',
    textDecoration: 'none',
  },
  '.cm-completionDetail': {
    color: 'var(--lumo-secondary-text-color)',
    fontFamily: 'var(--lumo-font-family)',
    fontStyle: 'normal',
    marginLeft: '10px',
  },
  '.cm-completionInfo': {
    fontFamily: 'var(--lumo-font-family)',
    fontSize: 'var(--lumo-font-size-s)',
    lineHeight: '1.4',
    maxWidth: '340px',
    padding: '6px 10px',
  },
  '.cm-diagnostic': {
    borderLeft: '3px solid var(--g-fail)',
    fontFamily: 'var(--lumo-font-family)',
    fontSize: 'var(--lumo-font-size-s)',
    maxWidth: '480px',
    padding: '6px 10px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  '.cm-diagnosticAction': {
    background: 'none',
    border: '1px solid var(--g-line-strong)',
    borderRadius: 'var(--lumo-border-radius-m)',
    color: 'var(--lumo-primary-text-color)',
    cursor: 'pointer',
    display: 'inline-block',
    font: 'inherit',
    fontWeight: '600',
    margin: '6px 6px 2px 0',
    padding: '2px 8px',
  },
  '.cm-diagnosticAction:hover, .cm-diagnosticAction:focus-visible': { background: 'var(--lumo-primary-color-10pct)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--g-retry)' },
  '.cm-diagnosticCode': {
    color: 'var(--lumo-secondary-text-color)',
    display: 'block',
    fontFamily: 'var(--g-font-mono)',
    fontSize: 'var(--lumo-font-size-xxs)',
    marginTop: '2px',
  },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--g-fail) 1.2px', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': { textDecoration: 'underline wavy var(--g-retry) 1.2px', textUnderlineOffset: '3px' },
  '.cm-lintRange-active': { backgroundColor: 'var(--g-fail-tint)' },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--g-fail)' },
  '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--g-retry)' },
  '.cm-gutter-lint': { width: '18px' },
  '.cm-gutter-lint .cm-gutterElement': { display: 'grid', padding: '0', placeItems: 'center' },
  '.cm-lint-marker': { height: '12px', width: '12px' },
  // Shape and colour: an octagon for what is refused, a triangle for what is only doubtful.
  '.cm-lint-marker-error': {
    backgroundColor: 'var(--g-fail)',
    clipPath: 'polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%)',
    content: '""',
  },
  '.cm-lint-marker-warning': {
    backgroundColor: 'var(--g-retry)',
    clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
    content: '""',
  },
});

const colours = HighlightStyle.define([
  { tag: [t.propertyName, t.definition(t.propertyName)], color: 'var(--g-syn-key)' },
  { tag: t.string, color: 'var(--g-syn-str)' },
  { tag: [t.number, t.bool, t.null, t.keyword], color: 'var(--g-syn-num)' },
  { tag: [t.special(t.variableName), t.variableName, t.function(t.variableName), t.processingInstruction],
    color: 'var(--g-syn-expr)' },
  { tag: [t.special(t.string)], color: 'var(--g-syn-expr)' },
  { tag: [t.punctuation, t.separator, t.brace, t.squareBracket, t.operator], color: 'var(--g-syn-punct)' },
  { tag: t.comment, color: 'var(--lumo-tertiary-text-color)', fontStyle: 'italic' },
  { tag: t.invalid, color: 'var(--g-fail)' },
]);

export const theme = [look, floats, syntaxHighlighting(colours)];
