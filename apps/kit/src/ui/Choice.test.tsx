import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { expectNamed, show } from "../testing/show.tsx";
import { Checkbox, ChipGroup, RadioGroup, Switch } from "./Choice.tsx";
import { StarRating, Stars } from "./StarRating.tsx";

function Kinds() {
  const [kind, setKind] = useState("a");
  return (
    <RadioGroup
      label="С чем помочь?"
      look="cards"
      value={kind}
      onChange={setKind}
      options={[
        { value: "a", label: "Микроклимат" },
        { value: "b", label: "Кормление" },
      ]}
    />
  );
}

test("a checkbox that stands for some is mixed", async () => {
  const change = vi.fn();
  const { user } = show(<Checkbox checked={false} partly onChange={change} label="Все заявки" />);
  const box = screen.getByRole<HTMLInputElement>("checkbox", { name: "Все заявки" });
  expect(box.indeterminate).toBe(true);
  await user.click(box);
  expect(change).toHaveBeenCalledWith(true);
});

test("a switch is one to a screen reader", async () => {
  show(<Switch checked onChange={() => {}} label="Одиночные клавиши" />);
  expect(screen.getByRole<HTMLInputElement>("switch", { name: "Одиночные клавиши" }).checked).toBe(true);
  await expectNamed();
});

test("radio cards: arrows move and choose", async () => {
  const { user } = show(<Kinds />);
  await user.click(screen.getByRole("radio", { name: "Микроклимат" }));
  await user.keyboard("{ArrowDown}");
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Кормление" }).checked).toBe(true);
  await expectNamed();
});

test("at most so many reasons", async () => {
  const change = vi.fn();
  const options = ["Скорость", "Вежливость", "Понятно"].map((label) => ({ value: label, label }));
  const { user } = show(
    <ChipGroup label="Что понравилось?" value={["Скорость", "Вежливость"]} onChange={change} options={options} most={2} />,
  );
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Понятно" }).disabled).toBe(true);
  await user.click(screen.getByRole("checkbox", { name: "Скорость" }));
  expect(change).toHaveBeenCalledWith(["Вежливость"]);
});

test("each star says what it means, in both directions", async () => {
  const change = vi.fn();
  const { user } = show(
    <>
      <StarRating label="Оцените работу" value={null} onChange={change} wordy />
      <Stars score={4} />
    </>,
  );
  await user.click(screen.getByRole("radio", { name: "3 из 5, нормально" }));
  expect(change).toHaveBeenCalledWith(3);
  expect(screen.getByRole("img", { name: "4 из 5, хорошо" })).toBeTruthy();
  await expectNamed();
});
