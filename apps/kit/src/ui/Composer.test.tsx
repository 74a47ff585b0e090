import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { expectNamed, show } from "../testing/show.tsx";
import { Composer, type ComposerProps } from "./Composer.tsx";

const accent = { solid: "#6a3fd0", on: "#fff", text: "#5f37c0", strip: "#6a3fd0", tint: "#f0ebfc" };
const acme = { slug: "acme", code: "ACME", name: "АКМЕ Ритейл", look: { light: accent, dark: accent, logo_url: null } };

const base: ComposerProps = {
  tenant: acme,
  mode: "reply",
  onMode: () => {},
  from: { name: "ACME", address: "support@acme.example" },
  to: { name: "Иван Петров", address: "i.petrov@tc-yug.example" },
  value: "Добрый день!",
  onChange: () => {},
  onSend: () => {},
};

test("a reply says in whose name it goes and to whom, and so does its button", async () => {
  show(<Composer {...base} />);
  const frame = screen.getByRole("region", { name: "Новый ответ" });
  expect(frame.textContent).toContain("от ACME");
  expect(frame.textContent).toContain("i.petrov@tc-yug.example");
  expect(screen.getByRole("button", { name: "Отправить от ACME" })).toBeTruthy();
  expect(screen.getByRole("textbox", { name: "Ответ от ACME, получатель Иван Петров" })).toBeTruthy();
  await expectNamed();
});

test("a note names no recipient and says that the client won't see it", async () => {
  show(<Composer {...base} mode="note" />);
  const frame = screen.getByRole("region", { name: "Новая заметка" });
  expect(frame.textContent).toContain("Клиент не увидит.");
  expect(frame.textContent).not.toContain("i.petrov");
  expect(screen.getByRole("button", { name: "Сохранить заметку" })).toBeTruthy();
  await expectNamed();
});

test("Ctrl+Enter sends, Ctrl+Shift+Enter sends and resolves, an empty or blocked one does not go", async () => {
  const send = vi.fn();
  const resolve = vi.fn();
  const { user, rerender } = show(<Composer {...base} onSend={send} onSendAndResolve={resolve} />);
  screen.getByRole("textbox").focus();
  const chord = async (keys: string) => user.keyboard(keys);
  await chord("{Control>}[Enter]{/Control}");
  await chord("{Control>}{Shift>}[Enter]{/Shift}{/Control}");
  expect([send.mock.calls.length, resolve.mock.calls.length]).toEqual([1, 1]);
  rerender(<Composer {...base} value="  " onSend={send} onSendAndResolve={resolve} />);
  await chord("{Control>}[Enter]{/Control}");
  rerender(<Composer {...base} blocked="Заявка закрыта" onSend={send} onSendAndResolve={resolve} />);
  await chord("{Control>}[Enter]{/Control}");
  await chord("{Control>}{Shift>}[Enter]{/Shift}{/Control}");
  expect([send.mock.calls.length, resolve.mock.calls.length]).toEqual([1, 1]);
});

test("only the modes this person may use", () => {
  show(<Composer {...base} modes={["note"]} mode="note" />);
  expect(screen.getAllByRole("tab").map((tab) => tab.textContent)).toEqual(["ЗаметкаM"]);
});
