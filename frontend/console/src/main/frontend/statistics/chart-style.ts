/** How charts look: the console's colours of statuses, and a pattern besides where two share one. */
export const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; position: relative; min-inline-size: 0; color: var(--lumo-secondary-text-color);
    font: 400 11px/1 var(--lumo-font-family); font-feature-settings: 'tnum'; }
  svg { display: block; inline-size: 100%; overflow: visible; }
  text { fill: currentColor; }
  text.caption, text.end { font-weight: 500; fill: var(--lumo-body-text-color); }
  .grid { stroke: var(--g-line); stroke-width: 1; shape-rendering: crispEdges; }
  .base { stroke: var(--g-line-strong); stroke-width: 1; shape-rendering: crispEdges; }
  .ok { fill: var(--g-ok); }
  .fail { fill: var(--g-fail-fill); }
  .timeout { fill: url(#hatch); }
  .hatched { fill: var(--g-fail-tint); }
  .hatch { stroke: var(--g-fail-fill); stroke-width: 2.5; }
  .abort { fill: var(--g-abort); }
  .line { fill: none; stroke: var(--lumo-header-text-color); stroke-width: 1.5; stroke-linejoin: round; }
  .line.started { stroke: var(--g-run); stroke-dasharray: 4 2.5; }
  .line.p50 { stroke: var(--lumo-primary-color); stroke-width: 2; }
  .line.p90 { stroke-dasharray: 5 3; }
  .line.p99 { stroke-dasharray: 1.5 3; stroke-linecap: round; stroke-width: 2; }
  .dot { fill: var(--lumo-header-text-color); }
  .dot.started { fill: var(--g-run); }
  .dot.p50 { fill: var(--lumo-primary-color); }
  .here { fill: var(--lumo-contrast-10pct); }
  .tip { position: absolute; inset-block-start: 8px; z-index: 2; pointer-events: none; box-sizing: border-box; padding: 8px 10px;
    border: 1px solid var(--g-line); border-radius: var(--lumo-border-radius-m); background: var(--lumo-base-color);
    color: var(--lumo-body-text-color); box-shadow: var(--lumo-box-shadow-s); font-size: 12px; line-height: 18px;
    white-space: nowrap; }
  .tip[hidden] { display: none; }
  .tip b { display: block; font-weight: 600; }
  .tip div { display: flex; gap: 14px; justify-content: space-between; }
  .tip span:last-child { font-weight: 500; }
`);
