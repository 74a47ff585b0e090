/**
 * Where menus, lists and popovers are put: into the open window, else into the page's `main`, so that
 * they belong to a landmark. They float, so the place they stand in takes no room.
 */
export function floats(): HTMLElement {
  const windows = document.querySelectorAll<HTMLElement>("[role='dialog'][data-window], [role='alertdialog'][data-window]");
  const home = windows.item(windows.length - 1) ?? document.querySelector("main") ?? document.body;
  const known = home.querySelector<HTMLElement>(":scope > [data-floats]");
  if (known) return known;
  const place = document.createElement("div");
  place.dataset.floats = "";
  place.style.position = "absolute";
  home.append(place);
  return place;
}

/** What every floating list wears. */
export const floating = { portal: true, portalElement: floats, preserveTabOrder: false, fixed: true, unmountOnHide: true } as const;
