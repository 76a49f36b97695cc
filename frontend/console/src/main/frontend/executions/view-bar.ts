/** Puts those views out of the row that have no room in it; the menu at its end has them all. */
declare global {
  interface Window {
    gradusViewBar: (bar: HTMLElement) => void;
  }
}

const watched = new WeakSet<HTMLElement>();
const OUT = 'data-out';

const fit = (row: HTMLElement): void => {
  const all = [...row.children] as HTMLElement[];
  const more = all.pop();
  if (!more) {
    return;
  }
  row.setAttribute('data-measured', '');
  all.forEach(item => item.removeAttribute(OUT));
  more.removeAttribute(OUT);
  const gap = Number.parseFloat(getComputedStyle(row).columnGap) || 0;
  const width = (item: HTMLElement): number => item.offsetWidth + gap;
  const open = all.find(item => item.classList.contains('g-view-open'));
  const together = all.reduce((sum, item) => sum + width(item), -gap);
  if (!more.hasAttribute('data-always') && together <= row.clientWidth) {
    more.setAttribute(OUT, '');
  } else {
    let left = row.clientWidth + gap - width(more) - (open ? width(open) : 0);
    for (const item of all.filter(each => each !== open)) {
      left -= width(item);
      if (left < 0) {
        item.setAttribute(OUT, '');
        // In their order: none comes after one that had no room.
        left = Number.NEGATIVE_INFINITY;
      }
    }
  }
  row.removeAttribute('data-measured');
};

window.gradusViewBar = bar => {
  const row = bar.querySelector('ul');
  if (!row) {
    return;
  }
  if (!watched.has(row)) {
    watched.add(row);
    new ResizeObserver(() => fit(row)).observe(row);
    // Widths are others once the fonts are there.
    document.fonts.ready.then(() => fit(row));
  }
  fit(row);
};

export {};
