import { ROW } from './timeline-row.js';

/** How the timeline looks. */
export const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: grid; grid-template: 26px minmax(0, 1fr) / var(--names, 196px) minmax(0, 1fr); min-block-size: 0;
    position: relative; background: var(--lumo-base-color); font: 400 12.5px/1 var(--lumo-font-family);
    color: var(--lumo-body-text-color); }
  .corner { grid-area: 1 / 1; border-inline-end: 1px solid var(--g-line); display: flex; align-items: center; gap: 2px; padding-inline: 8px; }
  .corner button { all: unset; box-sizing: border-box; inline-size: 22px; block-size: 22px; border-radius: 4px; display: grid;
    place-items: center; color: var(--lumo-secondary-text-color); cursor: pointer; }
  .corner button:hover { background: var(--lumo-contrast-10pct); }
  .corner button:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: -2px; }
  .axis { grid-area: 1 / 2; position: relative; overflow: hidden; margin-inline-end: 12px; border-block-end: 1px solid var(--g-line); }
  .axis span { position: absolute; inset-block-start: 8px; font-size: 10.5px; color: var(--lumo-tertiary-text-color);
    transform: translateX(-50%); white-space: nowrap; }
  .axis span.first { transform: none; }
  .axis .redriven { position: absolute; inset-block-end: 4px; inline-size: 11px; block-size: 11px; margin-inline-start: -5px;
    color: var(--lumo-secondary-text-color); background: var(--lumo-base-color); }
  .track { grid-area: 1 / 2; position: relative; margin-inline-end: 12px; cursor: ew-resize; touch-action: none; }
  .track::before, .done { content: ''; position: absolute; inset-block-end: 0; inset-inline-start: 0; block-size: 3px; }
  .track::before { inset-inline-end: 0; background: var(--g-line); }
  .done { background: var(--lumo-primary-color); }
  .head { position: absolute; inset-block-end: -6px; inline-size: 12px; block-size: 15px; margin-inline-start: -6px; z-index: 2;
    border-radius: 3px; background: var(--lumo-primary-color); box-sizing: border-box; outline: none; cursor: ew-resize;
    border: 1px solid var(--lumo-base-color); touch-action: none; }
  .head::before { content: ''; position: absolute; inset: 3px 3px; border-inline: 1px solid var(--lumo-primary-contrast-color); }
  .head::after { content: ''; position: absolute; inset: -6px -8px; }
  .head:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: 2px; }
  .line { position: absolute; inset-block: 26px 0; inline-size: 2px; margin-inline-start: -1px; background: var(--lumo-primary-color);
    opacity: 0.45; pointer-events: none; z-index: 1; }
  .line.then { opacity: 1; }
  .line[hidden] { display: none; }
  .pause { position: absolute; inset-block: 0; box-sizing: border-box; border-inline: 1px dashed var(--g-line-strong);
    background: repeating-linear-gradient(135deg, transparent 0 6px, var(--g-line) 6px 7px); }
  .body { grid-column: 1 / 3; overflow: hidden auto; position: relative; outline: none; }
  .space { position: relative; min-block-size: 100%; }
  .grid { position: absolute; inset: 0 12px 0 var(--names, 196px); pointer-events: none; overflow: hidden; }
  .grid i { position: absolute; inset-block: 0; inline-size: 1px; background: var(--g-line); }
  .row { position: absolute; inset-inline: 0; block-size: ${ROW}px; display: grid; cursor: default;
    grid-template-columns: var(--names, 196px) minmax(0, 1fr); }
  .row:hover { background: var(--lumo-contrast-5pct); }
  .row[aria-selected='true'] { background: var(--lumo-primary-color-10pct); }
  .row[aria-selected='true'] .text { font-weight: 600; }
  .body:focus-visible .row.at { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: -2px; }
  .name { display: flex; align-items: center; gap: 7px; padding-inline: 12px 8px; min-inline-size: 0;
    border-inline-end: 1px solid var(--g-line); }
  .name gradus-icon { inline-size: 13px; block-size: 13px; }
  .text { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; line-height: 16px; }
  .chevron { inline-size: 16px; block-size: 16px; display: grid; place-items: center; color: var(--lumo-secondary-text-color);
    cursor: pointer; }
  .chevron gradus-icon { inline-size: 12px; block-size: 12px; }
  .open .chevron { transform: rotate(90deg); }
  .plot { position: relative; overflow: hidden; margin-inline-end: 12px; }
  .band { position: absolute; inset-block: 5px 6px; min-inline-size: 3px; border-radius: 2px; box-sizing: border-box; }
  .band.run { background: var(--g-run); }
  .band.ok { background: var(--g-ok); }
  .band.abort { background: var(--g-abort); }
  .band.caught { background: var(--g-caught); }
  .band.fail { background: var(--g-fail-fill); }
  .band.retry { border: 1px solid var(--g-retry);
    background: repeating-linear-gradient(135deg, var(--g-retry) 0 1.8px, var(--g-retry-tint) 1.8px 5px); }
  .band.callback { border: 1px solid var(--g-person);
    background: radial-gradient(var(--g-person) 1.1px, var(--g-person-tint) 1.3px) 0 0 / 5px 5px; }
  .band.wait { border: 1px solid var(--g-wait);
    background: repeating-linear-gradient(90deg, var(--g-wait) 0 1px, var(--g-wait-tint) 1px 5px); }
  .band.later { opacity: 0.28; }
  .row.ahead .text { color: var(--lumo-tertiary-text-color); }
  .after { position: absolute; inset-block-start: 4px; font-size: 11px; line-height: 15px; white-space: nowrap; padding-inline: 6px;
    color: var(--lumo-secondary-text-color); }
  .mark { position: absolute; inset-block-start: 5px; color: var(--g-caught); inline-size: 13px; block-size: 13px; margin-inline-start: 4px; }
  .status-ok { color: var(--g-ok); } .status-run { color: var(--g-run); } .status-retry { color: var(--g-retry); }
  .status-person { color: var(--g-person); } .status-wait { color: var(--g-wait); } .status-caught { color: var(--g-caught); }
  .status-fail, .status-timeout { color: var(--g-fail); } .status-abort { color: var(--g-abort); } .status-idle { color: var(--g-idle); }
  @media (max-width: 600px) { :host { --names: 128px; } }
`);
