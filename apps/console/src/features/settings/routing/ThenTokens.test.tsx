import { setLanguage } from "@manydesk/kit/words/language";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { ThenTokens } from "./ThenTokens.tsx";

beforeEach(() => setLanguage("en"));

const names = {
  groups: [
    { value: "service", label: "Service" },
    { value: "first", label: "First line" },
  ],
  people: [],
  vendors: [],
  roles: [],
  skills: [{ value: "co2", label: "CO₂" }],
  priorities: [{ value: "1", label: "P1" }],
  macros: [],
  processes: [{ value: "repair", label: "Repair" }],
};
const fine = () => undefined;

test("a group and a strategy are always there; what else is set has a way to take it away", async () => {
  const user = userEvent.setup();
  const onChange = vi.fn();
  render(<ThenTokens then={{ group: "service", priority: 1 }} names={names} onChange={onChange} error={fine} />);
  expect(screen.getByRole("combobox", { name: "group: Service" })).toBeTruthy();
  expect(screen.getByRole("combobox", { name: "assignee: from the queue" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Remove: priority" }));
  expect(onChange).toHaveBeenCalledWith({ group: "service" });
});

test("an action is added from the menu", async () => {
  const user = userEvent.setup();
  render(<ThenTokens then={{ group: "service" }} names={names} onChange={vi.fn()} error={fine} />);
  await user.click(screen.getByRole("button", { name: "Action" }));
  await user.click(screen.getByRole("menuitem", { name: "line" }));
  expect(screen.getByRole("combobox", { name: /^line/ })).toBeTruthy();
});

test("a rule starts a process, chosen among the published ones", async () => {
  const user = userEvent.setup();
  const onChange = vi.fn();
  render(<ThenTokens then={{ group: "service" }} names={names} onChange={onChange} error={fine} />);
  await user.click(screen.getByRole("button", { name: "Action" }));
  await user.click(screen.getByRole("menuitem", { name: "process" }));
  await user.click(screen.getByRole("combobox", { name: /^process/ }));
  await user.click(screen.getByRole("option", { name: "Repair" }));
  expect(onChange).toHaveBeenCalledWith({ group: "service", process: "repair" });
});

test("a skill has a level", () => {
  render(<ThenTokens then={{ skills: [{ key: "co2", level: 2 }] }} names={names} onChange={vi.fn()} error={fine} />);
  expect(screen.getByRole("combobox", { name: "level of CO₂: CO₂ from 2" })).toBeTruthy();
});

test("what is named but gone is shown as gone, with the server's sentence", () => {
  const error = (part: string) => (part === "group" ? "There is no such group." : undefined);
  render(<ThenTokens then={{ group: "old" }} names={names} onChange={vi.fn()} error={error} />);
  expect(screen.getByRole("combobox", { name: "group: old (gone)" })).toBeTruthy();
  expect(screen.getByText("There is no such group.")).toBeTruthy();
});
