import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { presets, toLocal } from "../look/presets.ts";
import { expectNamed, show } from "../testing/show.tsx";
import { Button } from "./Button.tsx";
import { CommandPalette } from "./CommandPalette.tsx";
import { Confirm, Dialog } from "./Dialog.tsx";
import { Menu } from "./Menu.tsx";
import { Tabs } from "./Tabs.tsx";

test("a menu does what its item says and closes", async () => {
  const run = vi.fn();
  const { user } = show(
    <Menu
      button={<Button>Действия</Button>}
      items={[
        { heading: "Заявка" },
        { label: "Отложить", keys: "KeyH", onSelect: run },
        "line",
        { label: "Удалить", danger: true, onSelect: run },
      ]}
    />,
  );
  await user.click(screen.getByRole("button", { name: "Действия" }));
  await expectNamed();
  await user.click(screen.getByRole("menuitem", { name: /Отложить/ }));
  expect(run).toHaveBeenCalledOnce();
  expect(screen.queryByRole("menu")).toBeNull();
});

test("a question names the deed on its button, an alert cannot be left by Esc", async () => {
  const done = vi.fn();
  const left = vi.fn();
  const { user, rerender } = show(
    <Confirm open onClose={left} onConfirm={done} title="Удалить ключ?" action="Удалить ключ" danger>
      Ключ перестанет работать сразу.
    </Confirm>,
  );
  await expectNamed();
  await user.click(screen.getByRole("button", { name: "Удалить ключ" }));
  expect(done).toHaveBeenCalledOnce();
  rerender(
    <Dialog open kind="alert" onClose={left} title="Чужие слова" actions={<Button>Исправить</Button>}>
      В тексте слова другого заказчика.
    </Dialog>,
  );
  await user.keyboard("{Escape}");
  expect(left).not.toHaveBeenCalled();
  expect(screen.getByRole("alertdialog", { name: "Чужие слова" })).toBeTruthy();
});

test("the palette finds commands by name and what the server finds for two letters", async () => {
  const found = vi.fn();
  const load = vi.fn(async () => [{ id: "t", label: "ACME-1042 Не печатает касса", group: "Заявки", run: found }]);
  const { user } = show(
    <CommandPalette open onClose={() => {}} commands={[{ id: "q", label: "Очередь", group: "Разделы", run: () => {} }]} load={load} />,
  );
  const box = screen.getByRole("combobox");
  await user.type(box, "1042");
  expect(await screen.findByRole("option", { name: /Не печатает касса/ })).toBeTruthy();
  await user.keyboard("{Enter}");
  expect(found).toHaveBeenCalledOnce();
});

test("tabs: arrows open", async () => {
  const select = vi.fn();
  const tabs = [
    { id: "a", label: "История" },
    { id: "b", label: "Заявитель" },
  ];
  const { user } = show(
    <Tabs label="Разделы" tabs={tabs} selected="a" onSelect={select}>
      текст
    </Tabs>,
  );
  screen.getByRole("tab", { name: "История" }).focus();
  await user.keyboard("{ArrowRight}");
  expect(select).toHaveBeenCalledWith("b");
  await expectNamed();
});

test("ready answers to “until when” are ahead of now", () => {
  const wednesday = new Date(2026, 10, 25, 9, 2);
  expect(presets(wednesday).map(({ key, at }) => `${key} ${toLocal(at)}`)).toEqual([
    "hour 2026-11-25T10:05",
    "evening 2026-11-25T18:00",
    "tomorrow 2026-11-26T09:00",
    "monday 2026-11-30T09:00",
  ]);
  expect(presets(new Date(2026, 10, 29, 17, 0)).map((p) => p.key)).toEqual(["hour", "tomorrow"]);
});
