import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import type { ConditionProblem } from "../conditions/edit.ts";
import type { ConditionField } from "../conditions/field.ts";
import type { Tree } from "../conditions/tree.ts";
import { expectNamed, show } from "../testing/show.tsx";
import { ConditionBuilder } from "./ConditionBuilder.tsx";

const vocabulary: ConditionField[] = [
  { key: "subject", kind: "text", name: "Тема", ops: ["contains", "is", "empty"] },
  { key: "line", kind: "number", name: "Линия", ops: ["at_least", "is"] },
  { key: "contact.vip", kind: "boolean", name: "Клиент VIP", ops: ["is"] },
  { key: "created_at", kind: "time", name: "Время создания", ops: ["within", "in_calendar", "at_hours"] },
];

let tree: Tree;

function Rule({ start, problems }: { start: Tree; problems?: ConditionProblem[] }) {
  const [value, setValue] = useState(start);
  tree = value;
  const calendars = [{ key: "office", name: "Офис" }];
  return (
    <ConditionBuilder
      label="Условия"
      value={value}
      onChange={setValue}
      vocabulary={vocabulary}
      calendars={calendars}
      problems={problems}
      at="/when"
    />
  );
}

const subject: Tree = { field: "subject", op: "contains", value: "чек" };
const line: Tree = { field: "line", op: "at_least", value: 2 };

test("a condition is begun, its value typed, and another joined to it", async () => {
  const { user } = show(<Rule start={{}} />);
  expect(screen.getByText("Всегда: условий нет.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Условие" }));
  await user.type(screen.getByRole("textbox", { name: "Значение: Тема" }), "чек");
  expect(tree).toEqual({ all: [subject] });
  await user.click(screen.getByRole("button", { name: "Группа условий" }));
  expect(tree).toEqual({ all: [subject, { any: [{ field: "subject", op: "contains", value: "" }] }] });
  await user.click(screen.getByRole("button", { name: "«и»: сменить на «или»" }));
  expect(Object.keys(tree)).toEqual(["any"]);
  await expectNamed();
});

test("another field, another comparison: the value follows", async () => {
  const { user } = show(<Rule start={subject} />);
  await user.click(screen.getByRole("combobox", { name: "Поле: Тема" }));
  await user.click(screen.getByRole("option", { name: "Линия" }));
  expect(tree).toEqual({ field: "line", op: "at_least" });
  const box = screen.getByRole("textbox", { name: "Значение: Линия" });
  await user.type(box, "1,");
  expect(tree.value).toBe(1);
  await user.type(box, "5");
  expect(tree.value).toBe(1.5);
  await user.clear(box);
  expect("value" in tree).toBe(false);
});

test("by keys: Alt with an arrow moves, Delete removes, the focus stays near", async () => {
  const { user } = show(<Rule start={{ all: [subject, { not: line }] }} />);
  screen.getByRole("combobox", { name: "Поле: Линия" }).focus();
  await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
  expect(tree).toEqual({ all: [{ not: line }, subject] });
  expect(screen.getByRole("status").textContent).toBe("Перемещено на место 1 из 2");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Действия: Линия" }));
  await user.keyboard("{Delete}");
  expect(tree).toEqual({ all: [subject] });
  expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "Поле: Тема" }));
  await user.keyboard("{Delete}");
  expect(tree).toEqual({});
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Условие" }));
});

test("Delete in a typed value is for its letters", async () => {
  const { user } = show(<Rule start={subject} />);
  screen.getByRole<HTMLInputElement>("textbox", { name: "Значение: Тема" }).setSelectionRange(0, 0);
  screen.getByRole("textbox", { name: "Значение: Тема" }).focus();
  await user.keyboard("{Home}{Delete}");
  expect(tree.field).toBe("subject");
});

test("the menu denies and puts into a group", async () => {
  const { user } = show(<Rule start={{ all: [subject, line] }} />);
  await user.click(screen.getByRole("button", { name: "Действия: Линия" }));
  await user.click(screen.getByRole("menuitemradio", { name: "Отрицать" }));
  expect(tree).toEqual({ all: [subject, { not: line }] });
  await user.click(screen.getByRole("button", { name: "«не»: убрать отрицание" }));
  await user.click(screen.getByRole("button", { name: "Действия: Линия" }));
  await user.click(screen.getByRole("menuitem", { name: "Поместить в группу" }));
  expect(tree).toEqual({ all: [subject, { any: [line] }] });
  await expectNamed();
});

test("what the server refused stands at its condition", async () => {
  const problems = [
    { pointer: "/when/all/1/not/value", detail: "Нужно число." },
    { pointer: "/when/all", detail: "Слишком много." },
  ];
  show(<Rule start={{ all: [subject, { not: line }] }} problems={problems} />);
  const box = screen.getByRole("textbox", { name: "Значение: Линия" });
  expect(box.getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(box.getAttribute("aria-describedby") ?? "")?.textContent).toBe("Нужно число.");
  expect(screen.getByRole("textbox", { name: "Значение: Тема" }).getAttribute("aria-invalid")).toBeNull();
  expect(screen.getByText("Слишком много.")).toBeTruthy();
  await expectNamed();
});

test("hours are of 24, a while keeps its way", async () => {
  const { user } = show(<Rule start={{ field: "created_at", op: "within", value: { seconds: -7200 } }} />);
  const length = screen.getByRole("textbox", { name: "Значение: Время создания" });
  await user.clear(length);
  await user.type(length, "3");
  expect(tree.value).toEqual({ seconds: -10_800 });
  await user.click(screen.getByRole("combobox", { name: /^Сравнение: Время создания/ }));
  await user.click(screen.getByRole("option", { name: "в часы" }));
  const from = screen.getByRole("textbox", { name: "От: Время создания" });
  await user.clear(from);
  await user.type(from, "22");
  await user.tab();
  expect(tree.value).toEqual(["22:00", "18:00"]);
});
