import { css } from 'lit';

/** The buttons over the graph. */
export const toolStyles = css`
  .tools {
    position: absolute;
    left: 12px;
    bottom: 12px;
    display: flex;
    background: var(--lumo-base-color);
    border: 1px solid var(--g-line);
    border-radius: 5px;
    box-shadow: var(--lumo-box-shadow-s);
  }
  .tools button,
  .menu button {
    font: inherit;
    border: 0;
    background: none;
    color: var(--lumo-secondary-text-color);
    border-radius: 4px;
    cursor: pointer;
  }
  .tools > button {
    width: 28px;
    height: 26px;
    display: grid;
    place-items: center;
    padding: 0;
  }
  .tools button:hover,
  .menu button:hover {
    background: var(--lumo-contrast-5pct);
    color: var(--lumo-body-text-color);
  }
  .tools button:focus-visible,
  .menu button:focus-visible {
    outline: 2px solid var(--vaadin-focus-ring-color, var(--lumo-primary-color));
    outline-offset: -1px;
  }
  .tools svg {
    /* The button is pressed, not its picture, which may be drawn anew meanwhile. */
    pointer-events: none;
    width: 14px;
    height: 14px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .percent {
    min-width: 36px;
    align-self: center;
    text-align: center;
    font-size: 11.5px;
    font-variant-numeric: tabular-nums;
    color: var(--lumo-secondary-text-color);
  }
  .menu {
    position: absolute;
    left: 0;
    bottom: calc(100% + 6px);
    display: flex;
    flex-direction: column;
    min-width: 132px;
    padding: 4px;
    background: var(--lumo-base-color);
    border: 1px solid var(--g-line);
    border-radius: 5px;
    box-shadow: var(--lumo-box-shadow-m);
  }
  .menu[hidden] {
    display: none;
  }
  .menu button {
    padding: 5px 10px;
    text-align: left;
    font-size: 12.5px;
    color: var(--lumo-body-text-color);
  }
  @media (pointer: coarse) {
    .tools > button {
      width: 44px;
      height: 44px;
    }
    .menu button {
      min-height: 44px;
    }
  }
`;
