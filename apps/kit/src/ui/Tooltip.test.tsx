import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { show } from "../testing/show.tsx";
import { Button } from "./Button.tsx";
import { Tooltip } from "./Tooltip.tsx";

test("shows on hover with its key, goes with Esc, and does not come back by a press", async () => {
  const press = vi.fn();
  const { user } = show(
    <Tooltip text="Отложить" keys="KeyH">
      <Button onClick={press}>⏸</Button>
    </Tooltip>,
  );
  const button = screen.getByRole("button");
  await user.hover(button);
  expect((await screen.findByRole("tooltip")).textContent).toBe("ОтложитьH");
  await user.click(button);
  expect(screen.queryByRole("tooltip")).toBeNull();
  expect(press).toHaveBeenCalledOnce();
  await user.unhover(button);
  await user.hover(button);
  await screen.findByRole("tooltip");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
});

test("stays while the pointer is on it", async () => {
  const { user } = show(
    <Tooltip text="Отложить">
      <Button>⏸</Button>
    </Tooltip>,
  );
  await user.hover(screen.getByRole("button"));
  const tip = await screen.findByRole("tooltip");
  await user.hover(tip);
  await expect(vi.waitFor(() => expect(screen.queryByRole("tooltip")).toBeNull(), { timeout: 300 })).rejects.toThrow();
  await user.unhover(tip);
  await vi.waitFor(() => expect(screen.queryByRole("tooltip")).toBeNull());
});
