import { render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import axe from "axe-core";
import type { ReactElement } from "react";
import { expect } from "vitest";

/** Shows one component inside a `main` and gives hands to use it with. */
export function show(element: ReactElement): ReturnType<typeof render> & { user: UserEvent } {
  const user = userEvent.setup();
  return Object.assign(render(element, { wrapper: ({ children }) => <main>{children}</main> }), { user });
}

/** No violation of names, roles and relations. Colours and sizes are looked at in the browser. */
export async function expectNamed(container: Element = document.body): Promise<void> {
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
}
