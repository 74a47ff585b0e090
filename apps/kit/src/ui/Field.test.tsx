import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { expectNamed, show } from "../testing/show.tsx";
import { Combobox, MultiCombobox } from "./Combobox.tsx";
import { Field } from "./Field.tsx";
import { Input, SearchInput, Textarea } from "./Input.tsx";
import { type Option, Select } from "./Select.tsx";

const people: Option[] = [
  { value: "usr_1", label: "Мария Белова" },
  { value: "usr_2", label: "Олег Карпов", hint: "ККТ Юг" },
  { value: "usr_3", label: "Пётр Лещёв" },
];

function Who() {
  const [who, setWho] = useState<Option | null>(null);
  return (
    <Field label="Ответственный">
      <Combobox value={who} onChange={setWho} options={people} />
    </Field>
  );
}

const seen: string[][] = [];
function Tags() {
  const [tags, setTags] = useState<Option[]>([{ value: "vip", label: "VIP" }]);
  seen.push(tags.map((tag) => tag.label));
  return (
    <Field label="Метки">
      <MultiCombobox
        value={tags}
        onChange={setTags}
        options={[{ value: "pos", label: "ККТ" }]}
        create={(text) => ({ value: text, label: text })}
      />
    </Field>
  );
}

test("a control is named by its field and described by hint and error", async () => {
  show(
    <>
      <Field label="Тема" hint="Одной строкой" error="Напишите тему." required>
        <Input />
      </Field>
      <Field label="Подробнее">
        <Textarea />
      </Field>
    </>,
  );
  const input = screen.getByRole("textbox", { name: "Тема", description: "Одной строкой Напишите тему." });
  expect(input.getAttribute("aria-invalid")).toBe("true");
  expect(input.getAttribute("aria-required")).toBe("true");
  expect(screen.getByRole("textbox", { name: "Подробнее" }).getAttribute("aria-describedby")).toBeNull();
  await expectNamed();
});

test("a select says its field and its value, opens by key, and chooses", async () => {
  const change = vi.fn();
  const { user } = show(
    <Field label="Ответственный">
      <Select value="usr_1" onChange={change} options={people} />
    </Field>,
  );
  const select = screen.getByRole("combobox", { name: "Ответственный Мария Белова" });
  select.focus();
  await user.keyboard("{ArrowDown}");
  await user.click(screen.getByRole("option", { name: /Олег Карпов/ }));
  expect(change).toHaveBeenCalledWith("usr_2");
  await expectNamed();
});

test("a combobox finds ё by е, chooses by Enter and can be emptied", async () => {
  const { user } = show(<Who />);
  const box = screen.getByRole<HTMLInputElement>("combobox", { name: "Ответственный" });
  await user.type(box, "петр лещ");
  expect(screen.getAllByRole("option").map((o) => o.textContent)).toEqual(["Пётр Лещёв"]);
  await user.keyboard("{Enter}");
  expect(box.value).toBe("Пётр Лещёв");
  await user.click(screen.getByRole("button", { name: "Очистить" }));
  expect(box.value).toBe("");
});

test("a combobox drops an answer that comes late", async () => {
  const answers = new Map<string, (found: Option[]) => void>();
  const load = vi.fn((query: string) => new Promise<Option[]>((resolve) => answers.set(query, resolve)));
  const { user } = show(<Combobox value={null} onChange={() => {}} load={load} aria-label="Контакт" />);
  const box = screen.getByRole("combobox", { name: "Контакт" });
  await user.type(box, "Мар");
  await vi.waitFor(() => expect(answers.has("Мар")).toBe(true));
  await user.type(box, "ия");
  await vi.waitFor(() => expect(answers.has("Мария")).toBe(true));
  answers.get("Мария")?.(people.slice(0, 1));
  expect(await screen.findByRole("option", { name: "Мария Белова" })).toBeTruthy();
  answers.get("Мар")?.(people.slice(1));
  expect(screen.getAllByRole("option")).toHaveLength(1);
});

test("several choices: add, and take away with Backspace or the cross", async () => {
  const { user } = show(<Tags />);
  const box = screen.getByRole("combobox", { name: "Метки" });
  await user.type(box, "ккт{Enter}");
  expect(seen.at(-1)).toEqual(["VIP", "ККТ"]);
  await user.type(box, "{Backspace}");
  expect(seen.at(-1)).toEqual(["VIP"]);
  await user.click(screen.getByRole("button", { name: "Убрать VIP" }));
  expect(seen.at(-1)).toEqual([]);
});

test("Esc empties a search before it leaves it", async () => {
  const change = vi.fn();
  const { user } = show(<SearchInput value="касса" onChange={change} aria-label="Поиск" />);
  screen.getByRole("searchbox", { name: "Поиск" }).focus();
  await user.keyboard("{Escape}");
  expect(change).toHaveBeenCalledWith("");
});
