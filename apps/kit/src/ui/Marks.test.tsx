import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { expectNamed, show } from "../testing/show.tsx";
import { Avatar } from "./Avatar.tsx";
import { FileChip } from "./FileChip.tsx";
import { PriorityBars } from "./Priority.tsx";
import { StatusLabel } from "./Status.tsx";
import { StatusStepper, StepBar } from "./StatusStepper.tsx";
import { TenantBadge, TenantStrip, TenantTile } from "./Tenant.tsx";

const accent = { solid: "#6a3fd0", on: "#fff", text: "#5f37c0", strip: "#6a3fd0", tint: "#f0ebfc" };
const acme = { slug: "acme", code: "ACME", name: "АКМЕ Ритейл", look: { light: accent, dark: accent, logo_url: null } };
const now = new Date("2026-11-23T09:25:00Z");
const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
const text = (node: Element): string => (node.textContent ?? "").replaceAll("\u00a0", " ");

beforeEach(() => void vi.useFakeTimers({ now, shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

test("a status and a priority are words, not only colours", async () => {
  const { container } = show(
    <>
      <StatusLabel status={{ name: "В работе", category: "in_progress" }} />
      <PriorityBars priority={1} />
      <TenantStrip tenant={acme} />
      <TenantTile tenant={acme} />
      <TenantBadge tenant={acme} />
    </>,
  );
  expect(text(container)).toContain("В работе");
  expect(text(container)).toContain("Критический");
  expect(text(container)).toContain("ACME");
  await expectNamed();
});

test("an avatar says who and what they do; nobody is nobody", async () => {
  show(
    <>
      <Avatar person={{ name: "Олег Карпов", initials: "ОК" }} presence="typing" />
      <Avatar person={null} />
    </>,
  );
  expect(screen.getByRole("img", { name: "Олег Карпов пишет" })).toBeTruthy();
  expect(screen.getByRole("img", { name: "Нет ответственного" })).toBeTruthy();
  await expectNamed();
});

test("a refused file has no link", () => {
  const file = { name: "setup.exe", mime: "application/x-msdownload", size: 100, url: "/files/1" };
  show(<FileChip file={{ ...file, refused: "type" }} />);
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.getByText("не принят")).toBeTruthy();
});

test("the way of a request: one current step, those before it done", async () => {
  const steps = ["Принята", "Назначена", "В работе", "Решена", "Закрыта"].map((name, index) => ({
    key: name,
    name,
    at: index < 3 ? at(-index) : null,
  }));
  show(
    <>
      <StatusStepper steps={steps} step={3} />
      <StepBar step={3} />
    </>,
  );
  const items = screen.getAllByRole("listitem");
  expect(items.map((item) => item.getAttribute("aria-current"))).toEqual([null, null, "step", null, null]);
  expect(items.filter((item) => item.textContent?.includes("пройдено"))).toHaveLength(2);
  expect(screen.getByRole("img", { name: "Шаг 3 из 5" })).toBeTruthy();
  await expectNamed();
});
