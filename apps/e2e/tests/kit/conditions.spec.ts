import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "../../axe.ts";

const built = async (page: Page): Promise<unknown> => JSON.parse((await page.getByTestId("conditions").textContent()) ?? "");

test("a rule is built without the mouse", async ({ page }) => {
  await page.goto("/?lang=en");
  const rule = page.getByRole("group", { name: "Without conditions" });
  await rule.getByRole("button", { name: "Condition", exact: true }).focus();
  await page.keyboard.press("Enter");
  const field = rule.getByRole("combobox", { name: "Field: Type" });
  await expect(field).toBeFocused();
  // Tab goes on through the sentence: comparison, value.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.getByRole("listbox").waitFor();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: "Climate" })).toHaveAttribute("data-active-item");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  expect(await built(page)).toEqual({ all: [{ field: "type", op: "in", value: ["climate"] }] });

  await rule.getByRole("button", { name: "Group of conditions" }).focus();
  await page.keyboard.press("Enter");
  await expect(rule.getByRole("combobox", { name: "Field: Type" }).nth(1)).toBeFocused();
  // Letters jump in the list of fields.
  await page.keyboard.press("Enter");
  await page.getByRole("listbox").waitFor();
  await page.keyboard.type("lin");
  await expect(page.getByRole("option", { name: "Line" })).toHaveAttribute("data-active-item");
  await page.keyboard.press("Enter");
  await rule.getByRole("textbox", { name: "Value: Line" }).fill("2");
  await rule.getByRole("combobox", { name: "Field: Type" }).focus();
  await page.keyboard.press("Alt+ArrowDown");
  expect(await built(page)).toEqual({
    all: [{ any: [{ field: "line", op: "is", value: 2 }] }, { field: "type", op: "in", value: ["climate"] }],
  });
  await expect(rule.getByRole("button", { name: "Actions: Type" })).toBeFocused();
  await page.keyboard.press("Delete");
  expect(await built(page)).toEqual({ all: [{ any: [{ field: "line", op: "is", value: 2 }] }] });
  await page.keyboard.press("Delete");
  await expect(rule.getByText("Always: there are no conditions.")).toBeVisible();
  await expect(rule.getByRole("button", { name: "Condition", exact: true })).toBeFocused();
});

test("the menu of a condition moves it and keeps the focus with it", async ({ page }) => {
  await page.goto("/?lang=en");
  const rule = page.getByRole("group", { name: "Conditions of the rule" });
  await rule.getByRole("button", { name: "Actions: Priority" }).click();
  await page.getByRole("menu").waitFor();
  await expectAccessible(page, "[role=menu]", "the menu of a condition");
  await page.getByRole("menuitem", { name: "Move up" }).click();
  await expect(rule.getByRole("combobox", { name: /^Field/ }).first()).toHaveAccessibleName("Field: Priority");
  await expect(rule.getByRole("button", { name: "Actions: Priority" })).toBeFocused();
});

test("tags are typed in their panel, and what floats is named", async ({ page }) => {
  await page.goto("/?lang=ru");
  const rule = page.getByRole("group", { name: "Условия правила" });
  await rule.getByRole("button", { name: "Значение: Метки: vip" }).click();
  const tags = page.getByRole("combobox", { name: "Значение: Метки" });
  await tags.fill("Касса");
  await page.keyboard.press("Enter");
  await expectAccessible(page, "[role=dialog]", "the panel of tags");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(rule.getByRole("button", { name: "Значение: Метки: vip, касса" })).toBeVisible();
  await rule.getByRole("combobox", { name: "Сравнение: Приоритет: не больше" }).click();
  await expectAccessible(page, "[role=listbox]", "the comparisons");
});
