import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { agent } from "./agent.ts";
import { ifMatch, once, onReauthenticate, onSessionEnded, take } from "./client.ts";
import { isProblem, type Problem } from "./problem.ts";

const answer = vi.fn<(request: Request) => Promise<Response>>();
beforeEach(() => vi.stubGlobal("fetch", (request: Request) => answer(request)));
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
});

const json = (body: unknown, status = 200, type = "application/json"): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
const sent = (): Request => answer.mock.calls[0]?.[0] as Request;

test("every POST carries a key of its own, and a given key is kept", async () => {
  answer.mockImplementation(async () => json({ items: [] }));
  const body = { scope: "all" };
  await agent.POST("/v1/queue/next", { body });
  await agent.POST("/v1/queue/next", { body });
  const [first, second] = answer.mock.calls.map(([request]) => request.headers.get("Idempotency-Key"));
  expect(first).toMatch(/.{30,}/);
  expect(second).not.toBe(first);
  await agent.POST("/v1/queue/next", { body, headers: once("mine") });
  expect(answer.mock.calls[2]?.[0].headers.get("Idempotency-Key")).toBe("mine");
});

test("a change names the version it saw", async () => {
  answer.mockResolvedValue(json({}));
  const path = { tenant: "acme", number: 1042 };
  await agent.PUT("/v1/tenants/{tenant}/tickets/{number}/priority", { params: { path }, body: { priority: 2 }, headers: ifMatch(7) });
  expect(new URL(sent().url).pathname).toBe("/v1/tenants/acme/tickets/1042/priority");
  expect(sent().headers.get("If-Match")).toBe('"v7"');
  expect(sent().headers.get("Accept-Language")).toBe("ru");
});

test("a refusal is thrown as a Problem with its fields and extras", async () => {
  const body = {
    type: "/problems/arrived_meanwhile",
    title: "Пока вы писали, пришёл ответ.",
    status: 409,
    code: "arrived_meanwhile",
    detail: "Иван Петров ответил в 12:04.",
    request_id: "k3v9q2m7xd",
    arrived: [{ seq: 14 }],
    errors: [{ pointer: "/body/text", code: "required", detail: "Напишите ответ." }],
  };
  answer.mockResolvedValue(json(body, 409, "application/problem+json"));
  const problem = (await take(agent.GET("/v1/me")).catch((e: unknown) => e)) as Problem;
  expect(isProblem(problem, "arrived_meanwhile")).toBe(true);
  expect(problem.title).toBe("Пока вы писали, пришёл ответ.");
  expect(problem.requestId).toBe("k3v9q2m7xd");
  expect(problem.field("text")).toBe("Напишите ответ.");
  expect(problem.extra).toEqual({ arrived: [{ seq: 14 }] });
});

test("a proxy's page is a Problem too", async () => {
  answer.mockResolvedValue(
    new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Content-Type": "text/html", "Retry-After": "3" } }),
  );
  const problem = (await take(agent.GET("/v1/me")).catch((e: unknown) => e)) as Problem;
  expect([problem.status, problem.code, problem.retryAfter]).toEqual([502, "internal", 3]);
});

test("a dead line is “unreachable”, and a call that was called off stays an abort", async () => {
  answer.mockRejectedValue(new TypeError("Failed to fetch"));
  await expect(take(agent.GET("/v1/me"))).rejects.toMatchObject({ code: "unreachable", status: 0 });
  const off = new AbortController();
  off.abort();
  await expect(take(agent.GET("/v1/me", { signal: off.signal }))).rejects.not.toMatchObject({ code: "unreachable" });
});

test("an ended session is told to whoever listens, a wrong password is not", async () => {
  const told = vi.fn();
  const stop = onSessionEnded(told);
  answer.mockImplementation(async () => json({ code: "sign_in_failed" }, 401, "application/problem+json"));
  await take(agent.GET("/v1/session")).catch(() => {});
  expect(told).not.toHaveBeenCalled();
  answer.mockImplementation(async () => json({ code: "sign_in_required" }, 401, "application/problem+json"));
  await take(agent.GET("/v1/session")).catch(() => {});
  expect(told).toHaveBeenCalledOnce();
  stop();
});

test("a dangerous act goes again, as it was, once the password was given", async () => {
  const refused = () => json({ code: "reauthenticate", title: "Подтвердите пароль ещё раз." }, 401, "application/problem+json");
  answer.mockImplementationOnce(async () => refused()).mockImplementation(async () => json({ id: "key_1" }, 201));
  const prove = vi.fn(async () => true);
  const stop = onReauthenticate(prove);
  await take(agent.POST("/v1/me/api-keys", { body: { name: "Отчёты" } }));
  const [first, second] = answer.mock.calls.map(([request]) => request);
  expect(prove).toHaveBeenCalledOnce();
  expect(await second?.json()).toEqual({ name: "Отчёты" });
  expect(second?.headers.get("Idempotency-Key")).toBe(first?.headers.get("Idempotency-Key"));

  answer.mockReset();
  answer.mockImplementation(async () => refused());
  prove.mockResolvedValue(false);
  const problem = await take(agent.POST("/v1/me/totp")).catch((e: unknown) => e);
  expect(isProblem(problem, "reauthenticate")).toBe(true);
  expect(answer).toHaveBeenCalledOnce();
  stop();
});
